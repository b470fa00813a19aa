/** Nothing is pressed. */
import type { Gesture, Host } from "./gesture.ts";

export function idle(host: Host): Gesture {
  const state: Gesture = {
    cursor: host.tool() === "pan" ? "grab" : host.tool() === "select" ? "default" : "crosshair",
    move: () => state,
    up: () => state,
    cancel: () => state,
  };
  return state;
}
