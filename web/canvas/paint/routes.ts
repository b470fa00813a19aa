/** Relations: lines with round corners and crow's feet (one and only one, zero or one, one or many, zero or many). */
import { contains, type Rect } from "../geometry/camera.ts";
import { crosses, cutTo, type Route, type RoutePoint } from "../geometry/routes.ts";
import { type Brush, inset } from "./brush.ts";
import { hasEnds } from "./detail.ts";
import type { Theme } from "./theme.ts";

const CORNER = 8;
const DASH = [6, 3] as const;
/** How far corners and ends reach beyond the path, world pixels. */
const MARGIN = 40;

export function paintRoute({ context, theme, zoom, seen }: Brush, route: Route, lit: boolean): void {
  const ends = hasEnds(zoom);
  const near: Rect = inset(seen, -MARGIN);
  if (!crosses(route.points, near)) return;
  context.strokeStyle = lit ? theme.color.accent : theme.color.edge;
  context.lineWidth = Math.max(lit ? 2 : 1.4, (lit ? 1.6 : 0.8) / zoom);
  if (!route.identifying && ends) context.setLineDash([...DASH]);
  context.beginPath();
  trace(context, cutTo(route.points, near, DASH[0] + DASH[1]), ends);
  context.stroke();
  context.setLineDash([]);
  if (!ends) return;
  const [from, to] = [route.points[0], route.points.at(-1)];
  if (from && contains(near, at(from))) many(context, from, route.fromSide, route.single, theme);
  if (to && contains(near, at(to))) one(context, to, route.toSide, route.optional, theme);
}

const at = ([x, y]: RoutePoint): { readonly x: number; readonly y: number } => ({ x, y });

function trace(context: CanvasRenderingContext2D, points: readonly RoutePoint[], round: boolean): void {
  points.forEach(([x, y], at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before) context.moveTo(x, y);
    else if (!after || !round) context.lineTo(x, y);
    else {
      const reach = Math.min(CORNER, Math.hypot(x - before[0], y - before[1]) / 2, Math.hypot(after[0] - x, after[1] - y) / 2);
      context.arcTo(x, y, after[0], after[1], reach);
    }
  });
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, theme: Theme): void {
  context.beginPath();
  context.arc(x, y, 3.5, 0, 2 * Math.PI);
  context.fillStyle = theme.color.paper;
  context.fill();
  context.stroke();
}

/** The child's end: zero or more, or zero or one where its key is unique. */
function many(context: CanvasRenderingContext2D, [x, y]: RoutePoint, side: number, single: boolean, theme: Theme): void {
  if (single) line(context, x + side * 6, y - 5, x + side * 6, y + 5);
  else {
    line(context, x, y - 5, x + side * 10, y);
    line(context, x, y + 5, x + side * 10, y);
  }
  circle(context, x + side * 14, y, theme);
}

/** The parent's end: exactly one, or zero or one where the child may be without. */
function one(context: CanvasRenderingContext2D, [x, y]: RoutePoint, side: number, optional: boolean, theme: Theme): void {
  line(context, x + side * 6, y - 5, x + side * 6, y + 5);
  if (optional) circle(context, x + side * 13, y, theme);
  else line(context, x + side * 10, y - 5, x + side * 10, y + 5);
}
