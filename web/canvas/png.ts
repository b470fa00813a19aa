/** A design as a picture in pixels: painted as the canvas is, in the app's own fonts, without the canvas. */
import type { Rect } from "#shared/drawing/index.ts";
import type { Diagram, Schema } from "#shared/model/index.ts";
import type { PaintState } from "./paint/brush.ts";
import { Painter } from "./paint/painter.ts";
import { fontsOf, type Notation, readTheme, type Theme } from "./paint/theme.ts";
import { still } from "./stage.svelte.ts";

export interface PngChoice {
  readonly design: { readonly schema: Schema; readonly diagrams: readonly Diagram[] };
  /** The ids of what is to be drawn; null for everything. */
  readonly chosen: ReadonlySet<string> | null;
  readonly short: (type: string) => string;
  readonly theme: "light" | "dark";
  readonly notation: Notation;
  /** Pixels for each pixel of the canvas at its own size. */
  readonly scale: number;
}

export interface Png {
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
  /** The scale that was wanted, or the largest that a browser paints. */
  readonly scale: number;
}

/** No side longer and no more pixels than every browser takes, 256 MB of them. */
const LONGEST = 16_000;
const MOST = 64_000_000;
/** So much is painted before the page gets its turn again, pixels of height. */
const BAND = 512;
const NONE: ReadonlySet<string> = new Set();
const NOTHING: PaintState = { selected: NONE, column: null, lit: NONE, related: NONE, refused: NONE };

/** The size of a picture of this part of the world, at the wanted scale or the largest there is. */
export function pixelsOf({ width, height }: Pick<Rect, "width" | "height">, wanted: number): Omit<Png, "blob"> {
  const scale = Math.min(wanted, LONGEST / Math.max(width, height), Math.sqrt(MOST / (width * height)));
  const pixels = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: pixels(width), height: pixels(height), scale };
}

/** The tokens of a theme that the app may not be in now. */
function themeOf(name: "light" | "dark", notation: Notation): Theme {
  const probe = document.createElement("div");
  probe.dataset["theme"] = name;
  probe.hidden = true;
  document.body.append(probe);
  const theme = readTheme(probe, notation);
  probe.remove();
  return theme;
}

function surface(width: number, height: number): [OffscreenCanvas, OffscreenCanvasRenderingContext2D] {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser has no 2D canvas");
  return [canvas, context];
}

/** Paints band by band. Null when `signal` ended it. */
export async function paintPng(
  { design, chosen, short, theme: name, notation, scale: wanted }: PngChoice,
  signal: AbortSignal,
): Promise<Png | null> {
  const theme = themeOf(name, notation);
  await Promise.all(fontsOf(theme).map((font) => document.fonts.load(font)));
  const drawn = still(design, chosen, short);
  if (!drawn) throw new Error("nothing is drawn of this design");
  const { scene, bounds } = drawn;
  const { width, height, scale } = pixelsOf(bounds, wanted);
  const [canvas, context] = surface(width, height);
  context.fillStyle = theme.color.paper;
  context.fillRect(0, 0, width, height);
  const painter = new Painter();
  const [band, pen] = surface(width, Math.min(BAND, height));
  const view = { width: band.width / scale, height: band.height / scale };
  for (let top = 0; top < height; top += band.height) {
    const camera = { x: bounds.x, y: bounds.y + top / scale, zoom: 1 };
    painter.paint(pen, { camera, view, ratio: scale, theme, state: NOTHING }, scene, false);
    context.drawImage(band, 0, top);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) return null;
  }
  return { blob: await canvas.convertToBlob({ type: "image/png" }), width, height, scale };
}
