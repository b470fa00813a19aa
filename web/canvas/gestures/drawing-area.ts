import { between } from "../geometry/camera.ts";
import type { Gesture, Host, PointerMoment } from "./gesture.ts";
import { idle } from "./idle.ts";

const SMALLEST = 40;

/** Draws the rectangle of a new area. */
export function drawingArea(host: Host, start: PointerMoment): Gesture {
  const end = (): Gesture => {
    host.show({ marquee: null });
    return idle(host);
  };
  const state: Gesture = {
    cursor: "crosshair",
    move: ({ world }) => {
      host.show({ marquee: between(start.world, world) });
      return state;
    },
    up: ({ world }) => {
      const rect = between(start.world, world);
      if (rect.width >= SMALLEST && rect.height >= SMALLEST) host.create("area", rect);
      return end();
    },
    cancel: end,
  };
  return state;
}
