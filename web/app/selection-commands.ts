/** From what is selected to what belongs to it. */
import { tick } from "svelte";
import type { TableId, ViewId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import { tintSelected } from "./colours.ts";
import { TINTS } from "../stores/tints.ts";
import type { App } from "./app.svelte.ts";
import type { Bench } from "./bench.ts";
import type { Command } from "./commands.ts";

/** The tables at the other ends of all relations of these. */
function related({ project }: Stores, ids: Iterable<TableId | ViewId>): Set<TableId | ViewId> {
  const found = new Set<TableId | ViewId>();
  for (const id of ids) {
    for (const key of project.lookup.outgoing(id as TableId)) found.add(key.refTableId);
    for (const key of project.lookup.incoming(id as TableId)) found.add(key.tableId);
  }
  return found;
}

/** The tables and views that stand in the selected areas: their upper left corners do. */
function inside({ project, selection }: Stores): (TableId | ViewId)[] {
  const { areas, positions } = project.diagram;
  const held = areas.filter(({ id }) => selection.areas.has(id));
  return [...positions].flatMap(([id, [x, y]]) => {
    const within = held.some(({ at, size }) => x >= at[0] && y >= at[1] && x < at[0] + size[0] && y < at[1] + size[1]);
    return within && (project.lookup.table(id) ?? project.lookup.view(id)) ? [id] : [];
  });
}

/** Opens the inspector and goes to its first field. */
export async function inspect({ settings, stores }: App): Promise<void> {
  stores?.talk.show(false);
  if (settings.inspector === 0) settings.toggleInspector();
  // Its code may not be here yet.
  await import("../panels/inspector/Inspector.svelte").catch(() => undefined);
  await tick();
  document.getElementById("inspector")?.querySelector<HTMLElement>("input, textarea, select")?.focus();
}

export function selectionCommands(bench: Bench, app: App): Command[] {
  const { stores } = bench;
  const { project, selection } = stores;
  const make = bench.group("Select", false);
  const edit = bench.group("Colour");
  const ends = (): void => {
    const key = selection.foreignKey && project.lookup.foreignKey(selection.foreignKey);
    if (key) selection.selectTables([key.tableId, key.refTableId]);
  };
  const everything = (): void => {
    const { tables, views } = project.schema;
    selection.selectAll({ tables: [...tables, ...views].map(({ id }) => id), areas: [], notes: [] });
  };
  const coloured = (): boolean => selection.tables.size + selection.areas.size > 0;
  return [
    make("select-all", "Select all tables", ["Mod+A"], everything),
    make(
      "select-related",
      "Select the related tables too",
      ["Shift+R"],
      () => selection.selectTables([...selection.tables, ...related(stores, selection.tables)]),
      () => [...related(stores, selection.tables)].some((id) => !selection.tables.has(id)),
    ),
    make("select-ends", "Select both tables of the relation", [], ends, () => selection.foreignKey !== null),
    make(
      "select-inside",
      "Select the tables in the area",
      [],
      () => selection.selectTables(inside(stores)),
      () => selection.areas.size > 0 && inside(stores).length > 0,
    ),
    make("inspect", "Open in the inspector", ["Mod+Enter"], () => void inspect(app), bench.hasAny),
    ...TINTS.map((tint) => edit(`tint-${tint}`, `Colour: ${tint}`, [], () => tintSelected(stores, tint), coloured)),
  ];
}
