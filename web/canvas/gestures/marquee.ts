import { between } from "../geometry/camera.ts";
import type { Gesture, Host, PointerMoment } from "./gesture.ts";
import { idle } from "./idle.ts";

/** A rectangle on empty canvas selects what it touches; a click there selects nothing. */
export function marquee(host: Host, start: PointerMoment): Gesture {
  const end = (): Gesture => {
    host.show({ marquee: null });
    return idle(host);
  };
  const state: Gesture = {
    cursor: "default",
    move: ({ world }) => {
      host.show({ marquee: between(start.world, world) });
      return state;
    },
    up: ({ world }) => {
      const rect = between(start.world, world);
      if (rect.width + rect.height < 4 / host.camera().zoom) host.clear();
      else host.selectWithin(rect);
      return end();
    },
    cancel: end,
  };
  return state;
}
