/** What a person does to the open design, as commands. */
import { addIndex, type End, meantBy, moveColumn, patchColumn, togglePrimary, toggleUnique } from "#shared/edit/index.ts";
import type { Stores } from "../stores/context.ts";
import {
  arrangeAll,
  deleteSelected,
  duplicateSelected,
  middle,
  newArea,
  newColumn,
  newNote,
  newTable,
  relate,
} from "./actions.ts";
import type { App } from "./app.svelte.ts";
import { Bench } from "./bench.ts";
import { clipboardCommands } from "./clipboard.ts";
import type { Command } from "./commands.ts";
import { objectCommands } from "./object-commands.ts";
import { selectionCommands } from "./selection-commands.ts";

function diagramCommands(bench: Bench, app: App): Command[] {
  const { stores } = bench;
  const { project, selection, view } = stores;
  const make = bench.group("Edit");
  const rename = (): void => {
    const target = bench.editable();
    if (target) view.edit(target);
  };
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
    make("new-table", "New table", ["T"], () => void newTable(stores, null)),
    ...objectCommands(bench),
    make("new-area", "New area", [], () =>
      newArea(stores, { x: middle(stores)[0] - 100, y: middle(stores)[1] - 80, width: 400, height: 300 }),
    ),
    make("new-note", "New note", [], () => newNote(stores, middle(stores))),
    make(
      "rename",
      bench.editable()?.what === "note-text" ? "Edit the note" : "Rename",
      ["F2"],
      rename,
      () => bench.editable() !== null,
    ),
    make("delete", "Delete", ["Delete", "Backspace"], () => deleteSelected(stores, app), bench.hasAny),
    make(
      "duplicate",
      "Duplicate",
      ["Mod+D"],
      () => duplicateSelected(stores),
      () => selection.tables.size > 0,
    ),
    ...clipboardCommands(stores, app, make),
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
    project.apply(togglePrimary(table, column, project.dialect, project.mint), `Primary key of ${table.name}`),
  );
  const unique = bench.column(({ table, column }) =>
    project.apply(toggleUnique(table, column, project.dialect, project.mint), `Unique ${table.name}.${column.name}`),
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

/** The ends of the relation that the selection speaks of: two tables, or a column and the table that its name means. */
function endsOf(bench: Bench): readonly [End, End] | null {
  const { project, selection } = bench.stores;
  const target = bench.target();
  if (target) {
    const meant = meantBy(project.schema, target.table, target.column);
    return meant ? [target, { table: meant, column: null }] : null;
  }
  const [from, to, ...more] = [...selection.tables].flatMap((id) => project.lookup.table(id) ?? []);
  return from && to && more.length === 0
    ? [
        { table: from, column: null },
        { table: to, column: null },
      ]
    : null;
}

function relationCommands(bench: Bench, app: App): Command[] {
  const add = (): void => {
    const ends = endsOf(bench);
    if (ends) relate(bench.stores, app, ...ends);
  };
  const make = bench.group("Edit");
  return [make("relate", "Add a relation from the selection", [], add, () => endsOf(bench) !== null)];
}

function viewCommands(bench: Bench, app: App): Command[] {
  const { project, selection, view, settings } = bench.stores;
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
      () => void arrangeAll(bench.stores, app),
      () => project.schema.tables.length > 0,
    ),
    look("columns-all", "Tables show all columns", [], () => settings.setColumns("all")),
    look("columns-keys", "Tables show keys only", [], () => settings.setColumns("keys")),
    look("columns-names", "Tables show names only", [], () => settings.setColumns("names")),
    look("minimap", "Show or hide the map", ["M"], () => settings.setMinimap(!settings.minimap)),
    look("tool-select", "Tool: select", ["V"], () => view.setTool("select")),
    look("tool-pan", "Tool: pan", ["H"], () => view.setTool("pan")),
    tool("tool-relation", "Tool: draw a relation", ["R"], () => view.setTool("relation")),
    tool("tool-area", "Tool: draw an area", ["A"], () => view.setTool("area")),
    tool("tool-note", "Tool: place a note", [], () => view.setTool("note")),
  ];
}

function talkCommands(bench: Bench): Command[] {
  const { talk, together, selection } = bench.stores;
  const make = bench.group("Comments", false);
  const may = (): boolean => together.mayComment && selection.object === null;
  return [
    make("comment", "Comment here…", ["Shift+C"], () => void talk.begin(null), may),
    make("comments", "Show or hide the comments", ["Shift+M"], () => talk.show(!talk.shown)),
  ];
}

export function editCommands(stores: Stores, app: App): Command[] {
  const bench = new Bench(stores);
  return [
    ...diagramCommands(bench, app),
    ...relationCommands(bench, app),
    ...selectionCommands(bench, app),
    ...columnCommands(bench),
    ...viewCommands(bench, app),
    ...talkCommands(bench),
  ];
}
