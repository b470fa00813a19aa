/**
 * Giving a freshly read schema the ids of one that is known already: by name first, then by shape (a table whose columns are
 * mostly those of a vanished one was renamed). Everything that refers to an id is rewritten along.
 */
import type { Mint } from "./ids.ts";
import type { Identified } from "./parts.ts";
import type { Schema, Table } from "./schema.ts";

/** At least this share of column names must agree for a table to count as the renamed one. */
const ALIKE = 0.7;

type Renames = Map<string, string>;

interface Named extends Identified {
  readonly name: string;
}

function matchByName<T extends Named>(
  fresh: readonly T[],
  previous: readonly T[],
  key: (item: T, own: boolean) => string,
  ids: Renames,
): void {
  const known = new Map(previous.map((item) => [key(item, true), item.id]));
  for (const item of fresh) {
    const id = known.get(key(item, false));
    if (id !== undefined) ids.set(item.id, id);
  }
}

function likeness(a: Table, b: Table): number {
  const names = new Set(a.columns.map(({ name }) => name));
  const both = b.columns.filter(({ name }) => names.has(name)).length;
  return both / Math.max(1, a.columns.length, b.columns.length);
}

/** Tables that found no namesake take the id of a vanished table that looks like them. */
function matchByShape(fresh: Schema, previous: Schema, ids: Renames): void {
  const taken = new Set(ids.values());
  const vanished = new Set(previous.tables.filter(({ id }) => !taken.has(id)));
  for (const table of fresh.tables) {
    if (ids.has(table.id) || table.columns.length < 2) continue;
    const best = [...vanished].map((old) => ({ old, score: likeness(old, table) })).sort((a, b) => b.score - a.score)[0];
    if (!best || best.score < ALIKE) continue;
    ids.set(table.id, best.old.id);
    vanished.delete(best.old);
  }
}

function matchParts(fresh: Schema, previous: Schema, ids: Renames): void {
  const known = new Map<string, Table>(previous.tables.map((table) => [table.id, table]));
  for (const table of fresh.tables) {
    const old = known.get(ids.get(table.id) ?? "");
    if (!old) continue;
    const byName = (item: Named): string => item.name;
    matchByName(table.columns, old.columns, byName, ids);
    matchByName(table.constraints, old.constraints, byName, ids);
    matchByName(table.indexes, old.indexes, byName, ids);
  }
  const byOwner = (own: boolean, owner: string, name: string): string => `${own ? owner : (ids.get(owner) ?? owner)}\0${name}`;
  matchByName(fresh.foreignKeys, previous.foreignKeys, (key, own) => byOwner(own, key.tableId, key.name), ids);
  const oldViews = new Map<string, Schema["views"][number]>(previous.views.map((view) => [view.id, view]));
  for (const view of fresh.views)
    matchByName(view.indexes, oldViews.get(ids.get(view.id) ?? "")?.indexes ?? [], ({ name }) => name, ids);
}

function matchAll(fresh: Schema, previous: Schema, byShape: boolean): Renames {
  const ids: Renames = new Map();
  matchByName(fresh.namespaces, previous.namespaces, ({ name }) => name, ids);
  const inNamespace = (item: { readonly namespaceId: string | null; readonly name: string }, own: boolean): string =>
    `${own ? String(item.namespaceId) : (ids.get(item.namespaceId ?? "") ?? String(item.namespaceId))}\0${item.name}`;
  matchByName(fresh.types, previous.types, inNamespace, ids);
  matchByName(fresh.sequences, previous.sequences, inNamespace, ids);
  matchByName(fresh.tables, previous.tables, inNamespace, ids);
  matchByName(fresh.views, previous.views, inNamespace, ids);
  if (byShape) matchByShape(fresh, previous, ids);
  matchParts(fresh, previous, ids);
  const owned = (item: Schema["verbatim"][number], own: boolean): string =>
    `${item.kind}\0${own ? String(item.ownerId) : (ids.get(item.ownerId ?? "") ?? String(item.ownerId))}\0${inNamespace(item, own)}`;
  matchByName(fresh.verbatim, previous.verbatim, owned, ids);
  return ids;
}

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
  const ids = previous ? matchAll(fresh, previous, mint !== null) : new Map<string, string>();
  if (mint) for (const id of allIds(fresh)) if (!ids.has(id)) ids.set(id, mint());
  return rewrite(fresh, ids, false) as Schema;
}
