/** The service worker: registered once the page is idle, and told which engine files were used, so that they work without network. */
const ENGINE = /\/assets\/[^/]+\.(wasm|data|gz|snapshot)$/;
const LOOK_AGAIN_MS = 4000;

export function keepOffline(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  void navigator.serviceWorker.register("/sw.js").then(async () => {
    await navigator.serviceWorker.ready;
    let told = 0;
    setInterval(() => {
      const used = performance
        .getEntriesByType("resource")
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => ENGINE.test(path));
      if (used.length > told) {
        told = used.length;
        navigator.serviceWorker.controller?.postMessage(used);
      }
    }, LOOK_AGAIN_MS);
  });
}
