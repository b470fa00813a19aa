/** Which entity a refusal is about: by the fields of the error, the position it gives, and what the statement was to make. */
import { type Column, type EntityRef, type ForeignKey, lookup, type Schema, type Table } from "../../../model/index.ts";
import type { EngineError, Statement } from "../../dialect.ts";
import { aboutPosition } from "../../kit/statement.ts";
import { types } from "../types.ts";

export const TYPES_DIFFER = "42804";
const NAMED_TWICE = "42701";
const BAD_PARAMETER = "22023";
const BAD_DEFINITION = "42P17";

const columnOf = (table: Table, column: Column): EntityRef => ({ entity: "column", id: column.id, ownerId: table.id });

export function foreignKeyOf(statement: Statement, schema: Schema): ForeignKey | null {
  if (statement.about?.entity !== "foreignKey") return null;
  return schema.foreignKeys.find(({ id }) => id === statement.about?.id) ?? null;
}

/** The pairs of a foreign key's columns that the engine cannot compare. */
export function unlikePairs(key: ForeignKey, schema: Schema): { readonly column: Column; readonly target: Column }[] {
  const find = lookup(schema);
  return key.columns.flatMap((id, at) => {
    const column = find.column(key.tableId, id);
    const target = find.column(key.refTableId, key.refColumns[at] ?? id);
    return column && target && types.comparable(column.type, target.type) !== true ? [{ column, target }] : [];
  });
}

/** What the engine names in the error's own fields. */
function byFields(error: EngineError, table: Table | null, schema: Schema): EntityRef | null {
  const named = table ?? schema.tables.find(({ name }) => name === error.table) ?? null;
  if (!named) return null;
  const column = named.columns.find(({ name }) => name === error.column);
  if (column) return columnOf(named, column);
  const constraint = named.constraints.find(({ name }) => name === error.constraint);
  if (constraint) return { entity: "constraint", id: constraint.id, ownerId: named.id };
  const key = schema.foreignKeys.find(({ tableId, name }) => tableId === named.id && name === error.constraint);
  return key ? { entity: "foreignKey", id: key.id, ownerId: named.id } : null;
}

/** Columns that a refusal of a whole table can be about, by what it was refused for. */
const SUSPECTS: Readonly<Record<string, (column: Column, table: Table) => boolean>> = {
  [NAMED_TWICE]: (column, { columns }) => columns.find(({ name }) => name === column.name) !== column,
  [BAD_PARAMETER]: ({ identity, type }) => identity !== null && types.parse(type).kind !== "integer",
  [BAD_DEFINITION]: ({ generated }) => generated !== null,
};

function onlySuspect(error: EngineError, table: Table): EntityRef | null {
  const suspect = SUSPECTS[error.code ?? ""];
  const [first, second] = suspect ? table.columns.filter((column) => suspect(column, table)) : [];
  return first && !second ? columnOf(table, first) : null;
}

export function about(error: EngineError, statement: Statement, schema: Schema): EntityRef | null {
  const key = foreignKeyOf(statement, schema);
  const [unlike] = key && error.code === TYPES_DIFFER ? unlikePairs(key, schema) : [];
  if (key && unlike) return { entity: "column", id: unlike.column.id, ownerId: key.tableId };
  const found = aboutPosition(statement, error.position);
  if (found?.entity === "column") return found;
  const owner = found?.entity === "table" ? found.id : (found?.ownerId ?? null);
  const table = owner === null ? null : lookup(schema).table(owner as Table["id"]);
  return byFields(error, table, schema) ?? (found?.entity === "table" && table ? onlySuspect(error, table) : null) ?? found;
}
