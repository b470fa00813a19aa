/** Giving a freshly read schema the ids of one that is known already. Everything that refers to an id is rewritten along. */
import type { Mint } from "./ids.ts";
import { allIds, type Known, match } from "./match.ts";
import type { Schema } from "./schema.ts";

type Renames = Known;

/** Attributes that hold ids; everything else is text that only looks like one. */
const HOLDS_IDS: ReadonlySet<string> = new Set([
  "id",
  "namespaceId",
  "tableId",
  "refTableId",
  "ownerId",
  "columnId",
  "partOf",
  "columns",
  "refColumns",
  "onDeleteColumns",
  "include",
  "inherits",
  "dependsOn",
]);

function rewrite(value: unknown, ids: Renames, holdsIds: boolean): unknown {
  if (typeof value === "string") return holdsIds ? (ids.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => rewrite(item, ids, holdsIds));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, ids, HOLDS_IDS.has(key))]));
}

/**
 * `fresh` with the ids of `previous` where something is the same, and new ids from `mint` elsewhere. Without `mint`, objects are
 * matched by name only and what matches nothing keeps its own id: that is for comparing. `known` ids are taken as they are: they may
 * be of more than these two schemas hold.
 */
export function adopt(fresh: Schema, previous: Schema | null, mint: Mint | null, known: Known = new Map()): Schema {
  const ids = new Map(previous ? match(fresh, previous, mint !== null, known) : []);
  if (mint) for (const id of allIds(fresh)) if (!ids.has(id)) ids.set(id, known.get(id) ?? mint());
  return rewrite(fresh, { get: (id) => ids.get(id) ?? known.get(id) }, false) as Schema;
}
