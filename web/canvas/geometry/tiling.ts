/**
 * The world at one zoom, cut into tiles of equal size. A tile is painted once and then only moved, so that panning costs what
 * comes into view and zooming what a new level costs, not a frame's worth of painting in every frame.
 */
import type { Rect } from "#shared/drawing/index.ts";
import { type Camera, MIN_ZOOM, type Size } from "./camera.ts";

/** Where the tiles of one zoom lie: the first one's top left in the world, and the size of each in CSS pixels. */
export interface Level {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly tile: Size;
}

/** A tile by its place in the level. */
export interface Spot {
  readonly column: number;
  readonly row: number;
}

/** About this large, CSS pixels: smaller ones repeat what crosses their edges, larger ones cannot be spread over frames. */
const SIDE = 256;
/** How far a level may be shrunk or stretched while a zoom goes on. */
const LEAST = 0.75;
const MOST = 1.5;
/** Beyond these a stretched picture tells nothing: the new one is painted at once. */
const FAR = { least: 0.4, most: 2.5 } as const;

/** A level whose tiles begin at the camera's top left and fill the view, each a whole number of the screen's pixels. */
export function levelAt({ x, y, zoom }: Camera, view: Size, ratio: number): Level {
  const side = (length: number): number => {
    const parts = Math.max(1, Math.round(length / SIDE));
    return Math.max(1, Math.ceil((length * ratio) / parts)) / ratio;
  };
  return { x, y, zoom, tile: { width: side(view.width), height: side(view.height) } };
}

/** The camera of the level that follows: where a view shrinks it is further out, so that one level serves for longer. */
export function ahead(camera: Camera, view: Size, shrinks: boolean): Camera {
  const zoom = shrinks ? Math.max(MIN_ZOOM, camera.zoom * LEAST) : camera.zoom;
  const [width, height] = [view.width / 2, view.height / 2];
  return {
    x: camera.x + width / camera.zoom - width / zoom,
    y: camera.y + height / camera.zoom - height / zoom,
    zoom,
  };
}

/** What a level needs to be at a zoom: `fit` as it is, `worn` a new one soon, `far` a new one before anything is shown. */
export function wear(level: Level, zoom: number, steady: boolean): "fit" | "worn" | "far" {
  const by = zoom / level.zoom;
  if (by < FAR.least || by > FAR.most) return "far";
  if (Math.abs(by - 1) < 1e-9) return "fit";
  return steady || by < LEAST || by > MOST ? "worn" : "fit";
}

export const rectOfTile = ({ x, y, zoom, tile }: Level, { column, row }: Spot): Rect => ({
  x: x + (column * tile.width) / zoom,
  y: y + (row * tile.height) / zoom,
  width: tile.width / zoom,
  height: tile.height / zoom,
});

/** The tiles that show some of a rectangle, those nearest to its middle first. */
export function spotsIn({ x, y, zoom, tile }: Level, rect: Rect): readonly Spot[] {
  // A hair less, so that a rectangle that ends where a tile begins does not ask for it.
  const hair = 1e-6;
  const first = (from: number, origin: number, side: number): number => Math.floor(((from - origin) * zoom) / side + hair);
  const last = (to: number, origin: number, side: number): number => Math.ceil(((to - origin) * zoom) / side - hair) - 1;
  const [left, right] = [first(rect.x, x, tile.width), last(rect.x + rect.width, x, tile.width)];
  const [top, bottom] = [first(rect.y, y, tile.height), last(rect.y + rect.height, y, tile.height)];
  const spots: Spot[] = [];
  for (let row = top; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) spots.push({ column, row });
  const away = ({ column, row }: Spot): number => Math.hypot(column - (left + right) / 2, row - (top + bottom) / 2);
  return spots.sort((a, b) => away(a) - away(b));
}

/** A rectangle of the world, so many tiles larger on each side. */
export function ringed({ zoom, tile }: Level, { x, y, width, height }: Rect, tiles: number): Rect {
  const [dx, dy] = [(tiles * tile.width) / zoom, (tiles * tile.height) / zoom];
  return { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy };
}

/** How a level is laid under a camera: its first tile's place in CSS pixels, on whole pixels of the screen unless it is scaled. */
export function placeOf(level: Level, camera: Camera, ratio: number): { x: number; y: number; scale: number } {
  const scale = camera.zoom / level.zoom;
  const [x, y] = [(level.x - camera.x) * camera.zoom, (level.y - camera.y) * camera.zoom];
  if (Math.abs(scale - 1) > 1e-9) return { x, y, scale };
  return { x: Math.round(x * ratio) / ratio, y: Math.round(y * ratio) / ratio, scale: 1 };
}
