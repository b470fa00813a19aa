/** Primary keys, uniqueness, checks and exclusions. */
import type { Dialect } from "../dialects/dialect.ts";
import {
  type Change,
  type CheckConstraint,
  type Column,
  type ColumnId,
  type Constraint,
  type ConstraintId,
  type KeyConstraint,
  makeCheck,
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
  if (!key) return addKey(table, "primary", [column], dialect, mint)?.changes ?? [];
  const columns = key.columns.includes(column.id) ? key.columns.filter((id) => id !== column.id) : [...key.columns, column.id];
  return setKeyColumns(table, key, columns);
}

/** The unique constraint of just this column. */
export function uniqueOf(table: Table, column: Column): KeyConstraint | null {
  return (
    table.constraints
      .filter(isKey)
      .find((key) => key.kind === "unique" && key.columns.length === 1 && key.columns[0] === column.id) ?? null
  );
}

export function toggleUnique(table: Table, column: Column, dialect: Dialect, mint: Mint): Change[] {
  const before = uniqueOf(table, column);
  if (before) return [{ kind: "drop", entity: "constraint", ownerId: table.id, before }];
  return addKey(table, "unique", [column], dialect, mint)?.changes ?? [];
}

export function addCheck(table: Table, expression: string, mint: Mint): Change[] {
  const name = freeName(constraintName([table.name], "check", LIMIT), namesIn(table));
  const after = makeCheck({ id: mint() as CheckConstraint["id"], name, expression });
  return [{ kind: "create", entity: "constraint", ownerId: table.id, after, at: null }];
}

/** A unique constraint, or the primary key where a table has none yet, over these columns in this order. */
export function addKey(
  table: Table,
  kind: KeyConstraint["kind"],
  columns: readonly Column[],
  dialect: Dialect,
  mint: Mint,
): { readonly changes: Change[]; readonly id: ConstraintId } | null {
  if (columns.length === 0 || (kind === "primary" && primaryKey(table))) return null;
  const suggested =
    kind === "primary"
      ? constraintName([table.name], "pkey", LIMIT)
      : constraintName([table.name, ...columns.map(({ name }) => name)], "key", LIMIT);
  const fixed = kind === "primary" ? dialect.features.primaryKeyName : null;
  const after = makeKey({
    id: mint() as ConstraintId,
    kind,
    name: fixed ?? freeName(suggested, namesIn(table)),
    columns: columns.map(({ id }) => id),
  });
  return { changes: [{ kind: "create", entity: "constraint", ownerId: table.id, after, at: null }], id: after.id };
}

/** Options that say one thing for each column, in their order, and those that only a key of one column can have. */
const BY_COLUMN = ["order", "collate", "lengths"];
const OF_ONE = ["inline", "autoincrement"];

function optionsFor(key: KeyConstraint, columns: readonly ColumnId[]): KeyConstraint["options"] {
  return Object.fromEntries(
    Object.entries(key.options).flatMap(([name, value]) => {
      if (OF_ONE.includes(name) && columns.join() !== key.columns.join()) return [];
      if (!BY_COLUMN.includes(name)) return [[name, value]];
      const said = value.split(",");
      const now = columns.map((id) => said[key.columns.indexOf(id)] ?? "");
      return now.every((text) => text === "") ? [] : [[name, now.join(",")]];
    }),
  );
}

/** A key of other columns, or of the same ones in another order; without columns it goes. */
export function setKeyColumns(table: Table, before: KeyConstraint, columns: readonly ColumnId[]): Change[] {
  if (columns.length === 0) return [{ kind: "drop", entity: "constraint", ownerId: table.id, before }];
  const after = {
    ...before,
    columns: [...new Set(columns)],
    include: before.include.filter((id) => !columns.includes(id)),
    options: optionsFor(before, columns),
  };
  return patchConstraint(table, before, after);
}

/** One constraint for another of the same id. */
export function patchConstraint(table: Table, before: Constraint, after: Constraint): Change[] {
  return [{ kind: "alter", entity: "constraint", ownerId: table.id, before, after }];
}

/** An exclusion constraint; `definition` is what follows EXCLUDE. */
export function addExclusion(table: Table, definition: string, mint: Mint): Change[] {
  const name = freeName(constraintName([table.name], "excl", LIMIT), namesIn(table));
  const base = { id: mint() as ConstraintId, name, comment: null, deferrable: "no", partOf: null } as const;
  return [{ kind: "create", entity: "constraint", ownerId: table.id, after: { ...base, kind: "exclude", definition }, at: null }];
}
