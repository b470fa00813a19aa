/** What pictures are made of: rectangles, paths, circles and texts in the colours of a theme, in groups that say what they are. */
import type { RoutePoint } from "./routes.ts";
import type { Rect } from "./rect.ts";
import type { ColourName } from "./theme.ts";
import type { Face } from "./letters.ts";

/** Where a path goes: to a point, in a line to it, or in a curve with two control points. */
export type Step =
  | { readonly kind: "move" | "line"; readonly to: RoutePoint }
  | { readonly kind: "curve"; readonly by: readonly [RoutePoint, RoutePoint]; readonly to: RoutePoint }
  | { readonly kind: "close" };

interface Stroke {
  readonly colour: ColourName;
  readonly width: number;
  /** Lengths of dashes and gaps; empty for a whole line. */
  readonly dash: readonly number[];
}

interface Outlined {
  readonly fill: ColourName | null;
  /** Of the filling, 0 to 1. */
  readonly opacity: number;
  readonly stroke: Stroke | null;
}

export type Figure =
  | (Outlined & { readonly kind: "path"; readonly steps: readonly Step[] })
  | {
      readonly kind: "text";
      readonly text: string;
      /** On the base line; `end` texts end there. */
      readonly at: RoutePoint;
      readonly anchor: "start" | "end";
      readonly face: Face;
      readonly size: number;
      readonly fill: ColourName;
    }
  | {
      readonly kind: "group";
      readonly role: "area" | "relation" | "table" | "view" | "note";
      readonly name: string;
      readonly figures: readonly Figure[];
    };

/** Of a quarter of a circle with radius 1, how far its control points stand from its ends. */
const ROUND = 0.5523;

type Corners = readonly [topLeft: number, topRight: number, bottomRight: number, bottomLeft: number];

const move = (...to: RoutePoint): Step => ({ kind: "move", to });
const line = (...to: RoutePoint): Step => ({ kind: "line", to });

/** A round corner from the end of one stretch to the beginning of the next. */
export function corner(from: RoutePoint, at: RoutePoint, to: RoutePoint): Step {
  const near = ([x, y]: RoutePoint): RoutePoint => [x + (at[0] - x) * ROUND, y + (at[1] - y) * ROUND];
  return { kind: "curve", by: [near(from), near(to)], to };
}

export function roundRect({ x, y, width, height }: Rect, radius: number | Corners): Step[] {
  const [right, bottom] = [x + width, y + height];
  const most = Math.max(0, Math.min(width, height) / 2);
  const corners = (typeof radius === "number" ? [radius, radius, radius, radius] : radius).map((r) => Math.min(r, most));
  const [a = 0, b = 0, c = 0, d = 0] = corners;
  const rounded = (from: RoutePoint, at: RoutePoint, to: RoutePoint): Step[] =>
    from[0] === to[0] && from[1] === to[1] ? [] : [corner(from, at, to)];
  return [
    move(x + a, y),
    line(right - b, y),
    ...rounded([right - b, y], [right, y], [right, y + b]),
    line(right, bottom - c),
    ...rounded([right, bottom - c], [right, bottom], [right - c, bottom]),
    line(x + d, bottom),
    ...rounded([x + d, bottom], [x, bottom], [x, bottom - d]),
    line(x, y + a),
    ...rounded([x, y + a], [x, y], [x + a, y]),
    { kind: "close" },
  ];
}

export function circle(x: number, y: number, radius: number): Step[] {
  return roundRect({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, radius);
}

export const lines = (...points: readonly RoutePoint[]): Step[] => points.map((to, at) => (at === 0 ? move(...to) : line(...to)));

export const filled = (steps: readonly Step[], fill: ColourName, opacity = 1): Figure => ({
  kind: "path",
  steps,
  fill,
  opacity,
  stroke: null,
});

export const stroked = (
  steps: readonly Step[],
  colour: ColourName,
  width: number,
  dash: readonly number[] = [],
  fill: ColourName | null = null,
): Figure => ({
  kind: "path",
  steps,
  fill,
  opacity: 1,
  stroke: { colour, width, dash },
});
