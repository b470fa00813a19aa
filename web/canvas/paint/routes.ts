/** Relations: lines with round corners, solid where they are part of the child's identity, and the ends of the chosen notation. */
import { crosses, cutTo, reachOf, type Rect, type Route, type RoutePoint, toward } from "#shared/drawing/index.ts";
import { contains } from "../geometry/camera.ts";
import { type Brush, inset } from "./brush.ts";
import { hasEnds } from "./detail.ts";
import { ENDS, line } from "./ends.ts";
import type { Pen } from "./text.ts";

/** A dash and its gap, world pixels; longer from afar, where short ones would be a grey line at the price of many. */
const DASH = [8, 4] as const;
const LONG_DASH = [16, 8] as const;
const LONG_BELOW = 0.7;
/** How far corners and ends reach beyond the path, world pixels. */
const MARGIN = 40;

export function paintRoute({ context, theme, zoom, seen, part }: Brush, route: Route, lit: boolean): void {
  const ends = hasEnds(zoom);
  if (!crosses(route.points, inset(part, -MARGIN))) return;
  // Cut as for all that is seen: a line that is cut elsewhere is not the same to the last pixel.
  const near: Rect = inset(seen, -MARGIN);
  context.strokeStyle = lit ? theme.color.accent : theme.color.edge;
  context.lineWidth = Math.max(lit ? 2 : 1.4, (lit ? 1.6 : 0.8) / zoom);
  const dash = zoom < LONG_BELOW ? LONG_DASH : DASH;
  if (!ends) return solid(context, route.points, near);
  const points = cutTo(route.points, near, dash[0] + dash[1]);
  if (route.identifying) {
    context.beginPath();
    trace(context, points);
    context.stroke();
  } else dashed(context, points, dash, near);
  const [from, to] = [route.points[0], route.points.at(-1)];
  const paint = ENDS[theme.notation];
  if (from && contains(near, at(from))) paint.child({ context, theme, zoom, at: from, side: route.fromSide }, route);
  if (to && contains(near, at(to))) paint.parent({ context, theme, zoom, at: to, side: route.toSide }, route);
}

const at = ([x, y]: RoutePoint): { readonly x: number; readonly y: number } => ({ x, y });

/** From afar: each stretch that is near as a rectangle, which is what costs least without a graphics card. */
function solid(context: Pen, points: readonly RoutePoint[], near: Rect): void {
  const width = context.lineWidth;
  context.fillStyle = context.strokeStyle;
  for (let place = 1; place < points.length; place += 1) {
    const [from, to] = [points[place - 1], points[place]];
    if (!from || !to || !crosses([from, to], near)) continue;
    const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
    context.fillRect(x - width / 2, y - width / 2, Math.abs(to[0] - from[0]) + width, Math.abs(to[1] - from[1]) + width);
  }
}

function trace(context: Pen, points: readonly RoutePoint[]): void {
  points.forEach(([x, y], place) => {
    const [before, after] = [points[place - 1], points[place + 1]];
    if (!before) context.moveTo(x, y);
    else if (!after) context.lineTo(x, y);
    else context.arcTo(x, y, after[0], after[1], reachOf([x, y], before, after));
  });
}

/** Stretch by stretch, the corners whole: a dash along a single line costs a third of one along a path. */
function dashed(context: Pen, points: readonly RoutePoint[], dash: readonly [number, number], near: Rect): void {
  context.setLineDash([...dash]);
  points.slice(1).forEach((to, place) => {
    const from = points[place];
    if (!from || !crosses([from, to], near)) return;
    const [before, after] = [points[place - 1], points[place + 2]];
    const start = before ? toward(from, to, reachOf(from, before, to)) : from;
    const end = after ? toward(to, from, reachOf(to, from, after)) : to;
    line(context, ...start, ...end);
  });
  context.setLineDash([]);
  if (!points.slice(1, -1).some((corner) => contains(near, at(corner)))) return;
  context.beginPath();
  points.forEach((corner, place) => {
    const [before, after] = [points[place - 1], points[place + 1]];
    if (!before || !after || !contains(near, at(corner))) return;
    const reach = reachOf(corner, before, after);
    context.moveTo(...toward(corner, before, reach));
    context.arcTo(...corner, ...after, reach);
  });
  context.stroke();
}
