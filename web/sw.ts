/**
 * The service worker: the shell is kept at install, so the app opens without network after one visit. The engines (tens of
 * megabytes) are kept once they are used (`workers/keep-engine.ts`), or all at once when a person asks for it. Every kept file
 * has a content hash in its name. A new worker waits until a person wants the new version; what is shared with the app passes
 * through here.
 */
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: { url: string; revision: string | null }[] };

/** Paths of the engines' files, filled in by the build. */
declare const ENGINE_ASSETS: readonly string[];

/** Named so in `workers/keep-engine.ts` too. */
const ENGINES = "engines";
/** One shared file, until the page has read it. */
const OPENED = "opened";
/** A page that does not answer for so long is asleep, and has nothing that is not stored. */
const ANSWER_MS = 5_000;
/** A page that answered steps aside, be the device ever so busy: one that has not would keep the old worker awake. */
const ASIDE_MS = 10_000;

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/(health|api|gists|sync)/] }));
registerRoute(({ url }) => ENGINE_ASSETS.includes(url.pathname), new CacheFirst({ cacheName: ENGINES }));
registerRoute(
  ({ url }) => url.pathname === "/share",
  ({ request }) => takeShared(request),
  "POST",
);

self.addEventListener("install", (event) => {
  event.waitUntil(bringUpEngines().catch(() => undefined));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), forgetOldEngines()]));
});

self.addEventListener("message", (event: ExtendableMessageEvent) => {
  const message: unknown = event.data;
  if (message === "take-over") event.waitUntil(takeOver(event.ports[0]));
  if (message === "held" && event.source) held((event.source as Client).id);
});

/** Becomes the worker of every page, once each has stored what was edited in it and stepped aside; "busy" where one has not. */
async function takeOver(answer: MessagePort | undefined): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const answers = await Promise.all(pages.map((page) => readyToLeave(page)));
  if (answers.includes("busy")) {
    answer?.postMessage("busy");
    return;
  }
  // Nobody waits for those who sleep.
  await steppedAside(pages, answers.filter((one) => one === "ready").length);
  await self.skipWaiting();
}

/** Told of each page that waits (`hold.ts` says why they do). */
let held: (id: string) => void = () => undefined;

/** Counted, not looked for: a page on its way from one address to the next is in no list. */
function steppedAside(pages: readonly WindowClient[], awake: number): Promise<void> {
  const there = new Set<string>();
  return new Promise((resolve) => {
    held = (id) => {
      if (there.add(id).size >= awake) resolve();
    };
    setTimeout(resolve, ASIDE_MS);
    for (const page of pages) page.postMessage("step aside");
  });
}

function readyToLeave(page: Client): Promise<"ready" | "busy" | "asleep"> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data === true ? "ready" : "busy");
    setTimeout(resolve, ANSWER_MS, "asleep");
    page.postMessage("leave?", [port2]);
  });
}

async function keep(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(ENGINES);
  for (const path of paths) {
    if (ENGINE_ASSETS.includes(path) && !(await cache.match(path))) await cache.add(path);
  }
}

const pathOf = ({ url }: Request): string => new URL(url).pathname;
const withoutHash = (path: string): string => path.replace(/-.{8}(\.\w+)$/, "$1");

/** Files that were kept and have another name in this version: fetched now, so that the change takes nothing from who is offline. */
async function bringUpEngines(): Promise<void> {
  const cache = await caches.open(ENGINES);
  const kept = (await cache.keys()).map(pathOf);
  const names = new Set(kept.map(withoutHash));
  await keep(ENGINE_ASSETS.filter((path) => !kept.includes(path) && names.has(withoutHash(path))));
}

async function forgetOldEngines(): Promise<void> {
  const cache = await caches.open(ENGINES);
  for (const request of await cache.keys()) {
    if (!ENGINE_ASSETS.includes(pathOf(request))) await cache.delete(request);
  }
}

/** A file or text from the device's share sheet: laid aside for the page, which is then opened. It never reaches the server. */
async function takeShared(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  const files = form.getAll("file").filter((each) => each instanceof File && each.size > 0);
  const text = form.get("text");
  const [file] = [...files, ...(typeof text === "string" && text.trim() !== "" ? [new File([text], "shared.sql")] : [])];
  if (!(file instanceof File)) return Response.redirect("/?opened=nothing", 303);
  await caches.delete(OPENED);
  const id = crypto.randomUUID();
  const headers = { "x-name": encodeURIComponent(file.name), "x-count": String(Math.max(1, files.length)) };
  await (await caches.open(OPENED)).put(`/opened/${id}`, new Response(file, { headers }));
  return Response.redirect(`/?opened=${id}`, 303);
}
