import { cursorOf, type Handle, handleAt, resized } from "../geometry/handles.ts";
import type { Gesture, Host, Piece, PointerMoment } from "./gesture.ts";
import { idle } from "./idle.ts";

/** How near to a handle's middle counts as on it, CSS pixels. */
const REACH = 7;

interface Grip {
  readonly piece: Piece;
  readonly handle: Handle;
}

/** The handle of the selected area or note under the pointer. */
export function gripAt(host: Host, { world }: Pick<PointerMoment, "world">): Grip | null {
  const piece = host.tool() === "select" && !host.readOnly() ? host.piece() : null;
  const handle = piece && handleAt(piece.rect, world, REACH / host.camera().zoom);
  return piece && handle ? { piece, handle } : null;
}

/** Draws a side or a corner of an area or a note; its size stays here until the pointer is let go, and then becomes one step. */
export function resizing(host: Host, start: PointerMoment, { piece, handle }: Grip): Gesture {
  let sized: Piece | null = null;
  const end = (): Gesture => {
    host.show({ sized: null });
    return idle(host);
  };
  const state: Gesture = {
    cursor: cursorOf(handle),
    move: ({ world }) => {
      sized = { ...piece, rect: resized(piece.rect, handle, world.x - start.world.x, world.y - start.world.y) };
      host.show({ sized });
      return state;
    },
    up: () => {
      if (sized) host.resize(sized);
      return end();
    },
    cancel: end,
  };
  return state;
}
