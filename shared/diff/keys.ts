import type { Schema } from "../model/index.ts";

/** The columns of a primary key are NOT NULL, whether a design says so or not. */
export function keysNotNull(schema: Schema): Schema {
  const tables = schema.tables.map((table) => {
    const key = table.constraints.find(({ kind }) => kind === "primary");
    const inKey = new Set<string>(key && "columns" in key ? key.columns : []);
    return {
      ...table,
      columns: table.columns.map((column) => (inKey.has(column.id) && !column.notNull ? { ...column, notNull: true } : column)),
    };
  });
  return { ...schema, tables };
}
