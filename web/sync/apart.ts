/** What the others did while this device was away: the design as they had it, and who wrote what of it. */
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import type { Schema } from "#shared/model/index.ts";

export interface Theirs {
  readonly base: Schema;
  readonly schema: Schema;
  /** Clients by what they wrote into: ids of tables, views, relations and the like. */
  readonly writers: ReadonlyMap<string, ReadonlySet<number>>;
  /** Everyone who wrote. */
  readonly clients: ReadonlySet<number>;
}

/** The ids that a transaction wrote into, with whose writing it was. What was taken away says nothing of who did it. */
function written(doc: Y.Doc, transaction: Y.Transaction): Map<string, Set<number>> {
  const roots = new Set<unknown>(doc.share.values());
  const found = new Map<string, Set<number>>();
  for (const [type, keys] of transaction.changed)
    for (const key of keys) {
      const item = key === null ? undefined : type._map.get(key);
      const id = roots.has(type) ? key?.split(".", 1)[0] : type._item?.parentSub;
      if (!item || item.deleted || !id) continue;
      found.set(id, (found.get(id) ?? new Set()).add(item.id.client));
    }
  return found;
}

/** `base`: the document when all were last together; `update`: what came since from the others. */
export function readTheirs(base: Uint8Array, update: Uint8Array): Theirs {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, base);
  const design = new DesignDoc(doc);
  const before = design.snapshot.schema;
  const known = Y.decodeStateVector(Y.encodeStateVector(doc));
  let writers = new Map<string, Set<number>>();
  doc.once("afterTransaction", (transaction) => (writers = written(doc, transaction)));
  Y.applyUpdate(doc, update);
  const now = Y.decodeStateVector(Y.encodeStateVector(doc));
  const clients = new Set([...now].flatMap(([client, clock]) => (clock > (known.get(client) ?? 0) ? [client] : [])));
  const { schema } = design.snapshot;
  design.close();
  return { base: before, schema, writers, clients };
}
