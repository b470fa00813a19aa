/** What the commands of one design share: making one of a group, and finding what is selected. */
import type { Column, Table, TableId } from "#shared/model/index.ts";
import type { EditTarget } from "../stores/api.ts";
import type { Stores } from "../stores/context.ts";
import type { Command } from "./commands.ts";

interface Target {
  readonly table: Table;
  readonly column: Column;
}

/** Makes a command of one group. */
export type Make = (id: string, label: string, keys: readonly string[], run: () => void, enabled?: () => boolean) => Command;

export class Bench {
  readonly stores: Stores;

  constructor(stores: Stores) {
    this.stores = stores;
  }

  group(group: string, writes = true): Make {
    return (id, label, keys, run, enabled = () => true) => ({
      id,
      label,
      group,
      keys,
      run,
      enabled: () => !(writes && this.stores.project.readOnly) && enabled(),
    });
  }

  readonly table = (): Table | null => {
    const { selection, project } = this.stores;
    return selection.tables.size === 1 ? project.lookup.table([...selection.tables][0] as TableId) : null;
  };

  readonly target = (): Target | null => {
    const { selection, project } = this.stores;
    const at = selection.column;
    const [table, column] = at
      ? [project.lookup.table(at.tableId), project.lookup.column(at.tableId, at.columnId)]
      : [null, null];
    return table && column ? { table, column } : null;
  };

  /** What is edited in place when a person asks to: the column, else the one thing that is selected. */
  readonly editable = (): EditTarget | null => {
    const { column, tables, areas, notes } = this.stores.selection;
    if (column) return { what: "column-name", ...column };
    if (tables.size + areas.size + notes.size !== 1) return null;
    const table = this.table();
    if (table) return { what: "table-name", tableId: table.id };
    for (const areaId of areas) return { what: "area-name", areaId };
    for (const noteId of notes) return { what: "note-text", noteId };
    return null;
  };

  readonly hasTable = (): boolean => this.table() !== null;
  readonly hasColumn = (): boolean => this.target() !== null;
  readonly hasAny = (): boolean => {
    const { tables, areas, notes, column, foreignKey, object } = this.stores.selection;
    return tables.size + areas.size + notes.size > 0 || column !== null || foreignKey !== null || object !== null;
  };

  /** An action on the selected column. */
  column(run: (target: Target) => void): () => void {
    return () => {
      const found = this.target();
      if (found) run(found);
    };
  }
}
