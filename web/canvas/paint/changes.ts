/** What looks different between two paintings, as rectangles of the world. */
import { type Box, HEADER, type Rect, rectOfPiece, ROW, type Route, type Scene } from "#shared/drawing/index.ts";
import type { Area, Note } from "#shared/model/index.ts";
import { inset, type PaintState } from "./brush.ts";

/** What is painted: a scene, and what stands out of it. */
export interface Painting {
  readonly scene: Scene;
  readonly state: PaintState;
}

/** How far paint reaches beyond a thing, world pixels: rings, shadows, the ends of relations. */
const REACH = 40;
/** Lines are no thinner than this on the screen, half of it on each side. */
const LINE = 2;
/** Beyond so many it is quicker to paint everything. */
const MANY = 200;

/** "all" where the colours of rows may have changed, or a great deal did. */
export function changesOf(before: Painting, after: Painting, zoom: number): readonly Rect[] | "all" {
  if (before.state.refused !== after.state.refused && differing(before.state.refused, after.state.refused).length > 0)
    return "all";
  const rects = new Set<Rect>();
  const rows: Rect[] = [];
  if (before.scene !== after.scene) sceneChanges(before.scene, after.scene, rects, rows);
  if (before.state !== after.state) stateChanges(before, after, rects);
  if (rects.size + rows.length > MANY) return "all";
  const line = LINE / zoom;
  return [...rows.map((rect) => inset(rect, -line)), ...[...rects].map((rect) => inset(rect, -REACH - line))];
}

function sceneChanges(before: Scene, after: Scene, rects: Set<Rect>, rows: Rect[]): void {
  for (const box of after.boxes) {
    const old = before.box(box.id);
    const sameTint = before.tintOf(box.id) === after.tintOf(box.id);
    if (old === box && sameTint) continue;
    if (old && sameTint && sameFrame(old, box)) rows.push(...differingRows(old, box));
    else for (const rect of [box, old]) if (rect) rects.add(rect);
  }
  for (const box of before.boxes) if (!after.box(box.id)) rects.add(box);
  for (const item of after.routes) {
    const old = before.route(item.key.id);
    if (old === item) continue;
    addRoute(rects, item);
    if (old) addRoute(rects, old);
  }
  for (const item of before.routes) if (!after.route(item.key.id)) addRoute(rects, item);
  for (const piece of differingPieces([...before.areas, ...before.notes], [...after.areas, ...after.notes]))
    rects.add(rectOfPiece(piece));
}

const sameFrame = (a: Box, b: Box): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.title === b.title && a.kind === b.kind;

const differingRows = (before: Box, { rows, x, y, width }: Box): Rect[] =>
  rows.flatMap((row, at) => (row === before.rows[at] ? [] : [{ x, y: y + HEADER + at * ROW, width, height: ROW }]));

function differingPieces(before: readonly (Area | Note)[], after: readonly (Area | Note)[]): readonly (Area | Note)[] {
  const [old, now] = [new Set(before), new Set(after)];
  return [...before.filter((piece) => !now.has(piece)), ...after.filter((piece) => !old.has(piece))];
}

function stateChanges(before: Painting, after: Painting, rects: Set<Rect>): void {
  const [old, now] = [before.state, after.state];
  const ids = differing(old.selected, now.selected);
  // A column that stands out is in a table that is selected.
  if (old.column !== now.column) ids.push(...old.selected, ...now.selected);
  for (const { scene } of [before, after]) {
    for (const id of differing(old.lit, now.lit)) {
      const found = scene.route(id);
      if (!found) continue;
      addRoute(rects, found);
      ids.push(found.key.tableId, found.key.refTableId);
    }
    for (const id of ids) {
      const rect = scene.box(id);
      if (rect) rects.add(rect);
    }
    const chosen = new Set(ids);
    for (const piece of [...scene.areas, ...scene.notes]) if (chosen.has(piece.id)) rects.add(rectOfPiece(piece));
  }
}

/** Stretch by stretch: the bounds of a path may be half the design. */
function addRoute(rects: Set<Rect>, { points }: Route): void {
  points.forEach(([x, y], at) => {
    const [fromX, fromY] = points[at - 1] ?? [x, y];
    if (at > 0)
      rects.add({ x: Math.min(x, fromX), y: Math.min(y, fromY), width: Math.abs(x - fromX), height: Math.abs(y - fromY) });
  });
}

const differing = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] =>
  a === b ? [] : [...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))];
