/** Random edits of a design, seeded: what people do, as changes. */
import { type Change, type Column, makeColumn, makeTable, type Schema, type Table, type TableId } from "#shared/model/index.ts";

export function randomChange(schema: Schema, random: () => number, mint: () => string): Change {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const table = pick(schema.tables);
  const column = pick(table.columns);
  const kind = Math.floor(random() * 9);
  const newColumn = (): Column => makeColumn({ id: mint() as Column["id"], name: `c_${mint()}`, type: "integer" });
  switch (kind) {
    case 0:
      return {
        kind: "create",
        entity: "table",
        ownerId: null,
        at: null,
        after: makeTable({
          id: mint() as TableId,
          namespaceId: table.namespaceId,
          name: `n_${mint()}`,
          columns: [newColumn(), newColumn()],
        }),
      };
    case 1:
      if (schema.tables.length > 3) return { kind: "drop", entity: "table", ownerId: null, before: table };
      return { kind: "alter", entity: "table", ownerId: null, before: table, after: { ...table, comment: mint() } };
    case 2:
      return { kind: "alter", entity: "table", ownerId: null, before: table, after: { ...table, name: `r_${mint()}` } };
    case 3:
      return {
        kind: "create",
        entity: "column",
        ownerId: table.id,
        at: Math.floor(random() * table.columns.length),
        after: newColumn(),
      };
    case 4:
      if (table.columns.length > 1) return { kind: "drop", entity: "column", ownerId: table.id, before: column };
      return { kind: "alter", entity: "column", ownerId: table.id, before: column, after: { ...column, type: "text" } };
    case 5:
      return { kind: "alter", entity: "column", ownerId: table.id, before: column, after: { ...column, name: `x_${mint()}` } };
    case 6:
      return {
        kind: "alter",
        entity: "column",
        ownerId: table.id,
        before: column,
        after: { ...column, notNull: !column.notNull, comment: null },
      };
    case 7:
      return {
        kind: "alter",
        entity: "column",
        ownerId: table.id,
        before: column,
        after: { ...column, default: random() < 0.5 ? null : "1" },
      };
    default: {
      const before = table.columns.map(({ id }: Table["columns"][number]) => id);
      return { kind: "reorder", entity: "column", ownerId: table.id, before, after: [...before].sort(() => random() - 0.5) };
    }
  }
}

/** Removes what may not dangle, and sorts what has no order, so that two schemas can be compared whole. */
export function settled(schema: Schema): Schema {
  const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  const tables = schema.tables.map((table) => {
    const columns = new Set<string>(table.columns.map(({ id }) => id));
    return {
      ...table,
      constraints: byId(table.constraints).filter((item) => !("columns" in item) || item.columns.some((id) => columns.has(id))),
      indexes: byId(table.indexes).filter((item) =>
        item.parts.some(({ columnId }) => columnId === null || columns.has(columnId)),
      ),
    };
  });
  const has = (tableId: string, ids: readonly string[]): boolean => {
    const table = tables.find(({ id }) => id === tableId);
    return table !== undefined && ids.every((id) => table.columns.some((column) => column.id === id));
  };
  return {
    ...schema,
    tables: byId(tables),
    foreignKeys: byId(schema.foreignKeys).filter((key) => has(key.tableId, key.columns) && has(key.refTableId, key.refColumns)),
  };
}
