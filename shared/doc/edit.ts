/** Changes into the Y.Doc: only what differs is written, each attribute under its own key. */
import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import * as Y from "yjs";
import {
  type Change,
  type EntityKind,
  type Identified,
  PART_KINDS,
  partList,
  same,
  type Schema,
  type Table,
} from "../model/index.ts";
import { ALWAYS_STORED, FLAT_KINDS, type FlatKind, PART_PREFIX, template } from "./keys.ts";

type Flat = Y.Map<unknown>;
type Attributes = Readonly<Record<string, unknown>>;

const NOT_ATTRIBUTES: ReadonlySet<string> = new Set(["id", "columns@table", "constraints@table", "indexes@table"]);

const isAttribute = (entity: EntityKind, name: string): boolean =>
  !NOT_ATTRIBUTES.has(name) && !NOT_ATTRIBUTES.has(`${name}@${entity}`);

/** Writes the attributes that differ from `before` (null: from nothing). `prefix` is `""` or `<key>.`. */
function writeAttributes(map: Flat, prefix: string, entity: EntityKind, before: Attributes | null, after: Attributes): void {
  const defaults = template(entity, typeof after["kind"] === "string" ? after["kind"] : undefined);
  for (const [name, value] of Object.entries(after)) {
    if (!isAttribute(entity, name) || (before !== null && same(before[name], value))) continue;
    const isDefault = same(defaults[name], value) && !ALWAYS_STORED.has(name);
    if (!isDefault) map.set(prefix + name, value);
    else if (before !== null) map.delete(prefix + name);
  }
}

function removeKeys(map: Flat, key: string): void {
  for (const name of [...map.keys()]) if (name === key || name.startsWith(`${key}.`)) map.delete(name);
}

/** Order keys of a table's columns as they stand, in order. */
export function columnOrder(table: Flat): { readonly id: string; readonly order: string }[] {
  const found: { id: string; order: string }[] = [];
  for (const [key, value] of table.entries()) {
    if (key.startsWith("c:") && !key.includes(".")) found.push({ id: key.slice(2), order: String(value) });
  }
  return found.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1));
}

function orderAt(table: Flat, at: number | null): string {
  const order = columnOrder(table).map((column) => column.order);
  const place = at === null ? order.length : Math.min(at, order.length);
  const [below, above] = [order[place - 1] ?? null, order[place] ?? null];
  // Two people may have given the same key; beside it there is no room in between.
  return generateKeyBetween(below, above !== null && below !== null && above <= below ? null : above);
}

function reorder(table: Flat, wanted: readonly string[]): void {
  const now = columnOrder(table);
  const known = wanted.filter((id) => now.some((column) => column.id === id));
  const moved = known.filter((id) =>
    same(
      known.filter((other) => other !== id),
      now.map((column) => column.id).filter((other) => other !== id),
    ),
  );
  const [single] = moved;
  if (single !== undefined) {
    const others = now.filter(({ id }) => id !== single);
    const at = known.indexOf(single);
    const [below, above] = [others[at - 1]?.order ?? null, others[at]?.order ?? null];
    // Beside two equal keys there is no room: all are given anew.
    if (below !== null && above !== null && above <= below) return renumber(table, known);
    table.set(`c:${single}`, generateKeyBetween(below, above));
    return;
  }
  renumber(table, known);
}

function renumber(table: Flat, ids: readonly string[]): void {
  generateNKeysBetween(null, null, ids.length).forEach((order, at) => table.set(`c:${ids[at] ?? ""}`, order));
}

function writePart(table: Flat, entity: keyof typeof PART_PREFIX, part: Identified, mark: unknown): void {
  const key = `${PART_PREFIX[entity]}:${part.id}`;
  table.set(key, mark);
  writeAttributes(table, `${key}.`, entity, null, { ...part });
}

function writeTable(tables: Flat, table: Table): void {
  const map: Flat = new Y.Map();
  // Filled before it joins the document: one insertion instead of one per attribute.
  writeAttributes(map, "", "table", null, { ...table });
  const orders = generateNKeysBetween(null, null, table.columns.length);
  for (const kind of PART_KINDS)
    partList(table, kind).forEach((part, at) => writePart(map, kind, part, kind === "column" ? orders[at] : true));
  tables.set(table.id, map);
}

function changePart(tables: Flat, change: Change): void {
  const table = tables.get(change.ownerId ?? "");
  if (!(table instanceof Y.Map)) return;
  if (change.kind === "reorder") return reorder(table, change.after);
  const entity = change.entity as keyof typeof PART_PREFIX;
  const key = (id: string): string => `${PART_PREFIX[entity]}:${id}`;
  switch (change.kind) {
    case "create":
      return writePart(table, entity, change.after, entity === "column" ? orderAt(table, change.at) : true);
    case "drop":
      return removeKeys(table, key(change.before.id));
    case "alter":
      if (table.has(key(change.after.id)))
        writeAttributes(table, `${key(change.after.id)}.`, entity, { ...change.before }, { ...change.after });
  }
}

function changeFlat(map: Flat, change: Exclude<Change, { kind: "reorder" }>): void {
  switch (change.kind) {
    case "create":
      map.set(change.after.id, true);
      return writeAttributes(map, `${change.after.id}.`, change.entity, null, { ...change.after });
    case "drop":
      return removeKeys(map, change.before.id);
    case "alter":
      if (map.has(change.after.id))
        writeAttributes(map, `${change.after.id}.`, change.entity, { ...change.before }, { ...change.after });
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
      if (table instanceof Y.Map) writeAttributes(table, "", "table", { ...change.before }, { ...change.after });
    }
  }
}

/** Writes changes; the caller wraps them in one transaction. */
export function writeChanges(doc: Y.Doc, changes: readonly Change[]): void {
  const tables = doc.getMap("tables");
  for (const change of changes) {
    if (change.entity === "table") changeTable(tables, change);
    else if (change.entity in PART_PREFIX) changePart(tables, change);
    else if (change.kind !== "reorder") changeFlat(doc.getMap(change.entity), change);
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
    for (const item of lists[kind]) {
      map.set(item.id, true);
      writeAttributes(map, `${item.id}.`, kind, null, { ...item });
    }
  }
  const tables = doc.getMap("tables");
  for (const table of schema.tables) writeTable(tables, table);
}
