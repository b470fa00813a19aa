/** Giving a freshly read schema the ids of one that is known already. Everything that refers to an id is rewritten along. */
import type { Mint } from "./ids.ts";
import { match } from "./match.ts";
import type { Schema } from "./schema.ts";

type Renames = ReadonlyMap<string, string>;

/** Every id of a schema, once. */
function* allIds(schema: Schema): Generator<string> {
  const { namespaces, types, sequences, views, tables, foreignKeys, verbatim } = schema;
  for (const list of [namespaces, types, sequences, views, tables, foreignKeys, verbatim]) for (const { id } of list) yield id;
  for (const { indexes } of views) for (const { id } of indexes) yield id;
  for (const { columns, constraints, indexes } of tables)
    for (const list of [columns, constraints, indexes]) for (const { id } of list) yield id;
}

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
 * matched by name only and what matches nothing keeps its own id: that is for comparing.
 */
export function adopt(fresh: Schema, previous: Schema | null, mint: Mint | null): Schema {
  const ids = new Map(previous ? match(fresh, previous, mint !== null) : []);
  if (mint) for (const id of allIds(fresh)) if (!ids.has(id)) ids.set(id, mint());
  return rewrite(fresh, ids, false) as Schema;
}
