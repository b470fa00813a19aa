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
  const label = "Add a table";
  project.together(label, () => {
    project.apply(changes, label);
    project.place(new Map([[id, at]]));
  });
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
  const counted = (count: number, what: string): string[] =>
    count === 0 ? [] : [count === 1 ? `1 ${what}` : `${String(count)} ${what}s`];
  const { tables, areas, notes } = selection;
  const [only] = tables;
  const name = only && tables.size === 1 ? (project.lookup.table(only) ?? project.lookup.view(only))?.name : undefined;
  const what = [
    ...(name === undefined ? counted(tables.size, "table") : [name]),
    ...counted(areas.size, "area"),
    ...counted(notes.size, "note"),
  ].join(", ");
  const changes = dropTables(schema, tables);
  project.together(`Delete ${what}`, () => {
    project.apply(changes, `Delete ${what}`);
    for (const id of areas) project.removeArea(id);
    for (const id of notes) project.removeNote(id);
  });
  app.say(`Deleted ${what}`, undo);
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
  const label = copies.size === 1 ? "Duplicate a table" : `Duplicate ${String(copies.size)} tables`;
  project.together(label, () => {
    project.apply(changes, label);
    project.place(positions);
  });
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

type Make = (id: string, label: string, keys: readonly string[], run: () => void, enabled?: () => boolean) => Command;

/** What commands of one design share: making one of a group, and finding what is selected. */
class Bench {
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

  readonly hasTable = (): boolean => this.table() !== null;
  readonly hasColumn = (): boolean => this.target() !== null;
  readonly hasAny = (): boolean => {
    const { tables, areas, notes, column, foreignKey } = this.stores.selection;
    return tables.size + areas.size + notes.size > 0 || column !== null || foreignKey !== null;
  };

  /** An action on the selected column. */
  column(run: (target: Target) => void): () => void {
    return () => {
      const found = this.target();
      if (found) run(found);
    };
  }
}

function diagramCommands(bench: Bench, app: App): Command[] {
  const { stores } = bench;
  const { project, selection, view } = stores;
  const make = bench.group("Edit");
  const rename = (): void => {
    const found = bench.table();
    if (selection.column) view.edit({ what: "column-name", ...selection.column });
    else if (found) view.edit({ what: "table-name", tableId: found.id });
  };
  const addEnum = (): void =>
    project.apply(createEnum(project.schema, project.dialect, project.mint)?.changes ?? [], "Add an enum");
  const all = (): void => selection.selectAll({ tables: project.schema.tables.map(({ id }) => id), areas: [], notes: [] });
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
    make("new-enum", "New enum", [], addEnum, () => project.dialect.features.enums),
    make("new-area", "New area", [], () =>
      newArea(stores, { x: middle(stores)[0] - 100, y: middle(stores)[1] - 80, width: 400, height: 300 }),
    ),
    make("new-note", "New note", [], () => newNote(stores, middle(stores))),
    make("rename", "Rename", ["F2"], rename, () => bench.hasTable() || bench.hasColumn()),
    make("delete", "Delete", ["Delete", "Backspace"], () => deleteSelected(stores, app), bench.hasAny),
    make(
      "duplicate",
      "Duplicate",
      ["Mod+D"],
      () => duplicate(stores),
      () => selection.tables.size > 0,
    ),
    make("select-all", "Select all tables", ["Mod+A"], all),
  ];
}

function columnCommands(bench: Bench): Command[] {
  const { stores } = bench;
  const { project } = stores;
  const make = bench.group("Column");
  const step = (by: number): (() => void) =>
    bench.column(({ table, column }) =>
      project.apply(moveColumn(table, column.id, table.columns.indexOf(column) + by), `Move ${table.name}.${column.name}`),
    );
  const add = (): void => {
    const found = bench.table();
    if (found) newColumn(stores, found);
  };
  const notNull = bench.column(({ table, column }) =>
    project.apply(patchColumn(table, column, { notNull: !column.notNull }), `Not null of ${table.name}.${column.name}`),
  );
  const primary = bench.column(({ table, column }) =>
    project.apply(togglePrimary(table, column, project.mint), `Primary key of ${table.name}`),
  );
  const unique = bench.column(({ table, column }) =>
    project.apply(toggleUnique(table, column, project.mint), `Unique ${table.name}.${column.name}`),
  );
  const index = bench.column(({ table, column }) =>
    project.apply(addIndex(table, [column], project.mint), `Index ${table.name}.${column.name}`),
  );
  return [
    make("new-column", "New column", ["C"], add, bench.hasTable),
    make("primary-key", "Primary key on or off", ["P"], primary, bench.hasColumn),
    make("not-null", "Not null on or off", ["N"], notNull, bench.hasColumn),
    make("unique", "Unique on or off", ["U"], unique, bench.hasColumn),
    make("index", "Index the column", ["X"], index, bench.hasColumn),
    make("column-up", "Move the column up", ["Alt+ArrowUp"], step(-1), bench.hasColumn),
    make("column-down", "Move the column down", ["Alt+ArrowDown"], step(1), bench.hasColumn),
  ];
}

function viewCommands(bench: Bench): Command[] {
  const { project, selection, view } = bench.stores;
  const look = bench.group("View", false);
  const tool = bench.group("Tools");
  return [
    look("fit", "Show everything", ["F", "Shift+1"], () => view.fit()),
    look(
      "fit-selected",
      "Show the selection",
      ["Shift+2"],
      () => view.fit(selection.tables),
      () => selection.tables.size > 0,
    ),
    look("zoom-100", "Zoom to 100 %", ["Mod+0"], () => view.zoomTo(1)),
    look("zoom-in", "Zoom in", ["+", "="], () => view.zoomTo(view.camera.zoom * 1.25)),
    look("zoom-out", "Zoom out", ["-"], () => view.zoomTo(view.camera.zoom / 1.25)),
    bench.group("View")(
      "arrange",
      "Arrange all tables",
      [],
      () => void arrangeAll(bench.stores),
      () => project.schema.tables.length > 0,
    ),
    look("tool-select", "Tool: select", ["V"], () => view.setTool("select")),
    look("tool-pan", "Tool: pan", ["H"], () => view.setTool("pan")),
    tool("tool-relation", "Tool: draw a relation", ["R"], () => view.setTool("relation")),
    tool("tool-area", "Tool: draw an area", ["A"], () => view.setTool("area")),
    tool("tool-note", "Tool: place a note", [], () => view.setTool("note")),
  ];
}

export function editCommands(stores: Stores, app: App): Command[] {
  const bench = new Bench(stores);
  return [...diagramCommands(bench, app), ...columnCommands(bench), ...viewCommands(bench)];
}
