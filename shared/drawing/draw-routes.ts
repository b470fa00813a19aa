/** Relations as figures: round corners, solid where they are part of the child's identity, ends as crow's feet. */
import { circle, corner, type Figure, lines, type Step, stroked } from "./figures.ts";
import { reachOf, type Route, type RoutePoint, toward } from "./routes.ts";

const WIDTH = 1.4;
const DASH = [8, 4];

function steps(points: readonly RoutePoint[]): Step[] {
  return points.flatMap((point, at): Step[] => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before) return [{ kind: "move", to: point }];
    if (!after) return [{ kind: "line", to: point }];
    const reach = reachOf(point, before, after);
    const [start, end] = [toward(point, before, reach), toward(point, after, reach)];
    return [{ kind: "line", to: start }, corner(start, point, end)];
  });
}

const mark = (...points: readonly RoutePoint[]): Figure => stroked(lines(...points), "edge", WIDTH);
const ring = (x: number, y: number): Figure => stroked(circle(x, y, 3.5), "edge", WIDTH, [], "paper");
const bar = (x: number, y: number): Figure => mark([x, y - 5], [x, y + 5]);

/** How many children a parent may have: zero or more, or zero or one. */
function foot([x, y]: RoutePoint, side: -1 | 1, single: boolean): Figure[] {
  const toes = single ? [bar(x + side * 6, y)] : [mark([x, y - 5], [x + side * 10, y], [x, y + 5])];
  return [...toes, ring(x + side * 14, y)];
}

/** Whether a child may be without a parent: exactly one, or zero or one. */
function bars([x, y]: RoutePoint, side: -1 | 1, optional: boolean): Figure[] {
  return [bar(x + side * 6, y), optional ? ring(x + side * 13, y) : bar(x + side * 10, y)];
}

export function routeFigure({ key, points, identifying, fromSide, toSide, single, optional }: Route): Figure {
  const [from, to] = [points[0], points.at(-1)];
  const figures = [
    stroked(steps(points), "edge", WIDTH, identifying ? [] : DASH),
    ...(from ? foot(from, fromSide, single) : []),
    ...(to ? bars(to, toSide, optional) : []),
  ];
  return { kind: "group", role: "relation", name: key.name, figures };
}
