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
  on: { readonly saving: (state: Saving) => void; readonly error: (message: string) => void },
): Keeper {
  let waiting = 0;
  let failed = false;
  let last: Promise<void> = Promise.resolve();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`drawbridge/${id}`);

  const store = async (update: Uint8Array): Promise<void> => {
    try {
      await database.append(id, update);
      failed = false;
    } catch (error) {
      failed = true;
      on.error(error instanceof Error ? error.message : String(error));
    }
    waiting -= 1;
    if (waiting === 0) on.saving(failed ? "failed" : "saved");
  };

  const onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === STORED) return;
    channel?.postMessage(update);
    waiting += 1;
    on.saving("saving");
    // After a failed write the whole document is written, so that nothing in between is missing.
    last = store(failed ? Y.encodeStateAsUpdate(doc) : update);
  };

  doc.on("update", onUpdate);
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
      Y.applyUpdate(doc, data, STORED);
    };
  }
  return {
    settled: () => last,
    close() {
      doc.off("update", onUpdate);
      channel?.close();
    },
  };
}
