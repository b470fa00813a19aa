/** The page's end of the service worker: registered once the app stands, and asked for a newer version, which waits until a person wants it. */
import type { App } from "./app.svelte.ts";

/** A page that stays open asks for a newer version that often, and when it is looked at again. */
const ASK_AGAIN_MS = 3_600_000;
/** After the start, before what is missing of a copy that a person asked for is fetched. */
const QUIET_MS = 10_000;

/** Does nothing while developing, and where the browser has no service workers. */
export async function keepOffline(app: App): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const { serviceWorker } = navigator;
  answerTheWorker(app, serviceWorker);
  const registration = await serviceWorker.register("/sw.js").catch(() => null);
  // Refused by the browser's settings: the app works, with network.
  if (!registration) return;
  watchForUpdate(app, registration, serviceWorker);
  await serviceWorker.ready;
  setTimeout(() => void completeCopy(app), QUIET_MS);
}

/** A dialog that holds what another page would be sorry to lose. */
const UNDER_WAY = new Set(["import", "connect", "compare", "join"]);

/** Stores everything; false where that failed or something else is under way here. */
async function readyToLeave(app: App): Promise<boolean> {
  // What is being typed is an edit once the field is left.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await Promise.resolve();
  return !UNDER_WAY.has(app.dialog ?? "") && ((await app.stores?.project.settled()) ?? true);
}

function answerTheWorker(app: App, serviceWorker: ServiceWorkerContainer): void {
  serviceWorker.addEventListener("message", ({ data, ports }: MessageEvent<unknown>) => {
    if (data === "leave?") void readyToLeave(app).then((ready) => ports[0]?.postMessage(ready));
    if (data === "step aside") location.replace(`/hold.html${location.hash}`);
  });
  let controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => {
    // The very first worker takes over the page that brought it; any later one was asked for by a person, here or in another tab.
    if (controlled) void readyToLeave(app).then(() => location.reload());
    controlled = true;
  });
  serviceWorker.startMessages();
}

function watchForUpdate(app: App, registration: ServiceWorkerRegistration, serviceWorker: ServiceWorkerContainer): void {
  const look = (): void => {
    // A still newer one may have come by the time that a person decides.
    if (registration.waiting && serviceWorker.controller) app.device.update = () => askToTakeOver(app, registration.waiting);
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
  const ask = (): void => void registration.update().catch(() => undefined);
  setInterval(ask, ASK_AGAIN_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });
}

function askToTakeOver(app: App, waiting: ServiceWorker | null): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () =>
    app.say("The new version waits: in this or another tab something is not saved yet, or a file is being read.");
  waiting?.postMessage("take-over", [port2]);
}

/** Who asked for all of it has all of it again after an update, quietly. */
async function completeCopy(app: App): Promise<void> {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  if (!navigator.onLine || connection?.saveData === true) return;
  const { Offline } = await import("../stores/offline.svelte.ts");
  const offline = (app.offline ??= new Offline(app.preferences));
  if (offline.wanted) await offline.fetchAll();
}
