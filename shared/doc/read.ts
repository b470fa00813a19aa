/** The Y.Doc as plain data. Reading repairs what merging may leave behind, the same way everywhere, and says what it repaired. */
import * as Y from "yjs";
import type { Column, Constraint, EntityKind, ForeignKey, Identified, Index, Schema, Table } from "../model/index.ts";
import { problem, type Problem } from "../result/index.ts";
import { columnOrder } from "./edit.ts";
import { type FlatKind, PART_PREFIX, template } from "./keys.ts";

type Flat = Y.Map<unknown>;
type Values = Record<string, unknown>;

/** Attributes grouped by the key they hang on; a group without its existence key is left out. */
function groups(map: Flat, prefix: string): Map<string, Values> {
  const found = new Map<string, Values>();
  const loose = new Map<string, Values>();
  for (const [key, value] of map.entries()) {
    if (!key.startsWith(prefix)) continue;
    const dot = key.indexOf(".");
    const id = dot < 0 ? key.slice(prefix.length) : key.slice(prefix.length, dot);
    const values = loose.get(id) ?? {};
    loose.set(id, values);
    if (dot < 0) found.set(id, values);
    else values[key.slice(dot + 1)] = value;
  }
  return found;
}

function entity(kind: EntityKind, id: string, values: Values): Identified {
  return { ...template(kind, typeof values["kind"] === "string" ? values["kind"] : undefined), ...values, id };
}

const byName = (a: Identified, b: Identified): number => {
  const [one, other] = [String((a as { name?: unknown }).name), String((b as { name?: unknown }).name)];
  return one < other ? -1 : one > other ? 1 : a.id < b.id ? -1 : 1;
};

export function readFlat<T extends Identified>(doc: Y.Doc, kind: FlatKind): T[] {
  return [...groups(doc.getMap(kind), "")].map(([id, values]) => entity(kind, id, values) as T).sort(byName);
}

/** A key or index keeps the columns that still exist; one with none left is gone. */
function repaired<T extends Constraint | Index>(item: T, columns: ReadonlySet<string>): T | null {
  if ("parts" in item) {
    const parts = item.parts.filter(({ columnId }) => columnId === null || columns.has(columnId));
    const include = item.include.filter((id) => columns.has(id));
    if (parts.length === 0) return null;
    return parts.length === item.parts.length && include.length === item.include.length ? item : { ...item, parts, include };
  }
  if (!("columns" in item)) return item;
  const kept = item.columns.filter((id) => columns.has(id));
  if (kept.length === 0) return null;
  return kept.length === item.columns.length
    ? item
    : { ...item, columns: kept, include: item.include.filter((id) => columns.has(id)) };
}

export function readTable(id: string, map: Flat): Table {
  const own: Values = {};
  for (const [key, value] of map.entries()) if (!key.includes(":")) own[key] = value;
  const described = groups(map, `${PART_PREFIX.column}:`);
  const columns = columnOrder(map).map((column) => entity("column", column.id, described.get(column.id) ?? {}) as Column);
  const ids = new Set<string>(columns.map((column) => column.id));
  const parts = <T extends Constraint | Index>(kind: "constraint" | "index"): T[] =>
    [...groups(map, `${PART_PREFIX[kind]}:`)]
      .flatMap(([part, values]) => repaired(entity(kind, part, values) as T, ids) ?? [])
      .sort(byName);
  return {
    ...(entity("table", id, own) as Table),
    columns,
    constraints: parts<Constraint>("constraint"),
    indexes: parts<Index>("index"),
  };
}

/** Foreign keys whose two ends exist. */
export function wholeForeignKeys(
  keys: readonly ForeignKey[],
  tables: ReadonlyMap<string, Table>,
): { readonly keys: ForeignKey[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const has = (tableId: string, ids: readonly string[]): boolean => {
    const columns = tables.get(tableId)?.columns;
    return columns !== undefined && ids.every((id) => columns.some((column) => column.id === id));
  };
  const kept = keys.filter((key) => {
    const whole =
      key.columns.length > 0 &&
      key.columns.length === key.refColumns.length &&
      has(key.tableId, key.columns) &&
      has(key.refTableId, key.refColumns);
    if (!whole) problems.push(problem("model.dangling", "warning", { what: "The relation", name: key.name }));
    return whole;
  });
  return { keys: kept, problems };
}

export function readTables(doc: Y.Doc): Map<string, Table> {
  const found = new Map<string, Table>();
  for (const [id, map] of doc.getMap("tables").entries()) if (map instanceof Y.Map) found.set(id, readTable(id, map));
  return found;
}

export const sortedTables = (tables: ReadonlyMap<string, Table>): Schema["tables"] => [...tables.values()].sort(byName);
