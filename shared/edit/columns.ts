/** Adding, changing, ordering and deleting columns, with everything that speaks of them. */
import { type Change, type Column, type ColumnId, makeColumn, type Mint, type Schema, type Table } from "../model/index.ts";
import { freeName } from "./names.ts";

export function addColumn(
  table: Table,
  mint: Mint,
  at: number | null = null,
  wanted = "column_1",
  type = "text",
): { readonly changes: Change[]; readonly id: ColumnId } {
  const id = mint() as ColumnId;
  const name = freeName(
    wanted,
    table.columns.map((column) => column.name),
  );
  return { changes: [{ kind: "create", entity: "column", ownerId: table.id, after: makeColumn({ id, name, type }), at }], id };
}

/** Attributes of a column that nothing else speaks of; a name is `renameColumn`'s. */
export function patchColumn(table: Table, before: Column, patch: Partial<Omit<Column, "id" | "name">>): Change[] {
  return [{ kind: "alter", entity: "column", ownerId: table.id, before, after: { ...before, ...patch } }];
}

/** A column whose values are given by a sequence: always, or (false) only when no one gives one; null for no more. */
export function giveIdentity(table: Table, before: Column, always: boolean | null): Change[] {
  const sequence = before.identity?.sequence ?? "";
  if (always === null) return patchColumn(table, before, { identity: null });
  return patchColumn(table, before, { identity: { always, sequence }, default: null, generated: null });
}

/** A column made from others, stored or (false) at each reading; null for no more. It begins with what its default was. */
export function generate(table: Table, before: Column, stored: boolean | null): Change[] {
  if (stored === null) return patchColumn(table, before, { generated: null });
  const expression = before.generated?.expression ?? before.default ?? "NULL";
  return patchColumn(table, before, { generated: { expression, stored }, default: null, identity: null });
}

/** A column goes, and with it every key, index and relation that has it, as the engine itself does it. */
export function dropColumn(schema: Schema, table: Table, before: Column): Change[] {
  const changes: Change[] = [];
  for (const key of schema.foreignKeys) {
    const uses =
      (key.tableId === table.id && key.columns.includes(before.id)) ||
      (key.refTableId === table.id && key.refColumns.includes(before.id));
    if (uses) changes.push({ kind: "drop", entity: "foreignKey", ownerId: key.tableId, before: key });
  }
  for (const index of table.indexes) {
    if (index.include.includes(before.id) || index.parts.some(({ columnId }) => columnId === before.id))
      changes.push({ kind: "drop", entity: "index", ownerId: table.id, before: index });
  }
  for (const item of table.constraints) {
    if ("columns" in item && [...item.columns, ...item.include].includes(before.id))
      changes.push({ kind: "drop", entity: "constraint", ownerId: table.id, before: item });
  }
  for (const sequence of schema.sequences) {
    if (sequence.ownedBy?.columnId === before.id)
      changes.push({ kind: "drop", entity: "sequence", ownerId: null, before: sequence });
  }
  return [...changes, { kind: "drop", entity: "column", ownerId: table.id, before }];
}

/** Moves a column to a place among the others. */
export function moveColumn(table: Table, id: ColumnId, to: number): Change[] {
  const before = table.columns.map((column) => column.id);
  const rest = before.filter((other) => other !== id);
  const at = Math.max(0, Math.min(rest.length, to));
  const after = [...rest.slice(0, at), id, ...rest.slice(at)];
  return after.every((other, place) => other === before[place])
    ? []
    : [{ kind: "reorder", entity: "column", ownerId: table.id, before, after }];
}
