/** A column's type, and those of the columns that refer to it. */
import { type Change, type Column, type ColumnId, lookup, type Schema, type Table } from "../model/index.ts";
import { patchColumn } from "./columns.ts";

interface Place {
  readonly table: Table;
  readonly column: Column;
}

/** The columns that refer to this one and are of another type, and those that refer to them in turn. */
export function misfits(schema: Schema, table: Table, column: Column): readonly Place[] {
  const seen = new Set<ColumnId>([column.id]);
  const found: Place[] = [];
  const find = lookup(schema);
  const follow = (owner: Table, id: ColumnId): void => {
    for (const key of find.incoming(owner.id)) {
      key.refColumns.forEach((target, at) => {
        const from = key.columns[at];
        const referring = find.table(key.tableId);
        const one = from === undefined ? null : find.column(key.tableId, from);
        if (target !== id || !referring || !one || seen.has(one.id)) return;
        seen.add(one.id);
        if (one.type !== column.type) found.push({ table: referring, column: one });
        follow(referring, one.id);
      });
    }
  };
  follow(table, column.id);
  return found;
}

/** A new type for several columns. */
export function retype(places: readonly Place[], type: string): Change[] {
  return places.flatMap(({ table, column }) => (column.type === type ? [] : patchColumn(table, column, { type })));
}
