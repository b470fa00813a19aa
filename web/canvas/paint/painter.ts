/**
 * The painter: everything of a scene that the camera sees, at the level of detail that the zoom deserves. No framework, no state
 * but caches; the same call paints the canvas and an exported picture.
 */
import type { Area, Note } from "#shared/model/index.ts";
import { type Box, type BoxRow, HEADER, ROW } from "../geometry/boxes.ts";
import { type Camera, type Rect, type Size, visible } from "../geometry/camera.ts";
import type { Scene } from "../geometry/scene.ts";
import { paintRoute } from "./routes.ts";
import { TextFitter } from "./text.ts";
import type { Theme } from "./theme.ts";

/** From here on rows are words; below they are bars. */
const WORDS = 0.42;
/** From here on tables have rows at all; below they are blocks. */
const BARS = 0.16;
const RADIUS = 8;
const MARGIN = 40;

export interface PaintState {
  readonly selected: ReadonlySet<string>;
  readonly column: string | null;
  /** Relations that are lit: hovered or selected. */
  readonly lit: ReadonlySet<string>;
  /** Columns of lit relations. */
  readonly related: ReadonlySet<string>;
  /** Tables and columns that the engine refused. */
  readonly refused: ReadonlySet<string>;
  readonly marquee: Rect | null;
  /** A relation being drawn: from, to. */
  readonly drawing: readonly [readonly [number, number], readonly [number, number]] | null;
}

export class Painter {
  readonly #fitter = new TextFitter();

  forgetText(): void {
    this.#fitter.clear();
  }

  paint(
    context: CanvasRenderingContext2D,
    scene: Scene,
    camera: Camera,
    view: Size,
    ratio: number,
    theme: Theme,
    state: PaintState,
  ): void {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = theme.color.paper;
    context.fillRect(0, 0, view.width, view.height);
    paintDots(context, camera, view, theme);
    const scale = camera.zoom * ratio;
    context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
    const seen = visible(camera, view);
    const wide = { x: seen.x - MARGIN, y: seen.y - MARGIN, width: seen.width + 2 * MARGIN, height: seen.height + 2 * MARGIN };
    for (const area of scene.areas) this.#area(context, area, camera.zoom, theme, state);
    const routes = scene.routesIn(wide);
    for (const route of routes) if (!state.lit.has(route.key.id)) paintRoute(context, route, camera.zoom, theme, false);
    for (const box of scene.boxesIn(wide)) this.#box(context, scene, box, seen, camera.zoom, theme, state);
    for (const route of routes) if (state.lit.has(route.key.id)) paintRoute(context, route, camera.zoom, theme, true);
    for (const note of scene.notes) this.#note(context, note, theme, state);
    overlays(context, camera.zoom, theme, state);
  }

