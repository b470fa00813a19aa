/**
 * Keeps one open Y.Doc on the device: every update is written as it is made, and tabs of one browser hand theirs to each other.
 */
import * as Y from "yjs";
import type { DesignDatabase } from "./database.ts";

export type Saving = "saved" | "saving" | "failed";

/** The origin of what was stored, or came from another tab, which stores it itself. */
const STORED = Symbol("stored");

export interface Keeper {
  /** Resolves once everything made so far is on the device. */
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

/** Loads a design into an empty document. False when nothing is stored under that id. */
export async function load(database: DesignDatabase, id: string, doc: Y.Doc): Promise<boolean> {
  const updates = await database.load(id);
  if (updates.length === 0) return false;
  Y.applyUpdate(doc, updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates), STORED);
  return true;
}

/** Begins to keep a document. `onSaving` hears of every change of state; `onError` of a write that failed. */
export function keep(
  database: DesignDatabase,
  id: string,
  doc: Y.Doc,
  channel: BroadcastChannel | null,
  on: { readonly saving: (state: Saving) => void; readonly error: (message: string) => void },
): Keeper {
  let waiting = 0;
  /** Something is missing on the device until the whole document has been written. */
  let incomplete = false;
  let last: Promise<void> = Promise.resolve();

  const store = async (update: Uint8Array): Promise<void> => {
    const whole = incomplete;
    try {
      await database.append(id, whole ? Y.encodeStateAsUpdate(doc) : update);
      if (whole) incomplete = false;
    } catch (error) {
      incomplete = true;
      on.error(error instanceof Error ? error.message : String(error));
    }
    // Told after it is stored: a tab that opens now finds it in one of the two places.
    channel?.postMessage(update);
    waiting -= 1;
    if (waiting === 0) on.saving(incomplete ? "failed" : "saved");
  };

  const onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === STORED) return;
    waiting += 1;
    on.saving("saving");
    // One after another, so that each knows whether the one before it failed.
    last = last.then(() => store(update));
  };

  doc.on("update", onUpdate);
  return {
    settled: () => last,
    close() {
      doc.off("update", onUpdate);
      channel?.close();
    },
  };
}
