/** What is where: under a point, in a rectangle, in a direction. */
import {
  type Box,
  distanceTo,
  HEADER,
  intersects,
  type Rect,
  rectOfPiece,
  type Route,
  ROW,
  type Scene,
} from "#shared/drawing/index.ts";
import type { Area, Note } from "#shared/model/index.ts";
import { contains, type WorldPoint } from "./camera.ts";

export type Hit =
  | { readonly kind: "box"; readonly box: Box }
  | { readonly kind: "route"; readonly route: Route }
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "area"; readonly area: Area }
  | null;

const near = (point: WorldPoint, reach: number): Rect => ({
  x: point.x - reach,
  y: point.y - reach,
  width: 2 * reach,
  height: 2 * reach,
});

/** What is under a point, the topmost first. `reach` is how far from a line still counts, in world pixels. */
export function hit(scene: Scene, point: WorldPoint, reach: number): Hit {
  const found = scene.boxesIn(near(point, 0.5)).at(-1);
  if (found) return { kind: "box", box: found };
  const note = scene.notes.findLast((item) => contains(rectOfPiece(item), point));
  if (note) return { kind: "note", note };
  const closest = scene
    .routesIn(near(point, reach))
    .map((item) => ({ item, distance: distanceTo(item, point.x, point.y) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (closest && closest.distance <= reach) return { kind: "route", route: closest.item };
  const area = scene.areas.findLast((item) => contains(rectOfPiece(item), point));
  return area ? { kind: "area", area } : null;
}

/** Everything that a rectangle selects: tables and notes that it touches, areas that it holds whole. */
export function within(
  scene: Scene,
  rect: Rect,
): { readonly boxes: readonly Box[]; readonly areas: readonly Area[]; readonly notes: readonly Note[] } {
  const holds = ({ x, y, width, height }: Rect): boolean =>
    x >= rect.x && y >= rect.y && x + width <= rect.x + rect.width && y + height <= rect.y + rect.height;
  return {
    boxes: scene.boxesIn(rect),
    areas: scene.areas.filter((area) => holds(rectOfPiece(area))),
    notes: scene.notes.filter((note) => intersects(rect, rectOfPiece(note))),
  };
}

/** The boxes that go with an area: those whose top left lies in it. */
export const heldBy = (scene: Scene, area: Area): readonly string[] =>
  scene
    .boxesIn(rectOfPiece(area))
    .filter((box) => contains(rectOfPiece(area), box))
    .map(({ id }) => id);

/** Where a table's header, one of its rows, an area or a note stands; null when it is not in the scene. */
export function rectFor(scene: Scene, id: string, columnId: string | null): Rect | null {
  const box = scene.box(id);
  const piece = [...scene.areas, ...scene.notes].find((item) => item.id === id);
  if (piece) return rectOfPiece(piece);
  if (!box) return null;
  const at = columnId === null ? -1 : box.rows.findIndex((row) => row.columnId === columnId);
  return at < 0 ? { ...box, height: HEADER } : { x: box.x, y: box.y + HEADER + at * ROW, width: box.width, height: ROW };
}

/** The nearest box in a direction: along counts once, aside two and a half times. */
export function nearest(scene: Scene, from: Box, dx: number, dy: number): Box | null {
  const middle = ({ x, y, width, height }: Rect): WorldPoint => ({ x: x + width / 2, y: y + height / 2 });
  const start = middle(from);
  let best: Box | null = null;
  let least = Infinity;
  for (const other of scene.boxes) {
    const [x, y] = [middle(other).x - start.x, middle(other).y - start.y];
    const along = x * dx + y * dy;
    const cost = along + 2.5 * Math.abs(x * dy - y * dx);
    if (other !== from && along > 1 && cost < least) [best, least] = [other, cost];
  }
  return best;
}
