/**
 * One level of tiles on the page: canvases in an element that is moved and scaled as a whole. Each is handed a finished bitmap: a
 * canvas that can be painted on is copied by the browser in every frame, also when nothing on it changed.
 */
import { intersects, type Rect } from "#shared/drawing/index.ts";
import type { Camera } from "../geometry/camera.ts";
import { type Level, placeOf, rectOfTile, type Spot, spotsIn } from "../geometry/tiling.ts";

/** Paints what stands in a tile, from the top left of the canvas; what lies out of `part`, in the world too, may be left. */
export type PaintTile = (context: OffscreenCanvasRenderingContext2D, rect: Rect, zoom: number, part: Rect) => void;

/** Canvases that are kept for the next tiles. */
const SPARE = 64;
/** A tile in which more places than this changed is painted whole. */
const PARTS = 16;

/** A part of a canvas, in its pixels. */
type Part = readonly [left: number, top: number, right: number, bottom: number];

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

  /** Paints, and gives what was painted to a canvas that was taken here; of one that was painted before, only a part where there is one. */
  fill(canvas: HTMLCanvasElement, part: Part | null, paint: (context: OffscreenCanvasRenderingContext2D) => void): void {
    const context = this.#context;
    if (this.#canvas.width !== canvas.width) this.#canvas.width = canvas.width;
    if (this.#canvas.height !== canvas.height) this.#canvas.height = canvas.height;
    if (part) this.#keep(canvas, part);
    paint(context);
    if (part) context.restore();
    canvas.getContext("bitmaprenderer", { alpha: !this.ground })?.transferFromImageBitmap(this.#canvas.transferToImageBitmap());
  }

  /** Takes over what a canvas shows, and lets nothing be painted out of a part of it until `restore`. */
  #keep(canvas: HTMLCanvasElement, [left, top, right, bottom]: Part): void {
    const context = this.#context;
    context.resetTransform();
    context.globalCompositeOperation = "copy";
    context.drawImage(canvas, 0, 0);
    context.globalCompositeOperation = "source-over";
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
  }
}

interface Tile {
  readonly canvas: HTMLCanvasElement;
  readonly spot: Spot;
  /** What of it must be painted anew. */
  stale: readonly Rect[] | "all";
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
    return spotsIn(this.level, rect).filter((spot) => this.#tiles.get(keyOf(spot))?.stale.length !== 0);
  }

  paint(spot: Spot, paint: PaintTile): void {
    const tile = this.#tiles.get(keyOf(spot)) ?? this.#add(spot);
    const [own, { stale }] = [rectOfTile(this.level, spot), tile];
    tile.stale = [];
    const part = stale === "all" ? null : this.#part(stale, own, tile.canvas);
    const world = part ? this.#world(part, own) : own;
    this.#easel.fill(tile.canvas, part, (context) => paint(context, own, this.level.zoom, world));
  }

  /** Something in these rectangles looks different now. */
  spoil(rects: readonly Rect[] | "all"): void {
    for (const tile of this.#tiles.values()) {
      const own = rectOfTile(this.level, tile.spot);
      if (rects === "all") tile.stale = "all";
      if (rects === "all" || tile.stale === "all") continue;
      const stale = [...tile.stale, ...rects.filter((rect) => intersects(rect, own))];
      tile.stale = stale.length > PARTS ? "all" : stale;
    }
  }

  /** Lets go of the tiles that are out of a rectangle, and of stale ones out of what is seen: they must not come into view. */
  trim(near: Rect, seen: Rect): void {
    for (const [key, tile] of this.#tiles) {
      const own = rectOfTile(this.level, tile.spot);
      if (intersects(own, near) && (tile.stale.length === 0 || intersects(own, seen))) continue;
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

  /** The pixels of a canvas around some rectangles of the world; null where they are all of them. */
  #part(rects: readonly Rect[], own: Rect, { width, height }: HTMLCanvasElement): Part | null {
    const scale = this.level.zoom * this.#ratio;
    const left = Math.max(0, Math.floor((Math.min(...rects.map(({ x }) => x)) - own.x) * scale));
    const top = Math.max(0, Math.floor((Math.min(...rects.map(({ y }) => y)) - own.y) * scale));
    const right = Math.min(width, Math.ceil((Math.max(...rects.map((rect) => rect.x + rect.width)) - own.x) * scale));
    const bottom = Math.min(height, Math.ceil((Math.max(...rects.map((rect) => rect.y + rect.height)) - own.y) * scale));
    return left + top === 0 && right === width && bottom === height ? null : [left, top, right, bottom];
  }

  #world([left, top, right, bottom]: Part, { x, y }: Rect): Rect {
    const scale = this.level.zoom * this.#ratio;
    return { x: x + left / scale, y: y + top / scale, width: (right - left) / scale, height: (bottom - top) / scale };
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
    const tile: Tile = { canvas, spot, stale: "all" };
    this.#tiles.set(keyOf(spot), tile);
    return tile;
  }
}
