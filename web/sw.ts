/**
 * The service worker: the shell is kept at install, so the app opens without network after one visit. The engines (tens of
 * megabytes) are kept once the page says that it uses them. Every kept file has a content hash in its name.
 */
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: { url: string; revision: string | null }[] };

/** Paths of the engines' files, filled in by the build. */
declare const ENGINE_ASSETS: readonly string[];

const ENGINES = "engines";

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/(health|api|gists|sync)/] }));
registerRoute(({ url }) => ENGINE_ASSETS.includes(url.pathname), new CacheFirst({ cacheName: ENGINES }));

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), forgetOldEngines()]));
});

self.addEventListener("message", (event: ExtendableMessageEvent) => {
  const message: unknown = event.data;
  if (message === "skip-waiting") event.waitUntil(self.skipWaiting());
  if (Array.isArray(message)) event.waitUntil(keep(message.filter((path) => typeof path === "string")));
});

/** Keeps engine files that a page has used. The browser still has them in its http cache, so this costs no traffic. */
async function keep(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(ENGINES);
  for (const path of paths) {
    if (ENGINE_ASSETS.includes(path) && !(await cache.match(path))) await cache.add(path);
  }
}

async function forgetOldEngines(): Promise<void> {
  const cache = await caches.open(ENGINES);
  for (const request of await cache.keys()) {
    if (!ENGINE_ASSETS.includes(new URL(request.url).pathname)) await cache.delete(request);
  }
}
