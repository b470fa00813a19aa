/** Foreign keys, and the indexes that some engines want before them. */
import type { ColumnId, ForeignKey, IndexId, Table, TableId } from "../model/index.ts";
import { makeForeignKey, makeIndex } from "../model/index.ts";
import { aboutPart, commentIn, type ById, type Context } from "./context.ts";
import { scopeOf } from "./keys.ts";
import type { Names } from "./names.ts";

const sameSet = (a: readonly (string | null)[], b: readonly string[]): boolean =>
  a.length === b.length && b.every((id) => a.includes(id));

/** Is there a key of just these columns? */
function isKey({ constraints, indexes }: Table, columns: readonly ColumnId[]): boolean {
  const key = constraints.some((item) => "columns" in item && item.deferrable === "no" && sameSet(item.columns, columns));
  return (
    key ||
    indexes.some(
      ({ unique, where, parts }) =>
        unique &&
        where === null &&
        sameSet(
          parts.map(({ columnId }) => columnId),
          columns,
        ),
    )
  );
}

/** Can rows be found by these columns, in this order? */
function served({ constraints, indexes }: Table, columns: readonly ColumnId[]): boolean {
  const leads = (ids: readonly (ColumnId | null)[]): boolean => columns.every((id, at) => ids[at] === id);
  return (
    constraints.some((item) => "columns" in item && leads(item.columns)) ||
    indexes.some(
      ({ parts, method }) =>
        method === "btree" && leads(parts.map(({ columnId, opclass }) => (opclass === null ? columnId : null))),
    )
  );
}

function joinable(key: ForeignKey, table: Table, target: Table, { to, toWords }: Context): boolean {
  if (toWords.refersToKeys ? !isKey(target, key.refColumns) : !served(target, key.refColumns)) return false;
  const typeOf = (owner: Table, id: ColumnId | undefined): string => owner.columns.find((column) => column.id === id)?.type ?? "";
  return key.columns.every((id, at) => to.types.comparable(typeOf(table, id), typeOf(target, key.refColumns[at])) !== false);
}

function relationIn(key: ForeignKey, tables: ById, names: Names, context: Context): ForeignKey | null {
  const { to, toWords, tally, family } = context;
  const [table, target] = [tables.get(key.tableId), tables.get(key.refTableId)];
  if (!table || !target) return null;
  const about = { what: `the foreign key ${key.name} of ${table.name}`, about: aboutPart("foreignKey", key.id, table) };
  if (!family && !joinable(key, table, target, context)) {
    tally.count("relations", 1, about);
    return null;
  }
  const required = table.columns.some(({ id, notNull }) => notNull && key.columns.includes(id));
  const refused = (does: ForeignKey["onDelete"]): boolean =>
    (does === "set default" && !toWords.setDefault) || (does === "set null" && required && !toWords.nullsRequired);
  const action = (does: ForeignKey["onDelete"]): ForeignKey["onDelete"] => (refused(does) ? "no action" : does);
  const deferrable = to.features.deferrable ? key.deferrable : "no";
  const match = toWords.matchFull ? key.match : "simple";
  const [onDelete, onUpdate] = [action(key.onDelete), action(key.onUpdate)];
  const more = key.onDeleteColumns.length > 0 || key.notEnforced || (key.notValid && !to.features.notValid);
  const same = deferrable === key.deferrable && match === key.match && onDelete === key.onDelete && onUpdate === key.onUpdate;
  tally.when(more || !same, "relationOptions");
  return makeForeignKey({
    ...{ id: key.id, tableId: key.tableId, columns: key.columns, refTableId: key.refTableId, refColumns: key.refColumns },
    ...{ onDelete, onUpdate, match, deferrable },
    name: names.kept(scopeOf(table, "constraint", context), key.name, table.name),
    notValid: key.notValid && to.features.notValid,
    comment: commentIn(key.comment, "foreignKey", context),
  });
}

export function relationsIn(keys: readonly ForeignKey[], tables: ById, names: Names, context: Context): readonly ForeignKey[] {
  return keys.flatMap((key) => relationIn(key, tables, names, context) ?? []);
}

/** Tables with an index before each foreign key, where the engine would make one by itself. */
export function withImplied(
  tables: readonly Table[],
  keys: readonly ForeignKey[],
  names: Names,
  context: Context,
): readonly Table[] {
  if (!context.toWords.impliedIndexes || context.family) return tables;
  const found = new Map<TableId, Table>(tables.map((table) => [table.id, table]));
  for (const { id, name, tableId, columns } of keys) {
    const table = found.get(tableId);
    if (!table || served(table, columns)) continue;
    const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };
    const index = makeIndex({
      id: `index:${id}` as IndexId,
      name: names.take(scopeOf(table, "index", context), name, table.name),
      parts: columns.map((columnId) => ({ ...part, columnId })),
    });
    found.set(tableId, { ...table, indexes: [...table.indexes, index] });
  }
  return [...found.values()];
}
