/** Indexes and foreign keys as a format can say them. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { ForeignKey, Index, IndexPart, Schema, Table } from "../../model/index.ts";
import { makeForeignKey, makeIndex } from "../../model/index.ts";
import type { Losses } from "./count.ts";
import type { Holds } from "./losses.ts";
import { foreignName, indexName, takeName, usualMethod } from "./names.ts";

function heldPart(part: IndexPart, holds: Holds, lost: Losses): IndexPart {
  const { descending, nulls, opclass, collation } = part;
  if (holds.indexOrder || !(descending || nulls !== null || opclass !== null || collation !== null)) return part;
  lost.count("indexOrder", 1);
  return { ...part, descending: false, nulls: null, opclass: null, collation: null };
}

function heldIndex(index: Index, dialect: Dialect, holds: Holds, lost: Losses): Index | null {
  if (!lost.unless(holds.indexes, "indexes", 1)) return null;
  const expressed = index.parts.some(({ expression }) => expression !== null);
  if (expressed && !lost.unless(holds.expressionIndexes, "expressionIndexes", 1)) return null;
  lost.when(index.where !== null && !holds.indexConditions, "indexConditions");
  if (index.where !== null && index.unique && !holds.indexConditions) return null;
  lost.when(index.comment !== null && !holds.indexComments, "indexComments");
  lost.when(index.method !== usualMethod(dialect) && !holds.indexMethods, "indexMethods");
  const { id, name, unique, include, nullsNotDistinct, where, options, partOf } = index;
  const more = include.length > 0 || nullsNotDistinct || Object.keys(options).length > 0;
  lost.when(more && !holds.indexOptions, "indexOptions");
  return makeIndex({
    ...{ id, name, unique },
    ...(holds.indexOptions ? { include, nullsNotDistinct, options } : {}),
    where: holds.indexConditions ? where : null,
    ...(holds.partitions ? { partOf } : {}),
    parts: index.parts.map((part) => heldPart(part, holds, lost)),
    comment: holds.indexComments ? index.comment : null,
    method: holds.indexMethods ? index.method : usualMethod(dialect),
  });
}

/** The usual names are given after those of the constraints, in order, where the format holds none. */
export function heldIndexes(table: Table, dialect: Dialect, holds: Holds, lost: Losses): readonly Index[] {
  const columns = new Map(table.columns.map(({ id, name }) => [id, name]));
  const taken = new Set(table.constraints.map(({ name }) => name));
  return table.indexes.flatMap((index) => {
    const held = heldIndex(index, dialect, holds, lost);
    if (!held) return [];
    if (holds.indexNames) return [held];
    const parts = held.parts.map(({ columnId }) => (columnId === null ? null : (columns.get(columnId) ?? "")));
    const name = takeName(indexName(table.name, parts, dialect), taken);
    lost.when(name !== held.name, "indexNames");
    return [{ ...held, name }];
  });
}

function plainRelation(key: ForeignKey, holds: Holds, lost: Losses): ForeignKey {
  const { id, tableId, name, columns, refTableId, refColumns, onDelete, onUpdate, comment } = key;
  lost.when(comment !== null && !holds.otherComments, "otherComments");
  lost.when((onDelete !== "no action" || onUpdate !== "no action") && !holds.actions, "actions");
  const plain = makeForeignKey({
    ...{ id, tableId, name, columns, refTableId, refColumns },
    ...(holds.actions ? { onDelete, onUpdate } : {}),
    comment: holds.otherComments ? comment : null,
  });
  const { match, deferrable, notValid, notEnforced, onDeleteColumns, partOf } = key;
  const more = { match, deferrable, notValid, notEnforced, onDeleteColumns };
  if (holds.relationOptions) return { ...plain, ...more, partOf: holds.partitions ? partOf : null };
  const differs = match !== "simple" || deferrable !== "no" || notValid || notEnforced || onDeleteColumns.length > 0;
  lost.when(differs, "relationOptions");
  return plain;
}

export function heldRelations(
  keys: readonly ForeignKey[],
  { tables }: Schema,
  dialect: Dialect,
  holds: Holds,
  lost: Losses,
): readonly ForeignKey[] {
  if (!lost.unless(holds.relations, "relations", keys.length)) return [];
  const byId = new Map(tables.map((table) => [table.id, table]));
  const taken = new Map<string, Set<string>>();
  return keys.flatMap((key) => {
    if (key.columns.length > 1 && !lost.unless(holds.compositeRelations, "compositeRelations", 1)) return [];
    const held = plainRelation(key, holds, lost);
    const table = byId.get(key.tableId);
    if (holds.relationNames || !table) return [held];
    const names = taken.get(table.id) ?? new Set(table.constraints.map(({ name }) => name));
    taken.set(table.id, names);
    const columns = key.columns.map((id) => table.columns.find((column) => column.id === id)?.name ?? "");
    const name = takeName(foreignName(table.name, columns, dialect), names);
    lost.when(name !== held.name, "relationNames");
    return [{ ...held, name }];
  });
}
