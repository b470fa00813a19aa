/**
 * One level of tiles on the page: canvases in an element that is moved and scaled as a whole. Each is handed a finished bitmap: a
 * canvas that can be painted on is copied by the browser in every frame, also when nothing on it changed.
 */
import { intersects, type Rect } from "#shared/drawing/index.ts";
import type { Camera } from "../geometry/camera.ts";
import { type Level, placeOf, rectOfTile, type Spot, spotsIn } from "../geometry/tiling.ts";

/** Paints what stands in a tile, from the top left of the canvas. */
export type PaintTile = (context: OffscreenCanvasRenderingContext2D, rect: Rect, zoom: number) => void;

/** Canvases that are kept for the next tiles. */
const SPARE = 64;

/** What the pictures of one place share. */
export class Easel {
  /** They are painted to their edges, and nothing shines through. */
  readonly ground: boolean;
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #spare: HTMLCanvasElement[] = [];

  constructor(ground: boolean) {
    this.ground = ground;
    const context = this.#canvas.getContext("2d", { alpha: !ground });
    if (!context) throw new Error("this browser has no 2D canvas");
    this.#context = context;
  }

  /** A canvas for one tile, in pixels of the screen. */
  take(width: number, height: number): HTMLCanvasElement {
    const canvas = this.#spare.pop() ?? document.createElement("canvas");
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    return canvas;
  }

  giveBack(canvas: HTMLCanvasElement): void {
    canvas.remove();
    if (this.#spare.length < SPARE) this.#spare.push(canvas);
  }

  /** Paints, and gives what was painted to a canvas that was taken here. */
  fill(canvas: HTMLCanvasElement, paint: (context: OffscreenCanvasRenderingContext2D) => void): void {
    if (this.#canvas.width !== canvas.width) this.#canvas.width = canvas.width;
    if (this.#canvas.height !== canvas.height) this.#canvas.height = canvas.height;
    paint(this.#context);
    canvas.getContext("bitmaprenderer", { alpha: !this.ground })?.transferFromImageBitmap(this.#canvas.transferToImageBitmap());
  }
}

interface Tile {
  readonly canvas: HTMLCanvasElement;
  readonly spot: Spot;
  stale: boolean;
}

const keyOf = ({ column, row }: Spot): string => `${String(column)} ${String(row)}`;

export class Picture {
  readonly level: Level;
  readonly #element = document.createElement("div");
  readonly #tiles = new Map<string, Tile>();
  readonly #ratio: number;
  readonly #easel: Easel;

  constructor(parent: Element, level: Level, ratio: number, easel: Easel) {
    this.level = level;
    this.#ratio = ratio;
    this.#easel = easel;
    Object.assign(this.#element.style, {
      position: "absolute",
      top: "0",
      left: "0",
      transformOrigin: "0 0",
      willChange: "transform",
      pointerEvents: "none",
    });
    parent.append(this.#element);
  }

  /** The tiles of a rectangle that are not painted as they should be. */
  lacking(rect: Rect): readonly Spot[] {
    return spotsIn(this.level, rect).filter((spot) => this.#tiles.get(keyOf(spot))?.stale !== false);
  }

  paint(spot: Spot, paint: PaintTile): void {
    const tile = this.#tiles.get(keyOf(spot)) ?? this.#add(spot);
    tile.stale = false;
    this.#easel.fill(tile.canvas, (context) => paint(context, rectOfTile(this.level, spot), this.level.zoom));
  }

  /** Something in these rectangles looks different now. */
  spoil(rects: readonly Rect[] | "all"): void {
    for (const tile of this.#tiles.values()) {
      const own = rectOfTile(this.level, tile.spot);
      if (rects === "all" || rects.some((rect) => intersects(rect, own))) tile.stale = true;
    }
  }

  /** Lets go of the tiles that are out of a rectangle, and of stale ones out of what is seen: they must not come into view. */
  trim(near: Rect, seen: Rect): void {
    for (const [key, tile] of this.#tiles) {
      const own = rectOfTile(this.level, tile.spot);
      if (intersects(own, near) && (!tile.stale || intersects(own, seen))) continue;
      this.#easel.giveBack(tile.canvas);
      this.#tiles.delete(key);
    }
  }

  place(camera: Camera, hidden: boolean): void {
    const { x, y, scale } = placeOf(this.level, camera, this.#ratio);
    this.#element.style.transform = `translate(${String(x)}px, ${String(y)}px) scale(${String(scale)})`;
    this.#element.style.visibility = hidden ? "hidden" : "";
  }

  close(): void {
    for (const { canvas } of this.#tiles.values()) this.#easel.giveBack(canvas);
    this.#tiles.clear();
    this.#element.remove();
  }

  #add(spot: Spot): Tile {
    const { tile: size } = this.level;
    // One pixel more to the right and below: scaled edges are soft, and without it the paper would shine through between tiles.
    const more = this.#easel.ground ? 1 : 0;
    const [width, height] = [size.width, size.height].map((side) => Math.round(side * this.#ratio) + more) as [number, number];
    const canvas = this.#easel.take(width, height);
    Object.assign(canvas.style, {
      position: "absolute",
      left: `${String(spot.column * size.width)}px`,
      top: `${String(spot.row * size.height)}px`,
      width: `${String(width / this.#ratio)}px`,
      height: `${String(height / this.#ratio)}px`,
    });
    this.#element.append(canvas);
    const tile = { canvas, spot, stale: true };
    this.#tiles.set(keyOf(spot), tile);
    return tile;
  }
}
