import { panned } from "../geometry/camera.ts";
import type { Gesture, Host, PointerMoment } from "./gesture.ts";
import { idle } from "./idle.ts";

/** The camera follows the pointer. */
export function panning(host: Host, start: PointerMoment): Gesture {
  const camera = host.camera();
  const state: Gesture = {
    cursor: "grabbing",
    move: ({ screen }) => {
      host.setCamera(panned(camera, screen.x - start.screen.x, screen.y - start.screen.y));
      return state;
    },
    up: () => idle(host),
    cancel: () => idle(host),
  };
  return state;
}
