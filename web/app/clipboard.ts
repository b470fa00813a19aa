/**
 * Tables, areas and notes through the system's clipboard, as the text of a design file: any other design, tab or device can take
 * it in. Keys arrive as the browser's own copy, cut and paste events, which need no permission; the palette asks for one.
 */
import { cutOut } from "#shared/edit/index.ts";
import { writeDesign } from "#shared/formats/json/index.ts";
import type { Diagram } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import { isTyping } from "../ui/typing.ts";
import { deleteSelected } from "./actions.ts";
import type { App } from "./app.svelte.ts";
import type { Make } from "./bench.ts";
import type { Command } from "./commands.ts";

/** What is selected as the text of a design file; null when nothing is. */
function copied({ project, selection }: Stores): { readonly text: string; readonly what: string } | null {
  const { tables, areas, notes } = selection;
  const count = tables.size + areas.size + notes.size;
  if (count === 0) return null;
  const { diagram } = project;
  const kept = <T>(all: ReadonlyMap<Parameters<typeof tables.has>[0], T>) => new Map([...all].filter(([id]) => tables.has(id)));
  const piece: Diagram = {
    ...diagram,
    positions: kept(diagram.positions),
    tints: kept(diagram.tints),
    areas: diagram.areas.filter(({ id }) => areas.has(id)),
    notes: diagram.notes.filter(({ id }) => notes.has(id)),
  };
  const schema = cutOut(project.schema, tables, project.dialect);
  const [only] = schema.tables;
  const what = only && count === 1 ? only.name : `${String(count)} ${tables.size === count ? "tables" : "things"}`;
  return { text: writeDesign({ name: project.name, schema, diagrams: [piece] }), what };
}

/** Read when something is pasted: the first load has no use for it. */
const paste = async (stores: Stores, app: App, text: string): Promise<void> =>
  (await import("./pasting.ts")).paste(stores, app, text);

/** May cutting take what is selected? A column or a relation alone is deleted, not cut. */
const canCut = ({ project, selection }: Stores): boolean =>
  !project.readOnly && selection.column === null && selection.foreignKey === null;

/** The browser's own events for the three keys. */
export function clipboardEvents(stores: Stores, app: App) {
  const ours = (event: ClipboardEvent): boolean => !event.defaultPrevented && app.dialog === null && !isTyping(event.target);
  const take = (event: ClipboardEvent): boolean => {
    const piece = ours(event) && (getSelection()?.isCollapsed ?? true) ? copied(stores) : null;
    if (!piece || !event.clipboardData) return false;
    event.clipboardData.setData("text/plain", piece.text);
    event.preventDefault();
    app.say(`Copied ${piece.what}`);
    return true;
  };
  return {
    copy: (event: ClipboardEvent): void => void take(event),
    cut: (event: ClipboardEvent): void => {
      if (canCut(stores) && take(event)) deleteSelected(stores, app);
    },
    paste: (event: ClipboardEvent): void => {
      if (!ours(event)) return;
      event.preventDefault();
      void paste(stores, app, event.clipboardData?.getData("text/plain") ?? "");
    },
  };
}

/** The same from the palette, where the browser may ask or refuse. */
export function clipboardCommands(stores: Stores, app: App, make: Make): Command[] {
  const refused = (keys: string) => () => app.say(`This browser keeps the clipboard from the app: press ${keys} instead.`);
  const write = async (then: () => void): Promise<void> => {
    const piece = copied(stores);
    if (!piece) return;
    await navigator.clipboard.writeText(piece.text);
    app.say(`Copied ${piece.what}`);
    then();
  };
  const { selection } = stores;
  const hasAny = (): boolean => selection.tables.size + selection.areas.size + selection.notes.size > 0;
  return [
    make("copy", "Copy", ["Mod+C"], () => void write(() => undefined).catch(refused("Ctrl C")), hasAny),
    make(
      "cut",
      "Cut",
      ["Mod+X"],
      () => void write(() => deleteSelected(stores, app)).catch(refused("Ctrl X")),
      () => hasAny() && canCut(stores),
    ),
    make("paste", "Paste", ["Mod+V"], () => {
      void navigator.clipboard.readText().then((text) => paste(stores, app, text), refused("Ctrl V"));
    }),
  ];
}
