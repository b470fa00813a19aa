/**
 * The page that stands in for every page of the app while a new version takes over. For that, Chromium first puts the worker in charge
 * to sleep. A file that any page asks for just then wakes it; why it was to sleep is forgotten, and the new version waits until the old
 * worker sleeps by itself, half a minute later or more. This page asks for nothing.
 */

/** After so long the app comes back, with whatever version is in charge. */
const PATIENCE_MS = 30_000;

/** Back to the app; the design stays in the address. */
function back(): void {
  location.replace(`/${location.hash}`);
}

async function wait(serviceWorker: ServiceWorkerContainer): Promise<void> {
  serviceWorker.addEventListener("controllerchange", back);
  setTimeout(back, PATIENCE_MS);
  const waiting = (await serviceWorker.getRegistration())?.waiting;
  if (waiting) waiting.postMessage("held");
  else back();
}

// All that this page needs has come by then.
addEventListener("load", () => void wait(navigator.serviceWorker));
