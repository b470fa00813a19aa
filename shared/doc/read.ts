/**
 * The Y.Doc as plain entities, each by itself. What merging may leave behind within one table is repaired here, the same way on
 * every device, and said; what concerns several entities is in `repair.ts`.
 */
import type { Column, Constraint, EntityKind, Identified, Index, PartKind, Table, View } from "../model/index.ts";
import { problem, type Problem, type Report } from "../result/index.ts";
import { byOrder } from "./edit.ts";
import { entity, type Flat, orderOf, pieces, viewPieces, type Written } from "./records.ts";

/** A problem about one entity. */
export type Say = (
  code: Problem["code"],
  params: Problem["params"],
  about: { readonly entity: EntityKind; readonly id: string; readonly ownerId: string | null },
) => void;

/** Somewhere to say problems to. */
export function notebook(): { readonly problems: Problem[]; readonly say: Say } {
  const problems: Problem[] = [];
  return { problems, say: (code, params, about) => problems.push(problem(code, "warning", params, { about })) };
}

export const nameOf = (item: Identified): string => ("name" in item ? String(item.name) : item.id);

/** By name, ties by id. */
export function byName(a: Identified, b: Identified): number {
  const [one, other] = [nameOf(a), nameOf(b)];
  return one < other ? -1 : one > other ? 1 : a.id < b.id ? -1 : 1;
}

function checked(kind: EntityKind, id: string, ownerId: string | null, written: Written, say: Say): Identified | null {
  const { value, odd } = entity(kind, id, written);
  for (const attribute of odd)
    say("doc.unreadable", { what: `${attribute} of ${value ? nameOf(value) : id}` }, { entity: kind, id, ownerId });
  return value;
}

/** One entity of a flat root map; null when it is not there (any more) or cannot be read. */
export function readFlat(kind: EntityKind, id: string, written: Written): Report<Identified | null> {
  const { problems, say } = notebook();
  if (written.record === undefined) return { value: null, problems };
  if (kind !== "view") return { value: checked(kind, id, null, written, say), problems };
  const { own, indexes } = viewPieces(written);
  const view = checked(kind, id, null, own, say) as View | null;
  return { value: view && indexes.size > 0 ? { ...view, indexes: viewIndexes(view, indexes, say) } : view, problems };
}

/** The indexes a view was made with, and what was done to them since. */
function viewIndexes(view: View, written: ReadonlyMap<string, Written>, say: Say): readonly Index[] {
  const made = new Map<string, Index>(view.indexes.map((index) => [index.id, index]));
  for (const [id, { record, changed }] of written) {
    const base = record ?? made.get(id);
    const index = base === undefined || base === false ? null : checked("index", id, view.id, { record: base, changed }, say);
    if (index) made.set(id, index as Index);
    else made.delete(id);
  }
  return [...made.values()].sort(byName);
}

/** A key or index keeps the columns that still exist; one with none left is gone. */
function cut<T extends Constraint | Index>(item: T, columns: ReadonlySet<string>): T | null {
  const there = (id: string): boolean => columns.has(id);
  if ("parts" in item) {
    const parts = item.parts.filter(({ columnId }) => columnId === null || there(columnId));
    if (parts.length === 0) return null;
    return parts.length === item.parts.length && item.include.every(there)
      ? item
      : { ...item, parts, include: item.include.filter(there) };
  }
  if (!("columns" in item) || (item.columns.length > 0 && item.columns.every(there) && item.include.every(there))) return item;
  const kept = item.columns.filter(there);
  return kept.length === 0 ? null : { ...item, columns: kept, include: item.include.filter(there) };
}

/** Two people may each give a table its primary key: the first by id is it, the other is a unique key. */
function onePrimary(constraints: readonly Constraint[], table: Identified, say: Say): readonly Constraint[] {
  const primaries = constraints.filter(({ kind }) => kind === "primary");
  if (primaries.length < 2) return constraints;
  const first = primaries.reduce((a, b) => (a.id < b.id ? a : b));
  return constraints.map((item) => {
    if (item.kind !== "primary" || item === first) return item;
    const about = { entity: "constraint", id: item.id, ownerId: table.id } as const;
    say("doc.two-primary-keys", { table: nameOf(table), name: item.name }, about);
    return { ...item, kind: "unique" };
  });
}

function sayDoubled(
  what: string,
  kind: "column" | "constraint",
  items: readonly Identified[],
  table: Identified,
  say: Say,
): void {
  const seen = new Set<string>();
  for (const item of items) {
    const name = nameOf(item);
    if (seen.has(name))
      say(
        "model.duplicate-name",
        { what: `${what} of ${nameOf(table)}`, name },
        { entity: kind, id: item.id, ownerId: table.id },
      );
    seen.add(name);
  }
}

const WORDS = { constraint: "The key", index: "The index" } as const;

/** One table with its parts; null when what it was made of cannot be read. */
export function readTable(id: string, map: Flat): Report<Table | null> {
  const { problems, say } = notebook();
  const written = pieces(map);
  const table = checked("table", id, null, written.own, say) as Table | null;
  if (!table) return { value: null, problems };
  const list = <T extends Identified>(kind: PartKind): T[] =>
    [...written[kind]].flatMap(([part, one]) => (checked(kind, part, id, one, say) as T | null) ?? []);
  const orders = new Map([...written.column].map(([column, one]) => [column, { id: column, order: orderOf(one) }]));
  const place = (column: Column) => orders.get(column.id) ?? { id: column.id, order: null };
  const columns = list<Column>("column").sort((a, b) => byOrder(place(a), place(b)));
  const ids = new Set<string>(columns.map((column) => column.id));
  const left = <T extends Constraint | Index>(kind: "constraint" | "index"): T[] =>
    list<T>(kind)
      .flatMap((item) => {
        const whole = cut(item, ids);
        const about = { entity: kind, id: item.id, ownerId: table.id };
        if (whole === null) say("model.dangling", { what: WORDS[kind], name: item.name }, about);
        else if (whole !== item) say("doc.cut", { what: WORDS[kind], name: item.name }, about);
        return whole ?? [];
      })
      .sort(byName);
  const constraints = onePrimary(left<Constraint>("constraint"), table, say);
  sayDoubled("columns", "column", columns, table, say);
  sayDoubled("constraints", "constraint", constraints, table, say);
  return { value: { ...table, columns, constraints, indexes: left<Index>("index") }, problems };
}
