/**
 * What stands under the camera, as pictures in tiles. Moving about moves the picture that is there; a zoom stretches it until the
 * next level is painted, which takes its place as a whole where it can, and when the zoom rests a level of just that zoom does. What changed is
 * painted in the very frame; what only comes into view, and what lies around it, is spread over frames.
 */
import type { Rect } from "#shared/drawing/index.ts";
import { type Camera, type Size, visible } from "../geometry/camera.ts";
import { ahead, levelAt, ringed, wear } from "../geometry/tiling.ts";
import { Easel, type PaintTile, Picture } from "./picture.ts";

/** Milliseconds of a frame for tiles that come into view, and while a zoom goes on: most of what it paints is soon painted over. */
const BUDGET = 8;
const ZOOM_BUDGET = 3;
/** And while nothing moves, for those that may be next. */
const IDLE_BUDGET = 3;
/** Tiles around the view that are painted ahead, and that are kept. */
const RING = 1;
const KEPT = 2;

export interface Moment {
  readonly camera: Camera;
  readonly view: Size;
  readonly ratio: number;
  /** The zoom rests. */
  readonly steady: boolean;
  /** What looks different since the moment before, in the world; "all" for everything. */
  readonly changed: readonly Rect[] | "all";
  readonly paint: PaintTile;
}

export class Pictures {
  readonly #parent: Element;
  readonly #easel: Easel;
  #front: Picture | null = null;
  /** The picture that is shown until the one in front is whole. */
  #back: Picture | null = null;
  #last: Moment | null = null;

  /** They are appended to `parent`. `ground`: nothing shines through them. */
  constructor(parent: Element, ground: boolean) {
    this.#parent = parent;
    this.#easel = new Easel(ground);
  }

  /** Shows a moment. True when there is more to paint in the next frame. */
  show(moment: Moment): boolean {
    const { camera, view, ratio, changed, paint } = moment;
    const still = this.#last?.camera === camera;
    if (this.#last && (this.#last.view !== view || this.#last.ratio !== ratio)) this.clear();
    this.#last = moment;
    if (changed === "all" || changed.length > 0) this.#spoil(changed);
    const { front, at } = this.#level(moment);
    const seen = visible(camera, view);
    const must = at === "once" || changed.length > 0;
    const until = performance.now() + (moment.steady ? BUDGET : ZOOM_BUDGET);
    let left = front.lacking(seen);
    for (const spot of left) {
      if (!must && performance.now() > until) break;
      front.paint(spot, paint);
    }
    left = front.lacking(seen);
    if (left.length === 0) this.#dropBack();
    front.place(camera, this.#back !== null && this.#back.lacking(seen).length === 0);
    this.#back?.place(camera, false);
    front.trim(ringed(front.level, seen, KEPT), seen);
    return left.length > 0 || (moment.steady && this.#around(front, seen, still, paint));
  }

  /** Shows nothing, until the next moment. */
  clear(): void {
    this.#dropBack();
    this.#front?.close();
    this.#front = null;
    this.#last = null;
  }

  #spoil(changed: readonly Rect[] | "all"): void {
    this.#front?.spoil(changed);
    this.#dropBack();
  }

  /** The picture to paint, a new one where the zoom has left the old one behind. */
  #level(moment: Moment): { readonly front: Picture; readonly at: "once" | "leisure" } {
    const { camera, view, ratio, steady } = moment;
    const old = this.#front;
    const state = old ? wear(old.level, camera.zoom, steady) : "far";
    if (old && state === "fit") return { front: old, at: "leisure" };
    const shrinks = old !== null && state === "worn" && !steady && camera.zoom < old.level.zoom;
    const level = levelAt(ahead(camera, view, shrinks), view, ratio);
    this.#front = new Picture(this.#parent, level, ratio, this.#easel);
    if (!old || state === "far") {
      old?.close();
      this.#dropBack();
      return { front: this.#front, at: "once" };
    }
    // The older of two is whole, the newer one is not yet.
    if (this.#back) old.close();
    else this.#back = old;
    return { front: this.#front, at: "leisure" };
  }

  #around(front: Picture, seen: Rect, still: boolean, paint: PaintTile): boolean {
    const around = front.lacking(ringed(front.level, seen, RING));
    if (around.length === 0) return false;
    if (!still) return true;
    const until = performance.now() + IDLE_BUDGET;
    for (const spot of around) {
      front.paint(spot, paint);
      if (performance.now() > until) return true;
    }
    return false;
  }

  #dropBack(): void {
    this.#back?.close();
    this.#back = null;
  }
}
