/** What of the app is on this device: the shell, which the service worker keeps, and the engines in its cache. */
const ENGINES = "engines";

/** What the build made, bytes. */
export interface OfflinePlan {
  readonly shell: number;
  readonly engines: readonly (readonly [path: string, bytes: number])[];
}

/** Null where the page was not served with one, or there is neither network nor a service worker yet. */
export async function readPlan(): Promise<OfflinePlan | null> {
  try {
    const response = await fetch("/offline.json");
    return response.ok ? ((await response.json()) as OfflinePlan) : null;
  } catch {
    return null;
  }
}

/** Can this browser keep the app here? Pages that came over plain http from another machine cannot. */
export const canKeep = (): boolean => "serviceWorker" in navigator && "caches" in globalThis;

/** Is the shell kept? The service worker is there only when all of it is. */
export async function shellKept(): Promise<boolean> {
  return ((await navigator.serviceWorker.getRegistration())?.active ?? null) !== null;
}

/** Paths of the engines' files that are kept. */
export async function enginesKept(): Promise<ReadonlySet<string>> {
  const cache = await caches.open(ENGINES);
  return new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
}

/** Bytes that the browser would still let this site store; null where it does not say. */
export async function room(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate().catch((): StorageEstimate => ({}));
  return quota === undefined || usage === undefined ? null : quota - usage;
}

/**
 * Fetches one file and keeps it; `onBytes` hears of each part. A file is kept whole or not at all. Rejects with a `DOMException`
 * named QuotaExceededError where there is no room, and when `signal` ends it.
 */
export async function fetchEngine(path: string, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  const response = await fetch(path, { signal });
  if (!response.ok || !response.body) throw new Error(`${path} was answered with status ${String(response.status)}`);
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        onBytes(part.byteLength);
        controller.enqueue(part);
      },
    }),
  );
  const headers = { "content-type": response.headers.get("content-type") ?? "application/octet-stream" };
  const cache = await caches.open(ENGINES);
  await cache.put(path, new Response(counted, { headers }));
}
