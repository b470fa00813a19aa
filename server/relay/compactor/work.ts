import * as Y from "yjs";
import { readUpdate, type Span, type UpdateContent } from "#shared/sync/index.ts";
import type { Compacted } from "./api.ts";

function contentOf(doc: Y.Doc): UpdateContent {
  const structs: Span[] = [...Y.decodeStateVector(Y.encodeStateVector(doc))].map(([client, clock]) => ({
    client,
    clock: 0,
    length: clock,
  }));
  const deletes: Span[] = [];
  for (const [client, items] of Y.createDeleteSetFromStructStore(doc.store).clients) {
    for (const { clock, len } of items) deletes.push({ client, clock, length: len });
  }
  return { structs, deletes };
}

function replay(updates: readonly Uint8Array[]): Compacted {
  const doc = new Y.Doc({ gc: true });
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  const compacted = { state: Y.encodeStateAsUpdate(doc), content: contentOf(doc) };
  doc.destroy();
  return compacted;
}

/**
 * Replays updates into a document that forgets what was deleted; those that wait for others are kept as they are. Updates that decode
 * but cannot be replayed are joined unread instead: nothing is lost, only nothing gets smaller.
 */
export function compact(updates: readonly Uint8Array[]): Compacted {
  try {
    return replay(updates);
  } catch {
    const state = Y.mergeUpdates([...updates]);
    const content = readUpdate(state);
    if (!content) throw new Error("a document's updates cannot be read");
    return { state, content };
  }
}

/** What a state has and a vector has not. */
export const diff = (state: Uint8Array, vector: Uint8Array): Uint8Array => Y.diffUpdate(state, vector);

/** See `readUpdate`. */
export const read = readUpdate;
