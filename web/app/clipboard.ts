/**
 * Tables, areas and notes through the system's clipboard, as the text of a design file: any other design, tab or device can take
 * it in. Keys arrive as the browser's own copy, cut and paste events, which need no permission; the palette asks for one.
 */
import { dialectOf } from "#shared/dialects/index.ts";
import { cutOut, pasteInto } from "#shared/edit/index.ts";
import { type Design, readDesign, recogniseDesign, writeDesign } from "#shared/formats/json/index.ts";
import type { Diagram, Position } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import type { Stores } from "../stores/context.ts";
import { isTyping } from "../ui/typing.ts";
import { deleteSelected, middle } from "./actions.ts";
import type { App } from "./app.svelte.ts";
import type { Make } from "./bench.ts";
import type { Command } from "./commands.ts";

/** How far from its original a copy is put, world pixels. */
const STEP = 40;

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

/** Where a piece goes: beside what stands at its place, and into view. */
function shiftOf({ project, view, ...stores }: Stores, { positions, areas, notes }: Diagram): Position {
  const corners = [...positions.values(), ...areas.map(({ at }) => at), ...notes.map(({ at }) => at)];
  const [first] = corners;
  if (!first) return [0, 0];
  const { camera, viewport } = view;
  const inView = ([x, y]: Position): boolean =>
    x >= camera.x && y >= camera.y && x < camera.x + viewport.width / camera.zoom && y < camera.y + viewport.height / camera.zoom;
  const { diagram } = project;
  const taken = [...diagram.positions.values(), ...[...diagram.areas, ...diagram.notes].map(({ at }) => at)];
  let shift = 0;
  while (taken.some(([x, y]) => x === first[0] + shift && y === first[1] + shift)) shift += STEP;
  if (corners.some(([x, y]) => inView([x + shift, y + shift]))) return [shift, shift];
  const [left, top] = [Math.min(...corners.map(([x]) => x)), Math.min(...corners.map(([, y]) => y))];
  const [right, bottom] = [Math.max(...corners.map(([x]) => x)), Math.max(...corners.map(([, y]) => y))];
  const [x, y] = middle({ project, view, ...stores });
  return [Math.round(x - (left + right) / 2), Math.round(y - (top + bottom) / 2)];
}

function put(stores: Stores, design: Design): void {
  const { project, selection } = stores;
  const { changes, copies } = pasteInto(project.schema, design.schema, project.dialect, project.mint);
  const [diagram] = design.diagrams;
  const [dx, dy] = diagram ? shiftOf(stores, diagram) : [0, 0];
  const moved = ([x, y]: Position): Position => [x + dx, y + dy];
  const again = <T extends { readonly id: string; readonly at: Position }>(list: readonly T[] = []): T[] =>
    list.map((item) => ({ ...item, id: project.mint(), at: moved(item.at) }));
  const [areas, notes] = [again(diagram?.areas), again(diagram?.notes)];
  const count = copies.size + areas.length + notes.length;
  project.together(count === 1 ? "Paste" : `Paste ${String(count)} things`, () => {
    project.apply(changes, "Paste");
    const middleOfView = middle(stores);
    project.place(new Map([...copies].map(([from, to]) => [to, moved(diagram?.positions.get(from) ?? middleOfView)])));
    for (const [from, to] of copies) {
      const tint = diagram?.tints.get(from);
      if (tint) project.tint([to], tint);
    }
    for (const area of areas) project.putArea(area);
    for (const note of notes) project.putNote(note);
  });
  selection.selectAll({ tables: copies.values(), areas: areas.map(({ id }) => id), notes: notes.map(({ id }) => id) });
}

function paste(stores: Stores, app: App, text: string): void {
  const { project } = stores;
  if (project.readOnly) return;
  if (recogniseDesign(text) === 0)
    return app.say("There is nothing on the clipboard that goes into a design: copy some tables first.");
  const { value, problems } = readDesign(text);
  if (!value) return app.say(problems[0] ? sentence(problems[0]) : "The clipboard holds half a design.");
  if (value.schema.dialect !== project.schema.dialect) {
    const theirs = dialectOf(value.schema.dialect)?.label ?? value.schema.dialect;
    return app.say(`The clipboard holds tables of ${theirs}; this design is for ${project.dialect.label}.`);
  }
  put(stores, value);
  if (problems.length > 0) app.say(`Pasted, but ${String(problems.length)} parts could not be read.`);
}

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
      paste(stores, app, event.clipboardData?.getData("text/plain") ?? "");
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
