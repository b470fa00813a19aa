/** Primary keys, uniqueness, checks and indexes. */
import type { Dialect } from "../dialects/dialect.ts";
import {
  type Change,
  type CheckConstraint,
  type Column,
  type Constraint,
  type Index,
  type KeyConstraint,
  makeCheck,
  makeIndex,
  makeKey,
  type Mint,
  type Table,
} from "../model/index.ts";
import { constraintName, freeName } from "./names.ts";

/** What engines allow a name, bytes; PostgreSQL's limit is the smallest of those known here. */
const LIMIT = 63;

/** Is it a primary key or a unique constraint? */
export const isKey = (item: Constraint): item is KeyConstraint => item.kind === "primary" || item.kind === "unique";
/** Names that a table's constraints and indexes have taken. */
export const namesIn = (table: Table): string[] => [...table.constraints, ...table.indexes].map(({ name }) => name);

export function primaryKey(table: Table): KeyConstraint | null {
  return table.constraints.filter(isKey).find(({ kind }) => kind === "primary") ?? null;
}

/** Puts a column into the primary key or takes it out. */
export function togglePrimary(table: Table, column: Column, dialect: Dialect, mint: Mint): Change[] {
  const key = primaryKey(table);
  if (!key) {
    const name = dialect.features.primaryKeyName ?? freeName(constraintName([table.name], "pkey", LIMIT), namesIn(table));
    const after = makeKey({ id: mint() as KeyConstraint["id"], kind: "primary", name, columns: [column.id] });
    return [{ kind: "create", entity: "constraint", ownerId: table.id, after, at: null }];
  }
  const columns = key.columns.includes(column.id) ? key.columns.filter((id) => id !== column.id) : [...key.columns, column.id];
  if (columns.length === 0) return [{ kind: "drop", entity: "constraint", ownerId: table.id, before: key }];
  return [{ kind: "alter", entity: "constraint", ownerId: table.id, before: key, after: { ...key, columns } }];
}

/** The unique constraint of just this column. */
export function uniqueOf(table: Table, column: Column): KeyConstraint | null {
  return (
    table.constraints
      .filter(isKey)
      .find((key) => key.kind === "unique" && key.columns.length === 1 && key.columns[0] === column.id) ?? null
  );
}

export function toggleUnique(table: Table, column: Column, mint: Mint): Change[] {
  const before = uniqueOf(table, column);
  if (before) return [{ kind: "drop", entity: "constraint", ownerId: table.id, before }];
  const name = freeName(constraintName([table.name, column.name], "key", LIMIT), namesIn(table));
  const after = makeKey({ id: mint() as KeyConstraint["id"], kind: "unique", name, columns: [column.id] });
  return [{ kind: "create", entity: "constraint", ownerId: table.id, after, at: null }];
}

export function addCheck(table: Table, expression: string, mint: Mint): Change[] {
  const name = freeName(constraintName([table.name], "check", LIMIT), namesIn(table));
  const after = makeCheck({ id: mint() as CheckConstraint["id"], name, expression });
  return [{ kind: "create", entity: "constraint", ownerId: table.id, after, at: null }];
}

export function addIndex(table: Table, columns: readonly Column[], mint: Mint, unique = false): Change[] {
  const name = freeName(constraintName([table.name, ...columns.map((column) => column.name)], "idx", LIMIT), namesIn(table));
  const parts = columns.map(({ id }) => ({
    columnId: id,
    expression: null,
    descending: false,
    nulls: null,
    opclass: null,
    collation: null,
  }));
  const after = makeIndex({ id: mint() as Index["id"], name, parts, unique });
  return [{ kind: "create", entity: "index", ownerId: table.id, after, at: null }];
}
