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
  let moved: ReadonlyMap<string, Position> | null = null;
  const end = (): Gesture => {
    host.show({ moved: null });
    return idle(host);
  };
  const state: Gesture = {
    cursor: "default",
    move: ({ screen, world }) => {
      if (host.readOnly()) return state;
      if (!moved && Math.hypot(screen.x - start.screen.x, screen.y - start.screen.y) < SLACK) return state;
      const [dx, dy] = [world.x - start.world.x, world.y - start.world.y];
      moved = new Map([...origin].map(([id, [x, y]]) => [id, [Math.round(x + dx), Math.round(y + dy)] as const]));
      host.show({ moved });
      return state;
    },
    up: () => {
      if (moved) host.place(moved);
      return end();
    },
    cancel: end,
  };
  return state;
}
