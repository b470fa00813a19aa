/** The handles of what a person may size: an area or a note, by its corners and sides. */
import type { Rect } from "#shared/drawing/index.ts";
import type { WorldPoint } from "./camera.ts";

/** Which sides go with it: -1 left or top, 1 right or bottom, 0 none. */
export interface Handle {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** Corners first: they win where a small thing has its handles close together. */
const HANDLES: readonly Handle[] = [
  { x: 1, y: 1 },
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
];
/** No smaller than this, world pixels. */
const SMALLEST = 60;

/** The middles of all handles. */
export const handleSpots = (rect: Rect): readonly WorldPoint[] => HANDLES.map((handle) => spotOf(rect, handle));

/** The handle under a point. `reach` is how far from its middle still counts, in world pixels. */
export const handleAt = (rect: Rect, { x, y }: WorldPoint, reach: number): Handle | null =>
  HANDLES.find((handle) => {
    const spot = spotOf(rect, handle);
    return Math.abs(spot.x - x) <= reach && Math.abs(spot.y - y) <= reach;
  }) ?? null;

/** The rectangle with a handle drawn so far; the sides that do not go with it stay. */
export function resized(rect: Rect, handle: Handle, dx: number, dy: number): Rect {
  const [x, width] = drawn(rect.x, rect.width, handle.x, dx);
  const [y, height] = drawn(rect.y, rect.height, handle.y, dy);
  return { x, y, width, height };
}

export function cursorOf({ x, y }: Handle): string {
  if (x === 0) return "ns-resize";
  if (y === 0) return "ew-resize";
  return x === y ? "nwse-resize" : "nesw-resize";
}

const spotOf = ({ x, y, width, height }: Rect, handle: Handle): WorldPoint => ({
  x: x + (width * (handle.x + 1)) / 2,
  y: y + (height * (handle.y + 1)) / 2,
});

function drawn(start: number, length: number, side: -1 | 0 | 1, by: number): readonly [start: number, length: number] {
  const least = Math.min(SMALLEST, length);
  const next = Math.round(Math.max(least, length + side * by));
  return [side === -1 ? start + length - next : start, next];
}
