/** The menus: the app's own at the top left, and the one of what is selected. Both are made of the commands, keys included. */
import { TINTS } from "../stores/tints.ts";
import type { Stores } from "../stores/context.ts";
import { type MenuEntry, type MenuRect, tidy } from "../ui/menu.ts";
import { newNote, newTable } from "./actions.ts";
import type { App } from "./app.svelte.ts";
import { tintOfSelection, tintSelected } from "./colours.ts";
import { type Command, commandsOf, shownKeys } from "./commands.ts";

/** Groups whose commands stand in the app's menu itself, at its beginning and its end; every other group is a menu of its own. */
const FIRST = "Design";
const LAST = "App";

type Place = readonly [x: number, y: number];

export interface OpenMenu {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly anchor: MenuRect;
}

const entry = (command: Command): MenuEntry => ({
  kind: "item",
  id: command.id,
  label: command.label,
  keys: command.keys[0] ? shownKeys(command.keys[0]) : "",
  disabled: !command.enabled(),
  checked: null,
  swatch: null,
  run: command.run,
});

const line = (id: string): MenuEntry => ({ kind: "line", id });

/** Every command there is, by group. */
export function appMenu(app: App): readonly MenuEntry[] {
  const commands = commandsOf(app);
  const of = (group: string): MenuEntry[] =>
    commands.filter((command) => command.group === group).map((command) => entry(command));
  const between = [...new Set(commands.map(({ group }) => group))].filter((group) => group !== FIRST && group !== LAST);
  return tidy([
    ...of(FIRST),
    line("after-first"),
    ...between.map((group): MenuEntry => ({ kind: "menu", id: `group-${group}`, label: group, entries: of(group) })),
    line("before-last"),
    ...of(LAST),
  ]);
}

const RELATION = ["inspect", "select-ends", "comment", "delete"];
const OBJECT = ["inspect", "delete"];
const NOTHING = ["new-area", "paste", "-", "select-all", "fit", "arrange", "-", "import", "export"];
const COLUMN = ["rename", "inspect", "comment", "-", "primary-key", "not-null", "unique", "index", "relate", "-"];
const COLUMN_ENDS = ["new-column", "column-up", "column-down", "-", "delete"];
const TABLES = [
  "rename",
  "inspect",
  "fit-selected",
  "select-related",
  "comment",
  "-",
  "new-column",
  "relate",
  "-",
  "duplicate",
  "copy",
  "cut",
  "-",
];
const PIECES = ["rename", "select-inside", "comment", "-", "copy", "cut", "-"];

/** What can be done with what is selected; with nothing selected, with the canvas at a place of the design. */
export function contextEntries(stores: Stores, app: App, at: Place | null): readonly MenuEntry[] {
  const { tables, column, foreignKey, areas, notes, object } = stores.selection;
  const known = new Map(commandsOf(app).map((command) => [command.id, command]));
  const of = (ids: readonly string[]): MenuEntry[] =>
    ids.flatMap((id, place) => {
      const command = known.get(id);
      return id === "-" ? [line(`line-${String(place)}`)] : command ? [entry(command)] : [];
    });
  if (column) return tidy(of([...COLUMN, ...COLUMN_ENDS]));
  if (foreignKey) return tidy(of(RELATION));
  if (object) return tidy(of(OBJECT));
  const colours = tables.size + areas.size > 0 ? [colourMenu(stores)] : [];
  if (tables.size > 0) return tidy([...of(TABLES), ...colours, line("before-delete"), ...of(["delete"])]);
  if (areas.size + notes.size > 0) return tidy([...of(PIECES), ...colours, line("before-delete"), ...of(["delete"])]);
  return tidy([...(at ? newHere(stores, at) : of(["new-table", "new-note"])), ...of(NOTHING)]);
}

/** What a menu of the selection is called. */
export function contextLabel({ project, selection }: Stores): string {
  const { tables, column, foreignKey, areas, notes, object } = selection;
  if (column) return "Column";
  if (foreignKey) return "Relation";
  if (object) return "Object";
  const count = tables.size + areas.size + notes.size;
  if (count === 0) return "Canvas";
  const [only] = tables;
  const named = count === 1 && only ? (project.lookup.table(only) ?? project.lookup.view(only)) : null;
  return named?.name ?? "Selection";
}

function newHere(stores: Stores, [x, y]: Place): MenuEntry[] {
  const place: Place = [Math.round(x), Math.round(y)];
  const made = (id: string, label: string, run: () => void, may = !stores.project.readOnly): MenuEntry => ({
    kind: "item",
    id,
    label,
    keys: "",
    disabled: !may,
    checked: null,
    swatch: null,
    run,
  });
  return [
    made("table-here", "New table here", () => void newTable(stores, place)),
    made("note-here", "New note here", () => newNote(stores, place)),
    made("comment-here", "Comment here…", () => void stores.talk.begin(place), stores.together.mayComment),
  ];
}

function colourMenu(stores: Stores): MenuEntry {
  const now = tintOfSelection(stores);
  return {
    kind: "menu",
    id: "colour",
    label: "Colour",
    entries: TINTS.map((tint): MenuEntry => ({
      kind: "item",
      id: `tint-${tint}`,
      label: `${tint[0]?.toUpperCase() ?? ""}${tint.slice(1)}`,
      keys: "",
      disabled: stores.project.readOnly,
      checked: now === tint,
      swatch: `var(--tint-${tint})`,
      run: () => tintSelected(stores, tint),
    })),
  };
}
