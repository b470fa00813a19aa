/** What is written in more than one way and means the same, written as every reader gives it. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Schema, Table } from "../../model/index.ts";

function settledTable(table: Table, dialect: Dialect): Table {
  const primary = table.constraints.find(({ kind }) => kind === "primary");
  const inKey = new Set<string>(primary && "columns" in primary ? primary.columns : []);
  return {
    ...table,
    dependsOn: [],
    columns: table.columns.map((column) => ({
      ...column,
      type: dialect.types.canonical(column.type),
      notNull: column.notNull || inKey.has(column.id),
    })),
  };
}

/** Types as the engine prints them, columns of primary keys NOT NULL, nothing said of what depends on what. */
export function settled(schema: Schema, dialect: Dialect): Schema {
  return {
    ...schema,
    tables: schema.tables.map((table) => settledTable(table, dialect)),
    types: schema.types.map((type) => ({ ...type, dependsOn: [] })),
  };
}
