/**
 * The scene: boxes and routes of one snapshot, with a spatial index. Immutable; boxes and routes whose tables did not change are
 * taken over from the scene before.
 */
import Flatbush from "flatbush";
import {
  type Area,
  type Diagram,
  type ForeignKey,
  type Lookup,
  lookup,
  type Note,
  type Position,
  type Schema,
  type Table,
  type TableId,
  type TintName,
  type View,
  type ViewId,
} from "#shared/model/index.ts";
import { box, type Box, HEADER, ROW, tableRows, viewRows } from "./boxes.ts";
import { around, contains, intersects, type Rect, type WorldPoint } from "./camera.ts";
import { distanceTo, route, type Route } from "./routes.ts";

export interface Scene {
  readonly boxes: readonly Box[];
  readonly byId: ReadonlyMap<string, Box>;
  readonly routes: readonly Route[];
  readonly routesOf: ReadonlyMap<string, readonly Route[]>;
  readonly areas: readonly Area[];
  readonly notes: readonly Note[];
  readonly tintOf: (id: string) => TintName;
  readonly bounds: Rect | null;
  readonly boxesIn: (rect: Rect) => readonly Box[];
  readonly routesIn: (rect: Rect) => readonly Route[];
}

export interface SceneInput {
  readonly schema: Schema;
  readonly diagram: Diagram;
  readonly shortType: (type: string) => string;
  /** Positions that are not committed yet: a drag under way. */
  readonly moved: ReadonlyMap<string, Position> | null;
}

/** What a scene is rebuilt from, remembered between snapshots. */
export class SceneBuilder {
  readonly #boxes = new Map<
    string,
    { readonly source: Table | View; readonly marks: Lookup; readonly at: Position; readonly box: Box }
  >();

  build({ schema, diagram, shortType, moved }: SceneInput): Scene {
    const find = lookup(schema);
    const boxes: Box[] = [];
    const place = (source: Table | View, kind: Box["kind"]): void => {
      const at = moved?.get(source.id) ?? diagram.positions.get(source.id);
      if (!at) return;
      const known = this.#boxes.get(source.id);
      const sameKeys = known?.marks === find || kind === "view";
      if (known?.source === source && sameKeys && known.at[0] === at[0] && known.at[1] === at[1])
        return void boxes.push(known.box);
      const moveOnly = known?.source === source && sameKeys;
      const rows = kind === "table" ? tableRows(source as Table, find.keyMark, shortType) : viewRows(source as View, shortType);
      const made = moveOnly ? { ...known.box, x: at[0], y: at[1] } : box(source.id, kind, source.name, rows, at);
      this.#boxes.set(source.id, { source, marks: find, at, box: made });
      boxes.push(made);
    };
    for (const table of schema.tables) place(table, "table");
    for (const view of schema.views) place(view, "view");
    return assemble(boxes, schema, find, diagram);
  }
}

function factsOf(
  key: ForeignKey,
  find: Lookup,
): { readonly optional: boolean; readonly identifying: boolean; readonly single: boolean } {
  const table = find.table(key.tableId);
  const primary = new Set<string>(table ? find.primaryKey(table) : []);
  const columns = new Set<string>(key.columns);
  const keys = table?.constraints ?? [];
  return {
    optional: key.columns.some((id) => find.column(key.tableId, id)?.notNull === false),
    identifying: key.columns.every((id) => primary.has(id)),
    single: keys.some((constraint) => "columns" in constraint && constraint.columns.every((id) => columns.has(id))),
  };
}

function assemble(boxes: readonly Box[], schema: Schema, find: Lookup, diagram: Diagram): Scene {
  const byId = new Map<string, Box>(boxes.map((item) => [item.id, item]));
  const routes: Route[] = [];
  const routesOf = new Map<string, Route[]>();
  const hang = (id: string, made: Route): void => {
    const list = routesOf.get(id);
    if (list) list.push(made);
    else routesOf.set(id, [made]);
  };
  for (const key of schema.foreignKeys) {
    const [from, to] = [byId.get(key.tableId), byId.get(key.refTableId)];
    if (!from || !to) continue;
    const made = route(key, from, to, factsOf(key, find), routesOf.get(key.tableId)?.length ?? 0);
    routes.push(made);
    hang(key.tableId, made);
    if (key.refTableId !== key.tableId) hang(key.refTableId, made);
  }
  const boxIndex = indexOf(boxes);
  const routeIndex = indexOf(routes.map(({ bounds }) => bounds));
  const pieces: Rect[] = [...diagram.areas, ...diagram.notes].map(({ at, size }) => ({
    x: at[0],
    y: at[1],
    width: size[0],
    height: size[1],
  }));
  return {
    boxes,
    byId,
    routes,
    routesOf,
    areas: diagram.areas,
    notes: diagram.notes,
    tintOf: (id) => diagram.tints.get(id as TableId | ViewId) ?? "teal",
    bounds: around([...boxes, ...pieces]),
    boxesIn: (rect) => search(boxIndex, rect).flatMap((at) => boxes[at] ?? []),
    routesIn: (rect) => search(routeIndex, rect).flatMap((at) => routes[at] ?? []),
  };
}

function indexOf(rects: readonly Rect[]): Flatbush | null {
  if (rects.length === 0) return null;
  const index = new Flatbush(rects.length);
  for (const { x, y, width, height } of rects) index.add(x, y, x + width, y + height);
  index.finish();
  return index;
}

function search(index: Flatbush | null, { x, y, width, height }: Rect): number[] {
  return index ? index.search(x, y, x + width, y + height).sort((a, b) => a - b) : [];
}

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
const rectOf = ({ at, size }: Area | Note): Rect => ({ x: at[0], y: at[1], width: size[0], height: size[1] });

/** What is under a point, the topmost first. `reach` is how far from a line still counts, in world pixels. */
export function hit(scene: Scene, point: WorldPoint, reach: number): Hit {
  const found = scene.boxesIn(near(point, 0.5)).at(-1);
  if (found) return { kind: "box", box: found };
  const note = scene.notes.findLast((item) => contains(rectOf(item), point));
  if (note) return { kind: "note", note };
  const closest = scene
    .routesIn(near(point, reach))
    .map((item) => ({ item, distance: distanceTo(item, point.x, point.y) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (closest && closest.distance <= reach) return { kind: "route", route: closest.item };
  const area = scene.areas.findLast((item) => contains(rectOf(item), point));
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
    areas: scene.areas.filter((area) => holds(rectOf(area))),
    notes: scene.notes.filter((note) => intersects(rect, rectOf(note))),
  };
}

/** Where a table's header, one of its rows, an area or a note stands; null when it is not in the scene. */
export function rectFor(scene: Scene, id: string, columnId: string | null): Rect | null {
  const box = scene.byId.get(id);
  const piece = [...scene.areas, ...scene.notes].find((item) => item.id === id);
  if (piece) return rectOf(piece);
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
