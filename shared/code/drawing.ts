/** What a person changed of the drawing in a text, as edits of the design's diagram. */
import type { Drawn, DrawnGroup } from "../formats/dbml/index.ts";
import type { Area, AreaId, Diagram, Note, NoteId, Position, TableId, TintName } from "../model/index.ts";

export interface DrawingEdits {
  readonly places: ReadonlyMap<TableId, Position>;
  /** Null: no colour any more. */
  readonly tints: ReadonlyMap<TableId, TintName | null>;
  readonly areas: readonly Area[];
  readonly areasGone: readonly AreaId[];
  readonly notes: readonly Note[];
  readonly notesGone: readonly NoteId[];
}

/** How large a table is drawn. */
export type SizeOf = (id: TableId) => readonly [width: number, height: number];

const GAP = 40;
const HEADER = 60;
const NOTE: readonly [number, number] = [220, 110];

export const NOTHING: DrawingEdits = { places: new Map(), tints: new Map(), areas: [], areasGone: [], notes: [], notesGone: [] };

export const nothingDrawn = (edits: DrawingEdits): boolean =>
  edits.places.size + edits.tints.size === 0 &&
  [edits.areas, edits.areasGone, edits.notes, edits.notesGone].every((list) => list.length === 0);

/** `standing`: where tables stand, those that are new with the text among them. */
export function drawingEdits(
  before: Drawn,
  after: Drawn,
  diagram: Diagram,
  standing: ReadonlyMap<string, Position>,
  sizeOf: SizeOf,
): DrawingEdits {
  const places = new Map<TableId, Position>();
  for (const [id, at] of after.places) if (before.places.get(id)?.join() !== at.join()) places.set(id, at);
  const tints = new Map<TableId, TintName | null>();
  for (const [id, tint] of after.tints) if (before.tints.get(id) !== tint) tints.set(id, tint);
  for (const id of before.tints.keys()) if (!after.tints.has(id)) tints.set(id, null);
  const at = (id: TableId): Position | undefined => places.get(id) ?? standing.get(id);
  const areas = groupEdits(before, after, diagram, { at, move: (id, to) => places.set(id, to), sizeOf });
  const had = new Map(before.notes.map((note) => [note.id, note]));
  const known = new Map(diagram.notes.map((note) => [note.id, note]));
  const notes = after.notes.flatMap(({ id, text, tint }, number): Note[] => {
    const was = had.get(id);
    if (was?.text === text && was.tint === tint) return [];
    const note = known.get(id) ?? { id, at: besides(diagram, number), size: NOTE };
    return [{ ...note, text, tint }];
  });
  const [groups, kept] = [new Set(after.groups.map(({ id }) => id)), new Set(after.notes.map(({ id }) => id))];
  return {
    ...{ places, tints, areas, notes },
    areasGone: before.groups.flatMap(({ id }) => (groups.has(id) ? [] : [id])),
    notesGone: before.notes.flatMap(({ id }) => (kept.has(id) ? [] : [id])),
  };
}

interface Ground {
  readonly at: (id: TableId) => Position | undefined;
  readonly move: (id: TableId, to: Position) => void;
  readonly sizeOf: SizeOf;
}

/** Above everything, notes beside each other. */
function besides({ positions }: Diagram, number: number): Position {
  let [left, top] = [Infinity, Infinity];
  for (const [x, y] of positions.values()) [left, top] = [Math.min(left, x), Math.min(top, y)];
  if (left === Infinity) [left, top] = [0, 0];
  return [left + number * (NOTE[0] + GAP), top - NOTE[1] - GAP];
}

function groupEdits(before: Drawn, after: Drawn, diagram: Diagram, ground: Ground): Area[] {
  const had = new Map(before.groups.map((group) => [group.id, group]));
  const known = new Map(diagram.areas.map((area) => [area.id, area]));
  return after.groups.flatMap((group): Area[] => {
    const was = had.get(group.id);
    if (was && sameGroup(was, group)) return [];
    const area = known.get(group.id);
    const old = new Set<string>(was?.members);
    const now = new Set<string>(group.members);
    const came = group.members.filter((id) => !old.has(id));
    const went = (was?.members ?? []).filter((id) => !now.has(id));
    const named = { id: group.id, tint: group.tint, name: was && area && was.name === group.name ? area.name : group.name };
    if (!area) return [{ ...named, ...around(group.members, ground, diagram) }];
    const grown = takeIn(area, came, ground);
    putOut(grown, went, ground);
    return [{ ...grown, ...named }];
  });
}

const sameGroup = (a: DrawnGroup, b: DrawnGroup): boolean =>
  a.name === b.name && a.tint === b.tint && [...a.members].sort().join() === [...b.members].sort().join();

/** The rectangle around tables, where they stand; below everything for none. */
function around(members: readonly TableId[], { at, sizeOf }: Ground, diagram: Diagram): Pick<Area, "at" | "size"> {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of members) {
    const place = at(id);
    if (!place) continue;
    const [width, height] = sizeOf(id);
    [left, top] = [Math.min(left, place[0]), Math.min(top, place[1])];
    [right, bottom] = [Math.max(right, place[0] + width), Math.max(bottom, place[1] + height)];
  }
  if (left === Infinity) {
    const [x, y] = besides(diagram, 0);
    return { at: [x, y - 300], size: [400, 260] };
  }
  return { at: [left - GAP, top - HEADER], size: [right - left + 2 * GAP, bottom - top + HEADER + GAP] };
}

/** Tables that stand elsewhere come to the foot of the area, which grows for them. */
function takeIn(area: Area, came: readonly TableId[], { at, move, sizeOf }: Ground): Area {
  const [x, y] = area.at;
  let [width, height] = area.size;
  for (const id of came) {
    const place = at(id);
    if (place && place[0] >= x && place[1] >= y && place[0] <= x + width && place[1] <= y + height) continue;
    const [wide, high] = sizeOf(id);
    move(id, [x + GAP, y + height]);
    [width, height] = [Math.max(width, wide + 2 * GAP), height + high + GAP];
  }
  return { ...area, size: [width, height] };
}

/** Tables that belong to it no more stand to its right. */
function putOut({ at: [x, y], size }: Area, went: readonly TableId[], { at, move, sizeOf }: Ground): void {
  let top = y;
  for (const id of went) {
    if (!at(id)) continue;
    move(id, [x + size[0] + GAP, top]);
    top += sizeOf(id)[1] + GAP;
  }
}

/** The diagram after these edits. */
export function drawnOn(diagram: Diagram, edits: DrawingEdits, placed: ReadonlyMap<string, Position>): Diagram {
  const put = <T extends { readonly id: string }>(list: readonly T[], items: readonly T[], gone: readonly string[]): T[] => {
    const next = new Map(items.map((item) => [item.id, item]));
    const stay = list.filter(({ id }) => !gone.includes(id)).map((item) => next.get(item.id) ?? item);
    const there = new Set(stay.map(({ id }) => id));
    return [...stay, ...items.filter(({ id }) => !there.has(id))];
  };
  const tints = new Map(diagram.tints);
  for (const [id, tint] of edits.tints) {
    if (tint === null) tints.delete(id);
    else tints.set(id, tint);
  }
  return {
    ...diagram,
    positions: new Map([...diagram.positions, ...(placed as ReadonlyMap<TableId, Position>), ...edits.places]),
    tints,
    areas: put(diagram.areas, edits.areas, edits.areasGone),
    notes: put(diagram.notes, edits.notes, edits.notesGone),
  };
}
