/** What the clipboard holds, put into the open design. */
import { dialectOf } from "#shared/dialects/index.ts";
import { pasteInto } from "#shared/edit/index.ts";
import { type Design, readDesign, recogniseDesign } from "#shared/formats/json/index.ts";
import type { Diagram, Position } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import type { Stores } from "../stores/context.ts";
import { middle } from "./actions.ts";
import type { App } from "./app.svelte.ts";

/** How far from its original a copy is put, world pixels. */
const STEP = 40;

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

/** Takes in a text that is a design of the same dialect; says why where it is not. */
export function paste(stores: Stores, app: App, text: string): void {
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
