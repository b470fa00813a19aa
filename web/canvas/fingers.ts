/**
 * Fingers on the canvas: one pans unless it came down on what is selected, a tap selects, two pan and zoom. Pens and mice are not
 * its affair.
 */
import type { Camera, ScreenPoint } from "./geometry/camera.ts";
import { type Fingers as Two, pinched } from "./geometry/pinch.ts";

/** A finger that moved less than this tapped, CSS pixels. */
const TAP = 10;

/** What a finger's event means. */
export type Touch = "first" | "pinch" | "ignored";

export class Fingers {
  readonly #down = new Map<number, ScreenPoint>();
  #pinch: { readonly camera: Camera; readonly from: Two } | null = null;
  #start: ScreenPoint | null = null;
  #moved = false;

  down(id: number, at: ScreenPoint, camera: Camera): Touch {
    this.#down.set(id, at);
    if (this.#down.size === 1) {
      [this.#start, this.#moved] = [at, false];
      return "first";
    }
    const from = this.#two();
    if (from) this.#pinch = { camera, from };
    this.#moved = true;
    return from ? "pinch" : "ignored";
  }

  /** The camera of a pinch under way; null when one finger moves alone. */
  move(id: number, at: ScreenPoint): Camera | null {
    if (!this.#down.has(id)) return null;
    this.#down.set(id, at);
    if (this.#start && Math.hypot(at.x - this.#start.x, at.y - this.#start.y) > TAP) this.#moved = true;
    const to = this.#two();
    return this.#pinch && to ? pinched(this.#pinch.camera, this.#pinch.from, to) : null;
  }

  /** `tap`: one finger came and went at one place. */
  up(id: number): "tap" | "pinch" | "end" {
    const pinching = this.#pinch !== null;
    this.#down.delete(id);
    if (this.#down.size === 0) this.#pinch = null;
    if (pinching) return "pinch";
    return this.#moved ? "end" : "tap";
  }

  #two(): Two | null {
    const [a, b, ...more] = [...this.#down.values()];
    return a && b && more.length === 0 ? [a, b] : null;
  }
}
