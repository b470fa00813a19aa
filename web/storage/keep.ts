/**
 * Keeps one open Y.Doc on the device: every update is written as it is made, and tabs of one browser hand theirs to each other.
 */
import * as Y from "yjs";
import type { DesignDatabase } from "./database.ts";

export type Saving = "saved" | "saving" | "failed";

/** The origin of what was stored, or came from another tab, which stores it itself. */
const STORED = Symbol("stored");

/** After a write that failed, milliseconds before the next try; the last one repeats. */
const RETRY_AFTER = [1_000, 5_000, 15_000];

/** Updates written before they are merged into one. */
const COMPACT_EVERY = 500;

export interface Keeper {
  /** Resolves once everything made so far has been written, or has failed to be. */
  settled(): Promise<void>;
  close(): void;
}

/** What other tabs make of a design. It is opened before the design is loaded, so that nothing falls in between. */
export function listen(id: string, doc: Y.Doc): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  const channel = new BroadcastChannel(`drawbridge/${id}`);
  channel.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
    Y.applyUpdate(doc, data, STORED);
  };
  return channel;
}

/** Hands an update of a design that is not open here to the tabs where it is. */
export function tell(id: string, update: Uint8Array): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(`drawbridge/${id}`);
  channel.postMessage(update);
  channel.close();
}

/** Merges the stored updates of a design when they have become many. A failure costs time at the next start, nothing else. */
export async function compact(database: DesignDatabase, id: string): Promise<void> {
  await database.compact(id, (updates) => Y.mergeUpdates(updates)).catch(() => undefined);
}

/** Loads a design into an empty document. False when nothing is stored under that id. */
export async function load(database: DesignDatabase, id: string, doc: Y.Doc): Promise<boolean> {
  const updates = await database.load(id);
  if (updates.length === 0) return false;
  Y.applyUpdate(doc, updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates), STORED);
  return true;
}

/**
 * Begins to keep a document. `onSaving` hears of every change of state; `onError` of a write that failed. After a failure, and
 * where the stored past is gone (cleared by the person or the browser), the whole document is written; what fails is tried again
 * until it succeeds or the keeper is closed.
 */
export function keep(
  database: DesignDatabase,
  id: string,
  doc: Y.Doc,
  channel: BroadcastChannel | null,
  on: { readonly saving: (state: Saving) => void; readonly error: (message: string) => void },
): Keeper {
  let waiting = 0;
  let written = 0;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();

  /** Null: nothing new, only what a failure left out. */
  const store = async (update: Uint8Array | null): Promise<void> => {
    clearTimeout(retry);
    try {
      const whole = failures > 0 || update === null || !(await database.append(id, update));
      if (whole) await database.append(id, Y.encodeStateAsUpdate(doc));
      failures = 0;
      written += 1;
      if (written % COMPACT_EVERY === 0) await compact(database, id);
    } catch (error) {
      retry = setTimeout(enqueue, RETRY_AFTER[Math.min(failures, RETRY_AFTER.length - 1)], null);
      failures += 1;
      on.error(error instanceof Error ? error.message : String(error));
    }
    // Told after it is stored: a tab that opens now finds it in one of the two places.
    if (update) channel?.postMessage(update);
    waiting -= 1;
    if (waiting === 0) on.saving(failures > 0 ? "failed" : "saved");
  };

  function enqueue(update: Uint8Array | null): void {
    waiting += 1;
    on.saving("saving");
    // One after another, so that each knows whether the one before it failed.
    last = last.then(() => store(update));
  }

  const onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== STORED) enqueue(update);
  };

  doc.on("update", onUpdate);
  return {
    settled: () => last,
    close() {
      clearTimeout(retry);
      doc.off("update", onUpdate);
      channel?.close();
    },
  };
}
