/** What a thread is pinned to, in a design as it stands: it may have another name by now, or be gone. */
import type { ColumnId, ForeignKeyId, Lookup, TableId } from "../model/index.ts";
import type { Anchor } from "./format.ts";

export interface Where {
  /** In words: `users.email`, "a place on the canvas". */
  readonly label: string;
  /** What it was pinned to is no longer there. */
  readonly gone: boolean;
  /** The table or view, the relation, or the column's table, where that is still there. */
  readonly ownerId: string | null;
  readonly columnId: string | null;
}

const gone = (name: string, ownerId: string | null = null): Where => ({
  label: name === "" ? "something that was deleted" : name,
  gone: true,
  ownerId,
  columnId: null,
});

export function whereIs(at: Anchor, find: Lookup): Where {
  switch (at.kind) {
    case "place":
      return { label: "a place on the canvas", gone: false, ownerId: null, columnId: null };
    case "table": {
      const found = find.table(at.id as TableId) ?? find.view(at.id as TableId);
      return found ? { label: found.name, gone: false, ownerId: at.id, columnId: null } : gone(at.name);
    }
    case "relation": {
      const found = find.foreignKey(at.id as ForeignKeyId);
      return found ? { label: found.name, gone: false, ownerId: at.id, columnId: null } : gone(at.name);
    }
    case "column": {
      const table = find.table(at.tableId as TableId);
      const column = table && find.column(table.id, at.id as ColumnId);
      if (!table || !column) return gone(at.name, table ? at.tableId : null);
      return { label: `${table.name}.${column.name}`, gone: false, ownerId: table.id, columnId: column.id };
    }
  }
}
