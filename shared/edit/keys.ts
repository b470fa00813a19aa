/** Primary keys, uniqueness, checks, indexes and relations. */
import type { Dialect } from "../dialects/dialect.ts";
import {
  type Change,
  type CheckConstraint,
  type Column,
  type ColumnId,
  type Constraint,
  type ForeignKey,
  type Index,
  type KeyConstraint,
  lookup,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  type Mint,
  type Schema,
  type Table,
} from "../model/index.ts";
import { constraintName, freeName } from "./names.ts";

/** What engines allow a name, bytes; PostgreSQL's limit is the smallest of those known here. */
const LIMIT = 63;

const isKey = (item: Constraint): item is KeyConstraint => item.kind === "primary" || item.kind === "unique";
const namesIn = (table: Table): string[] => [...table.constraints, ...table.indexes].map(({ name }) => name);

export function primaryKey(table: Table): KeyConstraint | null {
  return table.constraints.filter(isKey).find(({ kind }) => kind === "primary") ?? null;
}

/** Puts a column into the primary key or takes it out. */
export function togglePrimary(table: Table, column: Column, mint: Mint): Change[] {
  const key = primaryKey(table);
  if (!key) {
    const name = freeName(constraintName([table.name], "pkey", LIMIT), namesIn(table));
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

interface End {
  readonly table: Table;
  readonly column: Column | null;
}

const isUnique = (table: Table, columns: readonly ColumnId[]): boolean =>
  table.constraints
    .filter(isKey)
    .some((key) => key.columns.length === columns.length && key.columns.every((id) => columns.includes(id)));

/**
 * A relation between two columns, or between tables by their whole key. The side whose columns are unique is the one referred to;
 * where both are, or none is, it is the side that the line was drawn to. From a header, columns that are missing are made.
 */
export function connect(
  schema: Schema,
  from: End,
  to: End,
  dialect: Dialect,
  mint: Mint,
): { readonly changes: Change[]; readonly key: ForeignKey } | null {
  const swap = from.column && to.column && isUnique(from.table, [from.column.id]) && !isUnique(to.table, [to.column.id]);
  const [child, parent] = swap ? [to, from] : [from, to];
  const refColumns = parent.column
    ? [parent.column]
    : lookup(schema)
        .primaryKey(parent.table)
        .flatMap((id) => parent.table.columns.find((column) => column.id === id) ?? []);
  if (refColumns.length === 0) return null;
  const changes: Change[] = [];
  const columns =
    child.column && refColumns.length === 1
      ? [child.column]
      : refColumns.map((target) => referring(child.table, parent.table, target, mint, changes));
  const taken = [
    ...namesIn(child.table),
    ...lookup(schema)
      .outgoing(child.table.id)
      .map(({ name }) => name),
  ];
  const key = makeForeignKey({
    id: mint() as ForeignKey["id"],
    tableId: child.table.id,
    name: freeName(
      constraintName([child.table.name, ...columns.map(({ name }) => name)], "fkey", dialect.features.maxIdentifierBytes),
      taken,
    ),
    columns: columns.map(({ id }) => id),
    refTableId: parent.table.id,
    refColumns: refColumns.map(({ id }) => id),
  });
  return { changes: [...changes, { kind: "create", entity: "foreignKey", ownerId: key.tableId, after: key, at: null }], key };
}

/** The column of `child` that refers to `target`: one that is there by name and type, else a new one. */
function referring(child: Table, parent: Table, target: Column, mint: Mint, changes: Change[]): Column {
  const wanted = target.name.startsWith(parent.name) ? target.name : `${parent.name}_${target.name}`;
  const known =
    child.id === parent.id
      ? undefined
      : child.columns.find(
          (column) =>
            (column.name === wanted || column.name === target.name) && column.type === target.type && column.name !== "id",
        );
  if (known) return known;
  const made = makeColumn({
    id: mint() as ColumnId,
    name: freeName(
      wanted,
      child.columns.map(({ name }) => name),
    ),
    type: target.type,
  });
  changes.push({ kind: "create", entity: "column", ownerId: child.id, after: made, at: null });
  return made;
}

export function patchForeignKey(before: ForeignKey, patch: Partial<Omit<ForeignKey, "id">>): Change[] {
  return [{ kind: "alter", entity: "foreignKey", ownerId: before.tableId, before, after: { ...before, ...patch } }];
}
