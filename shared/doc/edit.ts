/** Changes into the Y.Doc: only what differs is written. */
import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import * as Y from "yjs";
import {
  altered,
  type Change,
  created,
  dropped,
  type Identified,
  type PartKind,
  partList,
  same,
  type Schema,
  type Table,
  type View,
} from "../model/index.ts";
import { FLAT_KINDS, type FlatKind, PART_PREFIX } from "./keys.ts";
import { type Flat, orderOf, pieces, recordOf, removePart, removeRecord, writeAttributes, writeRecord } from "./records.ts";

interface Placed {
  readonly id: string;
  /** Null: what is written is not a place. */
  readonly order: string | null;
}

/** By order key, those without one first; ties by id. */
export const byOrder = (a: Placed, b: Placed): number => {
  const [one, other] = [a.order ?? "", b.order ?? ""];
  return one < other ? -1 : one > other ? 1 : a.id < b.id ? -1 : 1;
};

/** The columns of a table as they stand, in order. */
const columnOrder = (table: Flat): readonly Placed[] =>
  [...pieces(table).column].map(([id, written]) => ({ id, order: orderOf(written) })).sort(byOrder);

/** A key between two places; null where there is none: two people gave the same key, or one is damaged. */
function between(below: Placed | undefined, above: Placed | undefined): string | null {
  if (below?.order === null || above?.order === null) return null;
  if (below && above && above.order <= below.order) return null;
  return generateKeyBetween(below?.order ?? null, above?.order ?? null);
}

function orderAt(table: Flat, at: number | null): string {
  const columns = columnOrder(table);
  const place = at === null ? columns.length : Math.min(at, columns.length);
  const order = between(columns[place - 1], columns[place]);
  if (order !== null) return order;
  renumber(
    table,
    columns.map(({ id }) => id),
  );
  return orderAt(table, at);
}

function reorder(table: Flat, wanted: readonly string[]): void {
  const now = columnOrder(table);
  const known = wanted.filter((id) => now.some((column) => column.id === id));
  const single = known.find((id) =>
    same(
      known.filter((other) => other !== id),
      now.map((column) => column.id).filter((other) => other !== id),
    ),
  );
  if (single === undefined) return renumber(table, known);
  const others = now.filter(({ id }) => id !== single);
  const at = known.indexOf(single);
  const order = between(others[at - 1], others[at]);
  if (order === null) renumber(table, known);
  else table.set(`c:${single}.order`, order);
}

function renumber(table: Flat, ids: readonly string[]): void {
  generateNKeysBetween(null, null, ids.length).forEach((order, at) => table.set(`c:${ids[at] ?? ""}.order`, order));
}

const partKey = (kind: PartKind, id: string): string => `${PART_PREFIX[kind]}:${id}`;

function writeTable(tables: Flat, table: Table): void {
  const orders = generateNKeysBetween(null, null, table.columns.length);
  const records = (kind: PartKind) => partList(table, kind).map((part) => ({ id: part.id, ...recordOf(kind, part) }));
  const made = {
    ...recordOf("table", table),
    columns: records("column").map((record, at) => ({ ...record, order: orders[at] })),
    constraints: records("constraint"),
    indexes: records("index"),
  };
  tables.set(table.id, new Y.Map([["made", JSON.stringify(made)]]));
}

/** One part, whose keys begin with `prefix`: nothing in the map of its table, `<view>.` among the views. */
function changePart(map: Flat, prefix: string, change: Exclude<Change, { kind: "reorder" }>): void {
  const kind = change.entity as PartKind;
  switch (change.kind) {
    case "create": {
      const record = recordOf(kind, change.after);
      const placed = kind === "column" ? { ...record, order: orderAt(map, change.at) } : record;
      return writeRecord(map, prefix + partKey(kind, change.after.id), kind, placed);
    }
    case "drop":
      return removePart(map, prefix + partKey(kind, change.before.id), kind);
    case "alter": {
      const key = prefix + partKey(kind, change.after.id);
      if (map.get(key) !== false) writeAttributes(map, `${key}.`, kind, change.before, change.after);
    }
  }
}

/** A view's own attributes, and its indexes one by one: two people may each give it one. */
function changeView(views: Flat, before: View, after: View): void {
  const own: View = { ...after, indexes: before.indexes };
  writeAttributes(views, `${after.id}.`, "view", before, own);
  const prefix = `${after.id}.`;
  const had = new Map(before.indexes.map((index) => [index.id, index]));
  for (const index of before.indexes)
    if (!after.indexes.some(({ id }) => id === index.id)) changePart(views, prefix, dropped("index", after.id, index) as Part);
  for (const index of after.indexes) {
    const was = had.get(index.id);
    const change = was ? altered("index", after.id, was, index) : created("index", after.id, index, null);
    changePart(views, prefix, change as Part);
  }
}

type Part = Exclude<Change, { kind: "reorder" }>;

/** An index of a materialized view. */
function changeViewIndex(views: Flat, change: Part): void {
  if (change.ownerId !== null && views.has(change.ownerId)) changePart(views, `${change.ownerId}.`, change);
}

function changeFlat(map: Flat, change: Exclude<Change, { kind: "reorder" }>): void {
  const kind = change.entity;
  switch (change.kind) {
    case "create":
      return writeRecord(map, change.after.id, kind, recordOf(kind, change.after));
    case "drop":
      if (kind !== "namespace") removeRecord(map, change.before.id, kind);
      else if (map.has(change.before.id)) map.set(`${change.before.id}.deleted`, true);
      return;
    case "alter":
      if (!map.has(change.after.id)) return;
      if (change.entity === "view") changeView(map, change.before, change.after);
      else writeAttributes(map, `${change.after.id}.`, kind, change.before, change.after);
  }
}

function changeTable(tables: Flat, change: Extract<Change, { entity: "table" }>): void {
  switch (change.kind) {
    case "create":
      return writeTable(tables, change.after);
    case "drop":
      return tables.delete(change.before.id);
    case "alter": {
      const table = tables.get(change.after.id);
      if (table instanceof Y.Map) writeAttributes(table, "", "table", change.before, change.after);
    }
  }
}

/** Writes changes; the caller wraps them in one transaction. */
export function writeChanges(doc: Y.Doc, changes: readonly Change[]): void {
  const tables = doc.getMap("tables");
  for (const change of changes) {
    if (change.entity === "table") changeTable(tables, change);
    else if (change.entity in PART_PREFIX) {
      const table = tables.get(change.ownerId ?? "");
      const isTable = table instanceof Y.Map;
      if (change.kind === "reorder") {
        if (isTable) reorder(table, change.after);
      } else if (isTable) changePart(table, "", change);
      else if (change.entity === "index") changeViewIndex(doc.getMap("view"), change);
    } else if (change.kind !== "reorder") changeFlat(doc.getMap(change.entity), change);
  }
}

/** Writes a whole schema into an empty document. */
export function writeSchema(doc: Y.Doc, schema: Schema): void {
  const lists: Readonly<Record<FlatKind, readonly Identified[]>> = {
    namespace: schema.namespaces,
    type: schema.types,
    sequence: schema.sequences,
    foreignKey: schema.foreignKeys,
    view: schema.views,
    verbatim: schema.verbatim,
  };
  for (const kind of FLAT_KINDS) {
    const map = doc.getMap(kind);
    for (const item of lists[kind]) map.set(item.id, JSON.stringify(recordOf(kind, item)));
  }
  const tables = doc.getMap("tables");
  for (const table of schema.tables) writeTable(tables, table);
}
