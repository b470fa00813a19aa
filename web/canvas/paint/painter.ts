/**
 * The painter: everything of a scene that the camera sees, at the level of detail that the zoom deserves. No framework, no state
 * but caches; the same call paints the canvas and an exported picture.
 */
import { type Camera, type Size, visible } from "../geometry/camera.ts";
import { handleSpots } from "../geometry/handles.ts";
import type { Scene } from "../geometry/scene.ts";
import { type Brush, inset, type PaintState } from "./brush.ts";
import { detailAt } from "./detail.ts";
import { paintArea, paintAreaName, paintNote } from "./pieces.ts";
import { paintRoute } from "./routes.ts";
import { paintBox } from "./tables.ts";
import { TextFitter } from "./text.ts";
import type { Theme } from "./theme.ts";

/** Boxes reach a little beyond their rectangles, world pixels. */
const MARGIN = 40;
/** The side of a handle, CSS pixels. */
const HANDLE = 8;

interface Frame {
  readonly scene: Scene;
  readonly camera: Camera;
  readonly view: Size;
  /** Pixels of the canvas for each CSS pixel. */
  readonly ratio: number;
  readonly theme: Theme;
  readonly state: PaintState;
}

export class Painter {
  readonly #fitter = new TextFitter();

  forgetText(): void {
    this.#fitter.clear();
  }

  paint(context: CanvasRenderingContext2D, { scene, camera, view, ratio, theme, state }: Frame): void {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = theme.color.paper;
    context.fillRect(0, 0, view.width, view.height);
    paintDots(context, camera, view, theme);
    const { zoom } = camera;
    const scale = zoom * ratio;
    context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
    const seen = visible(camera, view);
    paintScene({ context, theme, zoom, detail: detailAt(zoom), seen, fitter: this.#fitter, state }, scene);
  }
}

function paintScene(brush: Brush, scene: Scene): void {
  const { seen, state, theme, detail } = brush;
  const wide = inset(seen, -MARGIN);
  const routes = scene.routesIn(wide);
  for (const area of scene.areas) paintArea(brush, area);
  for (const route of routes) if (!state.lit.has(route.key.id)) paintRoute(brush, route, false);
  for (const box of scene.boxesIn(wide)) paintBox(brush, box, theme.tint[scene.tintOf(box.id)]);
  for (const route of routes) if (state.lit.has(route.key.id)) paintRoute(brush, route, true);
  for (const note of scene.notes) paintNote(brush, note);
  if (detail === "areas") for (const area of scene.areas) paintAreaName(brush, area);
  overlays(brush);
}

function paintDots(context: CanvasRenderingContext2D, camera: Camera, view: Size, theme: Theme): void {
  let step = 20 * camera.zoom;
  while (step < 14) step *= 4;
  const [startX, startY] = [-((camera.x * camera.zoom) % step), -((camera.y * camera.zoom) % step)];
  context.fillStyle = theme.color.dot;
  for (let x = startX; x < view.width; x += step)
    for (let y = startY; y < view.height; y += step) context.fillRect(x, y, 1.4, 1.4);
}

function overlays({ context, zoom, theme, state: { marquee, drawing, handles } }: Brush): void {
  context.lineWidth = 1 / zoom;
  context.strokeStyle = theme.color.accent;
  const side = HANDLE / zoom;
  context.fillStyle = theme.color.surface;
  for (const { x, y } of handles ? handleSpots(handles) : []) {
    context.fillRect(x - side / 2, y - side / 2, side, side);
    context.strokeRect(x - side / 2, y - side / 2, side, side);
  }
  if (marquee) {
    context.fillStyle = theme.color.area;
    context.fillRect(marquee.x, marquee.y, marquee.width, marquee.height);
    context.strokeRect(marquee.x, marquee.y, marquee.width, marquee.height);
  }
  if (drawing) {
    context.lineWidth = 2 / zoom;
    context.beginPath();
    context.moveTo(...drawing[0]);
    context.lineTo(...drawing[1]);
    context.stroke();
  }
}
