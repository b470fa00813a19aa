/** What a person does to the open design, as commands. */
import {
  addColumn,
  addIndex,
  createEnum,
  createTable,
  dropColumn,
  dropTables,
  duplicateTables,
  moveColumn,
  patchColumn,
  togglePrimary,
  toggleUnique,
} from "#shared/edit/index.ts";
import type { Area, Column, Note, Position, Table, TableId, ViewId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import type { App } from "./app.svelte.ts";
import type { Command } from "./commands.ts";
import { layout } from "./importing.svelte.ts";

/** Where something new goes: the middle of what is seen. */
export function middle({ view }: Stores): Position {
  const { camera, viewport } = view;
  return [
    Math.round(camera.x + viewport.width / 2 / camera.zoom - 116),
    Math.round(camera.y + viewport.height / 2 / camera.zoom - 60),
  ];
}

export function newTable(stores: Stores, at: Position): void {
  const { project, selection, view } = stores;
  const { changes, id } = createTable(project.schema, project.dialect, project.mint);
  project.applyAt(changes, new Map([[id, at]]), "Add a table");
  selection.selectTables([id]);
  view.edit({ what: "table-name", tableId: id });
}

export function newColumn({ project, selection, view }: Stores, table: Table): void {
  const { changes, id } = addColumn(
    table,
    project.mint,
    null,
    "column_1",
    project.dialect.types.common.includes("text") ? "text" : "TEXT",
  );
  project.apply(changes, `Add a column to ${table.name}`);
  selection.selectColumn(table.id, id);
  view.edit({ what: "column-name", tableId: table.id, columnId: id });
}

export function newArea(
  stores: Stores,
  rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const id = stores.project.mint() as Area["id"];
  stores.project.putArea({
    id,
    name: "Area",
    at: [Math.round(rect.x), Math.round(rect.y)],
    size: [Math.round(rect.width), Math.round(rect.height)],
    tint: "teal",
  });
  stores.selection.selectAll({ tables: [], areas: [id], notes: [] });
  stores.view.edit({ what: "area-name", areaId: id });
}

export function newNote(stores: Stores, at: Position): void {
  const id = stores.project.mint() as Note["id"];
  stores.project.putNote({ id, text: "", at, size: [220, 110], tint: "amber" });
  stores.selection.selectAll({ tables: [], areas: [], notes: [id] });
  stores.view.edit({ what: "note-text", noteId: id });
}

function deleteSelected({ project, selection }: Stores, app: App): void {
  const { schema } = project;
  const undo = { label: "Undo", run: () => project.undo() };
  if (selection.column) {
    const table = project.lookup.table(selection.column.tableId);
    const column = project.lookup.column(selection.column.tableId, selection.column.columnId);
    if (!table || !column) return;
    project.apply(dropColumn(schema, table, column), `Delete ${table.name}.${column.name}`);
    selection.selectTables([table.id]);
    return app.say(`Deleted the column ${table.name}.${column.name}`, undo);
  }
  if (selection.foreignKey) {
    const before = project.lookup.foreignKey(selection.foreignKey);
    if (!before) return;
    project.apply(
      [{ kind: "drop", entity: "foreignKey", ownerId: before.tableId, before }],
      `Delete the relation ${before.name}`,
    );
    selection.clear();
    return app.say(`Deleted the relation ${before.name}`, undo);
  }
  for (const id of selection.areas) project.removeArea(id);
  for (const id of selection.notes) project.removeNote(id);
  if (selection.tables.size > 0) {
    const names = [...selection.tables].flatMap((id) => project.lookup.table(id)?.name ?? project.lookup.view(id)?.name ?? []);
    const what = names.length === 1 ? (names[0] ?? "") : `${String(names.length)} tables`;
    project.apply(dropTables(schema, selection.tables), `Delete ${what}`);
    app.say(`Deleted ${what}`, undo);
  }
  selection.clear();
}

function duplicate(stores: Stores): void {
  const { project, selection } = stores;
  const { changes, copies } = duplicateTables(project.schema, selection.tables, project.mint);
  const positions = new Map<TableId | ViewId, Position>();
  for (const [from, to] of copies) {
    const at = project.diagram.positions.get(from);
    if (at) positions.set(to, [at[0] + 40, at[1] + 40]);
  }
  project.applyAt(changes, positions, copies.size === 1 ? "Duplicate a table" : `Duplicate ${String(copies.size)} tables`);
  selection.selectTables(copies.values());
}

async function arrangeAll({ project, view }: Stores): Promise<void> {
  const positions = await layout(project.schema, new Map());
  project.place(positions);
  view.fit();
}

interface Target {
  readonly table: Table;
  readonly column: Column;
}

export function editCommands(stores: Stores, app: App): Command[] {
  const { project, selection, view } = stores;
  const table = (): Table | null =>
    selection.tables.size === 1 ? project.lookup.table([...selection.tables][0] as TableId) : null;
  const target = (): Target | null => {
    const at = selection.column;
    const [owner, column] = at
      ? [project.lookup.table(at.tableId), project.lookup.column(at.tableId, at.columnId)]
      : [null, null];
    return owner && column ? { table: owner, column } : null;
  };
  const writable = (): boolean => !project.readOnly;
  const make = (
    id: string,
    label: string,
    keys: readonly string[],
    run: () => void,
    enabled: () => boolean = writable,
    group = "Edit",
  ): Command => ({ id, label, group, keys, run, enabled: () => writable() && enabled() });
  const withTable = (run: (table: Table) => void) => (): void => {
    const found = table();
    if (found) run(found);
  };
  const withColumn = (run: (target: Target) => void) => (): void => {
    const found = target();
    if (found) run(found);
  };
  const hasTable = (): boolean => table() !== null;
  const hasColumn = (): boolean => target() !== null;
  const hasAny = (): boolean =>
    selection.tables.size + selection.areas.size + selection.notes.size > 0 ||
    selection.column !== null ||
    selection.foreignKey !== null;
  const step = (by: number): (() => void) =>
    withColumn(({ table: owner, column }) =>
      project.apply(moveColumn(owner, column.id, owner.columns.indexOf(column) + by), `Move ${owner.name}.${column.name}`),
    );
  return [
    make(
      "undo",
      project.undoLabel ? `Undo: ${project.undoLabel}` : "Undo",
      ["Mod+Z"],
      () => project.undo(),
      () => project.undoLabel !== null,
    ),
    make(
      "redo",
      project.redoLabel ? `Redo: ${project.redoLabel}` : "Redo",
      ["Mod+Shift+Z", "Mod+Y"],
      () => project.redo(),
      () => project.redoLabel !== null,
    ),
    make("new-table", "New table", ["T"], () => newTable(stores, middle(stores))),
    make(
      "new-column",
      "New column",
      ["C"],
      withTable((found) => newColumn(stores, found)),
      hasTable,
    ),
    make(
      "new-enum",
      "New enum",
      [],
      () => project.apply(createEnum(project.schema, project.dialect, project.mint)?.changes ?? [], "Add an enum"),
      () => project.dialect.features.enums,
    ),
    make("new-area", "New area", [], () =>
      newArea(stores, { x: middle(stores)[0] - 100, y: middle(stores)[1] - 80, width: 400, height: 300 }),
    ),
    make("new-note", "New note", [], () => newNote(stores, middle(stores))),
    make(
      "rename",
      "Rename",
      ["F2"],
      () => {
        const column = selection.column;
        const found = table();
        if (column) view.edit({ what: "column-name", ...column });
        else if (found) view.edit({ what: "table-name", tableId: found.id });
      },
      () => hasTable() || hasColumn(),
    ),
    make("delete", "Delete", ["Delete", "Backspace"], () => deleteSelected(stores, app), hasAny),
    make(
      "duplicate",
      "Duplicate",
      ["Mod+D"],
      () => duplicate(stores),
      () => selection.tables.size > 0,
    ),
    make("select-all", "Select all tables", ["Mod+A"], () =>
      selection.selectAll({ tables: project.schema.tables.map(({ id }) => id), areas: [], notes: [] }),
    ),
    make(
      "primary-key",
      "Primary key on or off",
      [],
      withColumn(({ table: owner, column }) =>
        project.apply(togglePrimary(owner, column, project.mint), `Primary key of ${owner.name}`),
      ),
      hasColumn,
    ),
    make(
      "not-null",
      "Not null on or off",
      ["N"],
      withColumn(({ table: owner, column }) =>
        project.apply(patchColumn(owner, column, { notNull: !column.notNull }), `Not null of ${owner.name}.${column.name}`),
      ),
      hasColumn,
    ),
    make(
      "unique",
      "Unique on or off",
      ["U"],
      withColumn(({ table: owner, column }) =>
        project.apply(toggleUnique(owner, column, project.mint), `Unique ${owner.name}.${column.name}`),
      ),
      hasColumn,
    ),
    make(
      "index",
      "Index the column",
      ["X"],
      withColumn(({ table: owner, column }) =>
        project.apply(addIndex(owner, [column], project.mint), `Index ${owner.name}.${column.name}`),
      ),
      hasColumn,
    ),
    make("column-up", "Move the column up", ["Alt+ArrowUp"], step(-1), hasColumn),
    make("column-down", "Move the column down", ["Alt+ArrowDown"], step(1), hasColumn),
    make(
      "fit",
      "Show everything",
      ["Shift+1", "F"],
      () => view.fit(),
      () => true,
      "View",
    ),
    make(
      "fit-selected",
      "Show the selection",
      ["Shift+2"],
      () => view.fit(selection.tables),
      () => selection.tables.size > 0,
      "View",
    ),
    make(
      "zoom-100",
      "Zoom to 100 %",
      ["Mod+0"],
      () => view.zoomTo(1),
      () => true,
      "View",
    ),
    make(
      "zoom-in",
      "Zoom in",
      ["+", "="],
      () => view.zoomTo(view.camera.zoom * 1.25),
      () => true,
      "View",
    ),
    make(
      "zoom-out",
      "Zoom out",
      ["-"],
      () => view.zoomTo(view.camera.zoom / 1.25),
      () => true,
      "View",
    ),
    make(
      "arrange",
      "Arrange all tables",
      [],
      () => void arrangeAll(stores),
      () => project.schema.tables.length > 0,
      "View",
    ),
    make(
      "tool-select",
      "Tool: select",
      ["V"],
      () => view.setTool("select"),
      () => true,
      "Tools",
    ),
    make(
      "tool-pan",
      "Tool: pan",
      ["H"],
      () => view.setTool("pan"),
      () => true,
      "Tools",
    ),
    make("tool-relation", "Tool: draw a relation", ["R"], () => view.setTool("relation"), writable, "Tools"),
    make("tool-area", "Tool: draw an area", ["A"], () => view.setTool("area"), writable, "Tools"),
    make("tool-note", "Tool: place a note", [], () => view.setTool("note"), writable, "Tools"),
  ];
}
