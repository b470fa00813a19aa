/** Foreign keys as programs see them: both tables, whether there may be many, whether there must be one. */
import type { Column, ColumnId, ForeignKey, Schema, Table } from "../../model/index.ts";

export interface Link {
  readonly key: ForeignKey;
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly target: Table;
  readonly refColumns: readonly Column[];
  /** Its columns are a key of their own: there is at most one on either side. */
  readonly one: boolean;
  /** And that key has them in the same order. */
  readonly inOrder: boolean;
  /** Every column of it must have a value. */
  readonly required: boolean;
}

/** The columns of each key, and of each index that is as good as one: without a condition, over columns alone. */
export function uniqueSets({ constraints, indexes }: Table): readonly (readonly ColumnId[])[] {
  const keys = constraints.flatMap((constraint) =>
    constraint.kind === "primary" || constraint.kind === "unique" ? [constraint.columns] : [],
  );
  const plain = indexes.filter(
    ({ unique, where, parts }) =>
      unique && where === null && parts.every(({ columnId, opclass }) => columnId !== null && !opclass?.startsWith("(")),
  );
  return [...keys, ...plain.map(({ parts }) => parts.flatMap(({ columnId }) => columnId ?? []))];
}

const sameSet = (a: readonly ColumnId[], b: readonly ColumnId[]): boolean => {
  const set = new Set(a);
  return set.size === new Set(b).size && b.every((id) => set.has(id));
};

/** Does the table let no two rows have the same values in these columns, and in no fewer of them? */
export const isUnique = (sets: readonly (readonly ColumnId[])[], columns: readonly ColumnId[]): boolean =>
  sets.some((set) => sameSet(set, columns));

export function linksOf({ tables, foreignKeys }: Schema): readonly Link[] {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const sets = new Map(tables.map((table) => [table.id, uniqueSets(table)]));
  const columns = new Map(tables.map((table) => [table.id, new Map(table.columns.map((column) => [column.id, column]))]));
  return foreignKeys.flatMap((key): Link[] => {
    const [table, target] = [byId.get(key.tableId), byId.get(key.refTableId)];
    if (!table || !target) return [];
    const own = key.columns.flatMap((id) => columns.get(table.id)?.get(id) ?? []);
    const refColumns = key.refColumns.flatMap((id) => columns.get(target.id)?.get(id) ?? []);
    if (own.length === 0 || own.length !== key.columns.length || refColumns.length !== own.length) return [];
    const mine = sets.get(table.id) ?? [];
    const inOrder = mine.some((set) => set.join("\0") === key.columns.join("\0"));
    const one = inOrder || isUnique(mine, key.columns);
    return [{ key, table, columns: own, target, refColumns, one, inOrder, required: own.every(({ notNull }) => notNull) }];
  });
}
