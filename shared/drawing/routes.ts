/** Relations as orthogonal paths from row to row, around the two tables they join. */
import type { ForeignKey } from "../model/index.ts";
import { type Box, rowMiddle } from "./boxes.ts";
import { around, type Rect } from "./rect.ts";
import type { Cardinality } from "./cardinality.ts";

const STUB = 22;
const SPREAD = 6;

export type RoutePoint = readonly [x: number, y: number];

export interface Route extends Cardinality {
  readonly key: ForeignKey;
  readonly points: readonly RoutePoint[];
  /** Which way each end leaves its table: -1 left, 1 right. */
  readonly fromSide: -1 | 1;
  readonly toSide: -1 | 1;
  readonly bounds: Rect;
  /** Keeps routes of one table apart where they turn. */
  readonly lane: number;
}

const left = (box: Box): number => box.x;
const right = (box: Box): number => box.x + box.width;

/** The path of a relation from one box to the other; to itself, around its side. */
export function route(key: ForeignKey, from: Box, to: Box, cardinality: Cardinality, lane: number): Route {
  const y1 = from.y + rowMiddle(from, key.columns[0] ?? null);
  const y2 = to.y + rowMiddle(to, key.refColumns[0] ?? null);
  const shift = (lane % 5) * SPREAD;
  let points: RoutePoint[];
  let fromSide: -1 | 1 = 1;
  let toSide: -1 | 1 = -1;
  if (right(from) + 2 * STUB <= left(to)) {
    const x = Math.min(left(to) - STUB, (right(from) + left(to)) / 2 + shift - 2 * SPREAD);
    points = [
      [right(from), y1],
      [x, y1],
      [x, y2],
      [left(to), y2],
    ];
  } else if (right(to) + 2 * STUB <= left(from)) {
    [fromSide, toSide] = [-1, 1];
    const x = Math.max(right(to) + STUB, (right(to) + left(from)) / 2 - shift + 2 * SPREAD);
    points = [
      [left(from), y1],
      [x, y1],
      [x, y2],
      [right(to), y2],
    ];
  } else {
    // Side by side there is no room: both ends leave on the side that is nearer.
    const rightward = Math.abs(right(from) - right(to)) <= Math.abs(left(from) - left(to));
    [fromSide, toSide] = rightward ? [1, 1] : [-1, -1];
    const x = rightward ? Math.max(right(from), right(to)) + STUB + shift : Math.min(left(from), left(to)) - STUB - shift;
    points = rightward
      ? [
          [right(from), y1],
          [x, y1],
          [x, y2],
          [right(to), y2],
        ]
      : [
          [left(from), y1],
          [x, y1],
          [x, y2],
          [left(to), y2],
        ];
  }
  const bounds = around(points.map(([x, y]) => ({ x: x - 8, y: y - 8, width: 16, height: 16 })));
  const { optional, identifying, single } = cardinality;
  return {
    key,
    points,
    fromSide,
    toSide,
    bounds: bounds ?? { x: 0, y: 0, width: 0, height: 0 },
    lane,
    optional,
    identifying,
    single,
  };
}

/** The radius of a round corner. */
const CORNER = 8;

const distance = (a: RoutePoint, b: RoutePoint): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** How far a round corner reaches into its stretches. */
export const reachOf = (corner: RoutePoint, before: RoutePoint, after: RoutePoint): number =>
  Math.min(CORNER, distance(corner, before) / 2, distance(corner, after) / 2);

/** The point so far from the first on the way to the second. */
export function toward(from: RoutePoint, to: RoutePoint, by: number): RoutePoint {
  const whole = distance(from, to);
  return whole === 0 ? from : [from[0] + ((to[0] - from[0]) * by) / whole, from[1] + ((to[1] - from[1]) * by) / whole];
}

/** Distance from a point to the nearest stretch of a route. */
export function distanceTo({ points }: Pick<Route, "points">, x: number, y: number): number {
  let best = Infinity;
  for (let at = 1; at < points.length; at += 1) {
    const [a, b] = [points[at - 1], points[at]];
    if (!a || !b) continue;
    const [lowX, highX] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
    const [lowY, highY] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
    const dx = Math.max(lowX - x, 0, x - highX);
    const dy = Math.max(lowY - y, 0, y - highY);
    best = Math.min(best, Math.hypot(dx, dy));
  }
  return best;
}

/** Does a path of level and upright stretches come into a rectangle? Its bounds may, and it go around. */
export const crosses = (points: readonly RoutePoint[], { x, y, width, height }: Rect): boolean =>
  points.some(([toX, toY], at) => {
    const [fromX, fromY] = points[at - 1] ?? [toX, toY];
    const [low, high] = [Math.min(fromX, toX), Math.max(fromX, toX)];
    return low <= x + width && high >= x && Math.min(fromY, toY) <= y + height && Math.max(fromY, toY) >= y;
  });

/**
 * The path cut to what is near a rectangle, the same to the eye: what lies far outside is drawn in by whole periods of a dash, so
 * that dashes stay where they are. Painting a dash costs as much out of sight as in it.
 */
export function cutTo(points: readonly RoutePoint[], { x, y, width, height }: Rect, period: number): readonly RoutePoint[] {
  const drawnIn = (value: number, low: number, high: number): number => {
    if (value > high) return value - period * Math.floor((value - high) / period);
    return value < low ? value + period * Math.floor((low - value) / period) : value;
  };
  return points.map(([px, py]) => [drawnIn(px, x, x + width), drawnIn(py, y, y + height)] as const);
}

/** A point in the middle of a relation's path, as a rectangle without size; null for none. */
export function middleOf(route: Route | null): Rect | null {
  const points = route?.points ?? [];
  const [from, to] = [points[Math.floor((points.length - 1) / 2)], points[Math.ceil((points.length - 1) / 2)]];
  return from && to ? { x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, width: 0, height: 0 } : null;
}
