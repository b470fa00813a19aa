/** Indexes: making them over several columns, and changing what they are made of. */
import {
  type Change,
  type Column,
  type ColumnId,
  type Index,
  type IndexPart,
  makeIndex,
  type Mint,
  type Table,
} from "../model/index.ts";
import { namesIn } from "./keys.ts";
import { moved } from "./lists.ts";
import { constraintName, freeName } from "./names.ts";

/** What engines allow a name, bytes; PostgreSQL's limit is the smallest of those known here. */
const LIMIT = 63;

/** A part with every attribute at its default: of a column, or of an expression. */
export const makePart = (of: Pick<IndexPart, "columnId"> | Pick<IndexPart, "expression">): IndexPart => ({
  columnId: null,
  expression: null,
  descending: false,
  nulls: null,
  opclass: null,
  collation: null,
  ...of,
});

/** An index over these columns, in this order, under a free name. */
export function addIndex(table: Table, columns: readonly Column[], mint: Mint, unique = false): Change[] {
  const name = freeName(constraintName([table.name, ...columns.map((column) => column.name)], "idx", LIMIT), namesIn(table));
  const parts = columns.map(({ id }) => makePart({ columnId: id }));
  const after = makeIndex({ id: mint() as Index["id"], name, parts, unique });
  return [{ kind: "create", entity: "index", ownerId: table.id, after, at: null }];
}

/** Attributes of an index. */
export function patchIndex(table: Pick<Table, "id">, before: Index, patch: Partial<Omit<Index, "id">>): Change[] {
  return [{ kind: "alter", entity: "index", ownerId: table.id, before, after: { ...before, ...patch } }];
}

/** Another access method; operator classes and orders belong to the old one and go with it. */
export function setMethod(table: Table, before: Index, method: string): Change[] {
  const parts = before.parts.map((part) => ({ ...part, opclass: null, descending: false, nulls: null }));
  return patchIndex(table, before, { method, parts });
}

/** A part more: at the end. What it is of leaves the included columns. */
export function addPart(table: Table, before: Index, of: Parameters<typeof makePart>[0]): Change[] {
  const part = makePart(of);
  return patchIndex(table, before, {
    parts: [...before.parts, part],
    include: before.include.filter((id) => id !== part.columnId),
  });
}

/** One part says something else. An expression becomes a column and the other way round by naming both. */
export function patchPart(table: Table, before: Index, at: number, patch: Partial<IndexPart>): Change[] {
  return patchIndex(table, before, {
    parts: before.parts.map((part, place) => (place === at ? { ...part, ...patch } : part)),
  });
}

/** A part moves to another place; nothing where it stands there already. */
export function movePart(table: Table, before: Index, at: number, to: number): Change[] {
  const parts = moved(before.parts, at, to);
  return parts === before.parts ? [] : patchIndex(table, before, { parts });
}

/** A part goes; the last one stays, for an index has at least one. */
export function removePart(table: Table, before: Index, at: number): Change[] {
  if (before.parts.length < 2) return [];
  return patchIndex(table, before, { parts: before.parts.filter((_, place) => place !== at) });
}

/** A column is kept in the index without being part of its order, or no longer. */
export function toggleInclude(table: Table, before: Index, id: ColumnId): Change[] {
  const include = before.include.includes(id) ? before.include.filter((other) => other !== id) : [...before.include, id];
  return patchIndex(table, before, { include });
}
