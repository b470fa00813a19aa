/** Two fingers on the canvas. */
import { type Camera, type ScreenPoint, toWorld, zoomedAt } from "./camera.ts";

export type Fingers = readonly [ScreenPoint, ScreenPoint];

const middle = ([a, b]: Fingers): ScreenPoint => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
/** Fingers nearer than this to each other say nothing of a zoom, CSS pixels. */
const NEAREST = 10;
const apart = ([a, b]: Fingers): number => Math.max(NEAREST, Math.hypot(a.x - b.x, a.y - b.y));

/** The camera that keeps under the fingers what was under them when they came down. */
export function pinched(camera: Camera, from: Fingers, to: Fingers): Camera {
  const held = toWorld(camera, middle(from));
  const { zoom } = zoomedAt(camera, middle(from), (camera.zoom * apart(to)) / apart(from));
  const now = middle(to);
  return { x: held.x - now.x / zoom, y: held.y - now.y / zoom, zoom };
}
