/**
 * The painter: everything of a scene that the camera sees, at the level of detail that the zoom deserves. No framework, no state
 * but caches; the same call paints a tile of the canvas and an exported picture.
 */
import type { Rect, Scene } from "#shared/drawing/index.ts";
import { type Camera, type Size, visible } from "../geometry/camera.ts";
import { handleSpots } from "../geometry/handles.ts";
import { type Brush, inset, type OverState, type PaintState } from "./brush.ts";
import { detailAt } from "./detail.ts";
import { paintArea, paintAreaName, paintNote } from "./pieces.ts";
import { paintRoute } from "./routes.ts";
import { paintBox } from "./tables.ts";
import { type Pen, TextFitter } from "./text.ts";
import type { Theme } from "./theme.ts";

/** Boxes reach a little beyond their rectangles, world pixels. */
const MARGIN = 40;
/** The side of a handle, CSS pixels. */
const HANDLE = 8;
/** The side of a dot of the paper, CSS pixels. */
const DOT = 1.4;

/** Where and how to paint. */
interface Frame {
  readonly camera: Camera;
  readonly view: Size;
  /** Pixels of the canvas for each CSS pixel. */
  readonly ratio: number;
  readonly theme: Theme;
  readonly state: PaintState;
  /** What is to be painted, in world pixels, where that is not all that the camera sees. */
  readonly part?: Rect;
}

export class Painter {
  readonly #fitter = new TextFitter();

  forgetText(): void {
    this.#fitter.clear();
  }

  /** Paints a scene, on paper or on nothing. */
  paint(context: Pen, frame: Frame, scene: Scene, paper: boolean): void {
    const { camera, view, ratio, theme } = frame;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (paper) {
      context.fillStyle = theme.color.paper;
      context.fillRect(0, 0, view.width, view.height);
      paintDots(context, camera, view, theme);
    } else context.clearRect(0, 0, view.width, view.height);
    paintScene(this.#brush(context, frame), scene);
  }

  /** Paints what a gesture shows, on nothing. */
  paintOver(context: Pen, frame: Frame, over: OverState): void {
    const { view, ratio, state } = frame;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const brush = this.#brush(context, frame);
    for (const route of over.routes) paintRoute(brush, route, state.lit.has(route.key.id));
    overlays(brush, over);
  }

  /** A brush for the world under a camera. */
  #brush(context: Pen, { camera, view, ratio, theme, state, part }: Frame): Brush {
    const { zoom } = camera;
    const seen = visible(camera, view);
    const scale = zoom * ratio;
    context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
    return { context, theme, zoom, detail: detailAt(zoom), seen, part: part ?? seen, fitter: this.#fitter, state };
  }
}

function paintScene(brush: Brush, scene: Scene): void {
  const { part, state, theme, detail } = brush;
  const wide = inset(part, -MARGIN);
  const routes = scene.routesIn(wide);
  for (const area of scene.areas) paintArea(brush, area);
  for (const route of routes) if (!state.lit.has(route.key.id)) paintRoute(brush, route, false);
  for (const box of scene.boxesIn(wide)) paintBox(brush, box, theme.tint[scene.tintOf(box.id)]);
  for (const route of routes) if (state.lit.has(route.key.id)) paintRoute(brush, route, true);
  for (const note of scene.notes) paintNote(brush, note);
  if (detail === "areas") for (const area of scene.areas) paintAreaName(brush, area);
}

function paintDots(context: Pen, camera: Camera, view: Size, theme: Theme): void {
  let step = 20 * camera.zoom;
  while (step < 14) step *= 4;
  // From before the edge: of a dot that begins there, some may reach in.
  const start = (at: number): number => -((((at * camera.zoom) % step) + step) % step);
  context.fillStyle = theme.color.dot;
  for (let x = start(camera.x); x < view.width; x += step)
    for (let y = start(camera.y); y < view.height; y += step) context.fillRect(x, y, DOT, DOT);
}

function overlays({ context, zoom, theme }: Brush, { marquee, drawing, handles }: OverState): void {
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
