/** What commands, canvas and clipboard do to the open design, each one undo step. */
import { addColumn, connect, createTable, createView, dropColumn, dropTables, duplicate, type End } from "#shared/edit/index.ts";
import type { Area, Note, Position, Schema, Table, TableId, ViewId } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import type { ObjectId } from "../stores/api.ts";
import type { Stores } from "../stores/context.ts";
import type { App } from "./app.svelte.ts";

/** Read when it is first needed, and once a design is on screen: the first load has no use for it. */
export const loadLayout = () => import("./layout.ts");

/** Where something new goes: the middle of what is seen. */
export function middle({ view }: Stores): Position {
  const { camera, viewport } = view;
  return [
    Math.round(camera.x + viewport.width / 2 / camera.zoom - 116),
    Math.round(camera.y + viewport.height / 2 / camera.zoom - 60),
  ];
}

/** A new table at a place, or, for null, where there is room in view. */
export async function newTable(stores: Stores, at: Position | null): Promise<void> {
  const { project, selection, view } = stores;
  const layout = at === null ? await loadLayout() : null;
  const { changes, id } = createTable(project.schema, project.dialect, project.mint);
  const place = at ?? layout?.placeInView(project, view, id) ?? middle(stores);
  const label = "Add a table";
  project.together(label, () => {
    project.apply(changes, label);
    project.place(new Map([[id, place]]));
  });
  selection.selectTables([id]);
  view.reveal(id);
  view.edit({ what: "table-name", tableId: id });
}

/** A new view of a table's columns, or of nothing, where there is room in view. */
export async function newView({ project, selection, view }: Stores, from: Table | null, materialized: boolean): Promise<void> {
  const { placeInView } = await loadLayout();
  const made = createView(project.schema, from, { materialized }, project.dialect, project.mint);
  if (!made) return;
  const place = placeInView(project, view, made.id);
  const label = materialized ? "Add a materialized view" : "Add a view";
  project.together(label, () => {
    project.apply(made.changes, label);
    project.place(new Map([[made.id, place]]));
  });
  selection.selectTables([made.id]);
  view.reveal(made.id);
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

/** Whatever is selected goes, as one undo step. */
export function deleteSelected({ project, selection }: Stores, app: App): void {
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
  if (selection.object) {
    const dropped = dropObject(schema, selection.object);
    if (!dropped) return;
    project.apply([dropped], `Delete ${dropped.before.name}`);
    selection.clear();
    return app.say(`Deleted ${dropped.before.name}`, undo);
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

/** A type, a sequence or an object kept word for word, gone; null when there is none of that id. */
function dropObject({ types, sequences, verbatim }: Schema, id: ObjectId) {
  const type = types.find((item) => item.id === id);
  if (type) return { kind: "drop", entity: "type", ownerId: null, before: type } as const;
  const sequence = sequences.find((item) => item.id === id);
  if (sequence) return { kind: "drop", entity: "sequence", ownerId: null, before: sequence } as const;
  const kept = verbatim.find((item) => item.id === id);
  return kept ? ({ kind: "drop", entity: "verbatim", ownerId: null, before: kept } as const) : null;
}

/** A relation between two ends, selected once it is there. */
export function relate({ project, selection }: Stores, app: App, from: End, to: End): void {
  const made = connect(project.schema, from, to, project.dialect, project.mint);
  if (!made) return app.say("A relation needs a table with a primary key at its far end.");
  project.apply(made.changes, `Add the relation ${made.key.name}`);
  selection.selectForeignKey(made.key.id);
}

/** Copies of the selected tables beside them. */
export function duplicateSelected(stores: Stores): void {
  const { project, selection } = stores;
  const { changes, copies } = duplicate(project.schema, selection.tables, project.dialect, project.mint);
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

/** Every table where the automatic layout puts it. */
export async function arrangeAll({ project, view }: Stores, app: App): Promise<void> {
  const { arranged } = await loadLayout();
  const found = await arranged(project.schema, new Map(), null);
  if (!found.ok) return app.say(sentence(found.problem));
  project.place(found.value);
  view.fit();
}
