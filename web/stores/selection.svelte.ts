/** What is selected. Sets are replaced, never changed. */
import type { AreaId, ColumnId, ForeignKeyId, NoteId, TableId, ViewId } from "#shared/model/index.ts";
import type { ObjectId, SelectionStore } from "./api.ts";

interface Selected {
  readonly tables: ReadonlySet<TableId | ViewId>;
  readonly column: SelectionStore["column"];
  readonly foreignKey: ForeignKeyId | null;
  readonly areas: ReadonlySet<AreaId>;
  readonly notes: ReadonlySet<NoteId>;
  readonly object: ObjectId | null;
}

const NOTHING: Selected = {
  tables: new Set(),
  column: null,
  foreignKey: null,
  areas: new Set(),
  notes: new Set(),
  object: null,
};

export class Selection implements SelectionStore {
  #selected = $state.raw<Selected>(NOTHING);

  get tables(): Selected["tables"] {
    return this.#selected.tables;
  }
  get column(): Selected["column"] {
    return this.#selected.column;
  }
  get foreignKey(): Selected["foreignKey"] {
    return this.#selected.foreignKey;
  }
  get areas(): Selected["areas"] {
    return this.#selected.areas;
  }
  get notes(): Selected["notes"] {
    return this.#selected.notes;
  }
  get object(): Selected["object"] {
    return this.#selected.object;
  }

  selectTables(ids: Iterable<TableId | ViewId>): void {
    this.#selected = { ...NOTHING, tables: new Set(ids) };
  }

  toggleTable(id: TableId | ViewId): void {
    const tables = new Set(this.#selected.tables);
    if (!tables.delete(id)) tables.add(id);
    this.#selected = { ...this.#selected, tables, column: null, foreignKey: null, object: null };
  }

  selectColumn(tableId: TableId, columnId: ColumnId): void {
    this.#selected = { ...NOTHING, tables: new Set([tableId]), column: { tableId, columnId } };
  }

  selectForeignKey(id: ForeignKeyId): void {
    this.#selected = { ...NOTHING, foreignKey: id };
  }

  selectObject(id: ObjectId): void {
    this.#selected = { ...NOTHING, object: id };
  }

  selectAll(what: {
    readonly tables: Iterable<TableId | ViewId>;
    readonly areas: Iterable<AreaId>;
    readonly notes: Iterable<NoteId>;
  }): void {
    this.#selected = { ...NOTHING, tables: new Set(what.tables), areas: new Set(what.areas), notes: new Set(what.notes) };
  }

  clear(): void {
    this.#selected = NOTHING;
  }
}
