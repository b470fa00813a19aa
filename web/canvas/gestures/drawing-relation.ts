import { type Box, type BoxRow, rowAt } from "#shared/drawing/index.ts";
import { hit } from "../geometry/hits.ts";
import type { Gesture, Host, PointerMoment } from "./gesture.ts";
import { idle } from "./idle.ts";

/** A line from a column, or from a table's header, to where the relation shall lead. */
export function drawingRelation(host: Host, start: PointerMoment, from: Box, row: BoxRow | null): Gesture {
  const end = (): Gesture => {
    host.show({ drawing: null });
    return idle(host);
  };
  const state: Gesture = {
    cursor: "crosshair",
    move: ({ world }) => {
      host.show({
        drawing: [
          [start.world.x, start.world.y],
          [world.x, world.y],
        ],
      });
      return state;
    },
    up: ({ world }) => {
      const target = hit(host.scene(), world, 0);
      const moved = Math.hypot(world.x - start.world.x, world.y - start.world.y) > 4;
      if (moved && target?.kind === "box") host.connect({ box: from, row }, { box: target.box, row: rowAt(target.box, world.y) });
      return end();
    },
    cancel: end,
  };
  return state;
}
