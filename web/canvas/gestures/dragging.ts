import type { Position } from "#shared/model/index.ts";
import type { Gesture, Host, PointerMoment } from "./gesture.ts";
import { idle } from "./idle.ts";

/** Pixels that the pointer must move before it is a drag and not a click. */
const SLACK = 4;

/** Moves tables, areas and notes; positions stay here until the pointer is let go, and then become one step. */
export function dragging(host: Host, start: PointerMoment, ids: readonly string[]): Gesture {
  const scene = host.scene();
  const origin = new Map<string, Position>();
  for (const id of ids) {
    const box = scene.box(id);
    const piece = [...scene.areas, ...scene.notes].find((item) => item.id === id);
    if (box) origin.set(id, [box.x, box.y]);
    else if (piece) origin.set(id, piece.at);
  }
  const held = [...origin.keys()];
  let by: Position | null = null;
  const end = (): Gesture => {
    host.show({ carried: null });
    return idle(host);
  };
  const state: Gesture = {
    cursor: "default",
    move: ({ screen, world }) => {
      if (host.readOnly()) return state;
      if (!by && Math.hypot(screen.x - start.screen.x, screen.y - start.screen.y) < SLACK) return state;
      by = [Math.round(world.x - start.world.x), Math.round(world.y - start.world.y)];
      host.show({ carried: { ids: held, by } });
      return state;
    },
    up: () => {
      if (by) {
        const [dx, dy] = by;
        host.place(new Map([...origin].map(([id, [x, y]]) => [id, [Math.round(x + dx), Math.round(y + dy)] as const])));
      }
      return end();
    },
    cancel: end,
  };
  return state;
}
