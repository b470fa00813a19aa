/** Relations: drawing them, and the column pairs they are made of. */
import type { Dialect } from "../dialects/dialect.ts";
import {
  type Change,
  type Column,
  type ColumnId,
  type ForeignKey,
  lookup,
  makeColumn,
  makeForeignKey,
  type Mint,
  type Schema,
  type Table,
} from "../model/index.ts";
import { isKey, namesIn } from "./keys.ts";
import { constraintName, freeName } from "./names.ts";

/** One end of a relation that is drawn: a column, or a table by its header. */
export interface End {
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

/** Another pair of columns: the first of the target that no pair has, keys before others, and a column of its type. */
export function addPair(schema: Schema, key: ForeignKey): Change[] {
  const [from, to] = [lookup(schema).table(key.tableId), lookup(schema).table(key.refTableId)];
  if (!from || !to) return [];
  const inKeys = new Set(to.constraints.filter(isKey).flatMap(({ columns }) => columns));
  const targets = to.columns.filter(({ id }) => !key.refColumns.includes(id));
  targets.sort((a, b) => Number(inKeys.has(b.id)) - Number(inKeys.has(a.id)));
  const free = from.columns.filter(({ id }) => !key.columns.includes(id));
  const alike = (target: Column): Column | undefined =>
    free.find(({ name, type }) => type === target.type && name.endsWith(target.name)) ??
    free.find(({ type }) => type === target.type);
  const target = targets.find(alike) ?? targets[0];
  const column = (target && alike(target)) ?? free[0];
  if (!target || !column) return [];
  return patchForeignKey(key, { columns: [...key.columns, column.id], refColumns: [...key.refColumns, target.id] });
}

/** One side of a pair becomes another column. */
export function setPair(key: ForeignKey, at: number, side: "columns" | "refColumns", id: ColumnId): Change[] {
  const old = key[side][at];
  const list = key[side].map((column, place) => (place === at ? id : column));
  if (side === "refColumns") return patchForeignKey(key, { refColumns: list });
  return patchForeignKey(key, {
    columns: list,
    onDeleteColumns: key.onDeleteColumns.map((column) => (column === old ? id : column)),
  });
}

/** A pair goes; the last one stays, for a relation has at least one. */
export function removePair(key: ForeignKey, at: number): Change[] {
  if (key.columns.length < 2) return [];
  const old = key.columns[at];
  const without = (list: readonly ColumnId[]): ColumnId[] => list.filter((_, place) => place !== at);
  return patchForeignKey(key, {
    columns: without(key.columns),
    refColumns: without(key.refColumns),
    onDeleteColumns: key.onDeleteColumns.filter((id) => id !== old),
  });
}

/** The table that a column's name speaks of: `film_id` of `film` or `films`, or of whose key is itself called `film_id`. */
export function meantBy(schema: Schema, table: Table, column: Column): Table | null {
  const fits = (other: Table): boolean => {
    const [id, ...more] = lookup(schema).primaryKey(other);
    const key = id && more.length === 0 && other.id !== table.id ? lookup(schema).column(other.id, id) : null;
    return (
      key !== null &&
      (column.name === key.name && key.name !== "id"
        ? true
        : [other.name, other.name.replace(/s$/, "")].some((name) => column.name === `${name}_${key.name}`))
    );
  };
  return schema.tables.find(fits) ?? null;
}