  #box(
    context: CanvasRenderingContext2D,
    scene: Scene,
    box: Box,
    seen: Rect,
    zoom: number,
    theme: Theme,
    state: PaintState,
  ): void {
    const tint = theme.tint[scene.tintOf(box.id)];
    if (zoom < BARS) return this.#block(context, box, tint, zoom, theme, state);
    const selected = state.selected.has(box.id);
    if (zoom >= WORDS) {
      context.fillStyle = "rgb(0 0 0 / 0.05)";
      roundRect(context, box.x, box.y + 2, box.width, box.height, RADIUS);
      context.fill();
    }
    context.fillStyle = theme.color.surface;
    roundRect(context, box.x, box.y, box.width, box.height, RADIUS);
    context.fill();
    context.save();
    context.clip();
    context.fillStyle = tint;
    context.fillRect(box.x, box.y, box.width, 3);
    const first = Math.max(0, Math.floor((seen.y - box.y - HEADER) / ROW));
    const last = Math.min(box.rows.length, Math.ceil((seen.y + seen.height - box.y - HEADER) / ROW));
    for (let at = first; at < last; at += 1) {
      const row = box.rows[at];
      if (row) this.#row(context, box, row, box.y + HEADER + at * ROW, zoom, theme, state);
    }
    this.#header(context, box, zoom, theme, state);
    context.restore();
    context.lineWidth = selected ? 1.5 : 1;
    context.strokeStyle = selected ? theme.color.accent : theme.color["line-strong"];
    roundRect(context, box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, RADIUS);
    context.stroke();
    if (selected) ring(context, box, theme);
  }

  #header(context: CanvasRenderingContext2D, box: Box, zoom: number, theme: Theme, state: PaintState): void {
    if (state.refused.has(box.id)) {
      context.fillStyle = theme.color.bad;
      context.beginPath();
      context.arc(box.x + box.width - 14, box.y + HEADER / 2 + 1, 4, 0, 2 * Math.PI);
      context.fill();
    }
    context.fillStyle = theme.color.line;
    context.fillRect(box.x, box.y + HEADER - 1, box.width, 1);
    const size = zoom < WORDS ? Math.min(22, 11 / zoom) : 13;
    const font = `600 ${String(size)}px ${theme.ui}`;
    context.font = font;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.fillStyle = theme.color.ink;
    context.fillText(this.#fitter.fit(context, box.title, font, box.width - 30), box.x + 10, box.y + HEADER / 2 + 1.5);
    if (box.kind === "view" && zoom >= WORDS) {
      context.font = `500 10px ${theme.ui}`;
      context.textAlign = "right";
      context.fillStyle = theme.color["ink-3"];
      context.fillText("VIEW", box.x + box.width - 10, box.y + HEADER / 2 + 1.5);
    }
  }

  #row(context: CanvasRenderingContext2D, box: Box, row: BoxRow, y: number, zoom: number, theme: Theme, state: PaintState): void {
    const id = row.columnId ?? "";
    const wash = state.refused.has(id)
      ? theme.color["bad-soft"]
      : state.column === id || state.related.has(id)
        ? theme.color["accent-soft"]
        : null;
    if (wash !== null && id !== "") {
      context.fillStyle = wash;
      context.fillRect(box.x, y, box.width, ROW);
    }
    const middle = y + ROW / 2;
    if (zoom < WORDS) {
      context.fillStyle = theme.color.line;
      context.fillRect(box.x + 28, middle - 3, Math.min(box.width * 0.5, row.name.length * 6), 6);
      context.fillRect(
        box.x + box.width - 10 - Math.min(60, row.type.length * 5),
        middle - 3,
        Math.min(60, row.type.length * 5),
        6,
      );
      return;
    }
    context.textBaseline = "middle";
    context.textAlign = "left";
    if (row.mark) {
      context.font = `600 10px ${theme.ui}`;
      context.fillStyle = theme.color["ink-3"];
      context.fillText(row.mark, box.x + 10, middle + 0.5);
    }
    const code = `11.5px ${theme.code}`;
    context.font = code;
    const typeWidth = Math.min(box.width * 0.5, row.type.length * 6.95);
    const type = this.#fitter.fit(context, row.type, code, typeWidth);
    context.textAlign = "right";
    context.fillStyle = theme.color["ink-3"];
    context.fillText(type, box.x + box.width - 10, middle + 0.5);
    const font = `${row.mark === "PK" ? "600" : "400"} 12.5px ${theme.ui}`;
    context.font = font;
    context.textAlign = "left";
    context.fillStyle = theme.color.ink;
    context.fillText(this.#fitter.fit(context, row.name, font, box.width - 48 - typeWidth), box.x + 30, middle + 0.5);
  }

  /** Far away: a coloured block with a name that can be read. */
  #block(context: CanvasRenderingContext2D, box: Box, tint: string, zoom: number, theme: Theme, state: PaintState): void {
    context.fillStyle = state.refused.has(box.id) ? theme.color["bad-soft"] : theme.color.surface;
    context.fillRect(box.x, box.y, box.width, box.height);
    context.fillStyle = tint;
    context.globalAlpha = state.selected.has(box.id) ? 0.6 : 0.22;
    context.fillRect(box.x, box.y, box.width, box.height);
    context.globalAlpha = 1;
    context.fillRect(box.x, box.y, box.width, Math.max(3, 2 / zoom));
    if (zoom < 0.05) return;
    const size = Math.min(9.5 / zoom, box.height * 0.5);
    const font = `600 ${String(Math.round(size))}px ${theme.ui}`;
    context.font = font;
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.fillStyle = theme.color.ink;
    context.fillText(this.#fitter.fit(context, box.title, font, box.width - 8), box.x + box.width / 2, box.y + box.height / 2);
  }

  #area(context: CanvasRenderingContext2D, area: Area, zoom: number, theme: Theme, state: PaintState): void {
    const [x, y] = area.at;
    const [width, height] = area.size;
    roundRect(context, x, y, width, height, 14);
    context.fillStyle = theme.tint[area.tint];
    context.globalAlpha = 0.06;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = state.selected.has(area.id) ? 2 : 1;
    context.strokeStyle = state.selected.has(area.id) ? theme.color.accent : theme.color["line-strong"];
    context.setLineDash([5, 4]);
    context.stroke();
    context.setLineDash([]);
    const size = Math.max(12, Math.min(64, 12 / zoom));
    context.font = `600 ${String(size)}px ${theme.ui}`;
    context.textBaseline = "top";
    context.textAlign = "left";
    context.fillStyle = theme.color["ink-2"];
    context.fillText(area.name, x + 14, y + 9);
  }

  #note(context: CanvasRenderingContext2D, note: Note, theme: Theme, state: PaintState): void {
    const [x, y] = note.at;
    const [width, height] = note.size;
    roundRect(context, x, y, width, height, 6);
    context.fillStyle = theme.color["warn-soft"];
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = state.selected.has(note.id) ? theme.color.accent : theme.color["line-strong"];
    context.stroke();
    context.font = `12.5px ${theme.ui}`;
    context.textBaseline = "top";
    context.textAlign = "left";
    context.fillStyle = theme.color.ink;
    let line = y + 10;
    for (const text of wrapped(context, note.text, width - 20)) {
      if (line > y + height - 14) break;
      context.fillText(text, x + 10, line);
      line += 18;
    }
  }
}

function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && context.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

function roundRect(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, radius: number): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
}

function ring(context: CanvasRenderingContext2D, box: Box, theme: Theme): void {
  context.lineWidth = 3;
  context.strokeStyle = theme.color["accent-soft"];
  roundRect(context, box.x - 1.5, box.y - 1.5, box.width + 3, box.height + 3, RADIUS + 1.5);
  context.stroke();
}

function paintDots(context: CanvasRenderingContext2D, camera: Camera, view: Size, theme: Theme): void {
  let step = 20 * camera.zoom;
  while (step < 14) step *= 4;
  const [startX, startY] = [-((camera.x * camera.zoom) % step), -((camera.y * camera.zoom) % step)];
  context.fillStyle = theme.color.dot;
  for (let x = startX; x < view.width; x += step)
    for (let y = startY; y < view.height; y += step) context.fillRect(x, y, 1.4, 1.4);
}

function overlays(context: CanvasRenderingContext2D, zoom: number, theme: Theme, { marquee, drawing }: PaintState): void {
  context.lineWidth = 1 / zoom;
  context.strokeStyle = theme.color.accent;
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
