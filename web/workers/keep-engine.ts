/**
 * Keeps an engine's files for the time without network. An engine's worker may have started before the service worker was there to see
 * its files come, so it lays them aside itself, where the service worker (`web/sw.ts`) looks.
 */
const ENGINE = /\/assets\/[^/]+\.(wasm|data|gz|snapshot)$/;
/** After the start: the first answer comes first. */
const AFTER_MS = 2_000;

/** Lays aside what this worker has loaded of its engine. The browser still has it in its http cache, so this costs no traffic. */
export function keepEngine(): void {
  if (import.meta.env.DEV || !("caches" in self)) return;
  setTimeout(() => void keep().catch(() => undefined), AFTER_MS);
}

async function keep(): Promise<void> {
  const cache = await caches.open("engines");
  for (const { name } of performance.getEntriesByType("resource")) {
    if (ENGINE.test(new URL(name).pathname) && !(await cache.match(name))) await cache.add(name);
  }
}
