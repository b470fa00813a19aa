/**
 * What a pointer is doing on the canvas: one state at a time, each a small object that gets the pointer's events until it gives
 * way to the next. Nothing here knows Svelte; what a gesture may do stands in `Host`.
 */
import type { Box, BoxRow, Rect, Scene } from "#shared/drawing/index.ts";
import type { ForeignKeyId, Position } from "#shared/model/index.ts";
import type { Camera, ScreenPoint, WorldPoint } from "../geometry/camera.ts";

export interface PointerMoment {
  readonly screen: ScreenPoint;
  readonly world: WorldPoint;
  readonly button: number;
  /** Shift, Ctrl or Meta: adds to the selection. */
  readonly adding: boolean;
  /** Space is held, or the middle button: pans. */
  readonly panning: boolean;
}

/** An area or a note, by its rectangle. */
export interface Piece {
  readonly id: string;
  readonly rect: Rect;
}

export interface Carried {
  readonly ids: readonly string[];
  readonly by: Position;
}

/** What a gesture shows over the design; null when it is over. What is not named stays as it is. */
export interface Shown {
  /** Things in the hand, and how far it has carried them, world pixels. */
  readonly carried?: Carried | null;
  readonly marquee?: Rect | null;
  readonly drawing?: readonly [Position, Position] | null;
  readonly sized?: Piece | null;
}

export interface Host {
  readonly scene: () => Scene;
  readonly camera: () => Camera;
  readonly tool: () => "select" | "pan" | "table" | "relation" | "area" | "note";
  readonly setCamera: (camera: Camera) => void;
  readonly selected: () => ReadonlySet<string>;
  /** The one area or note that is selected, and nothing else: it has handles. */
  readonly piece: () => Piece | null;
  readonly selectBoxes: (ids: readonly string[], adding: boolean) => void;
  readonly selectRow: (box: Box, row: BoxRow) => void;
  readonly selectRoute: (id: ForeignKeyId) => void;
  readonly selectPiece: (kind: "area" | "note", id: string) => void;
  readonly selectWithin: (rect: Rect) => void;
  readonly clear: () => void;
  readonly show: (what: Shown) => void;
  readonly place: (positions: ReadonlyMap<string, Position>) => void;
  readonly resize: (piece: Piece) => void;
  readonly create: (what: "table" | "area" | "note", rect: Rect) => void;
  readonly connect: (
    from: { readonly box: Box; readonly row: BoxRow | null },
    to: { readonly box: Box; readonly row: BoxRow | null },
  ) => void;
  readonly readOnly: () => boolean;
}

/** A state; each event gives the state that comes next, itself to stay. */
export interface Gesture {
  readonly cursor: string;
  readonly move: (at: PointerMoment) => Gesture;
  readonly up: (at: PointerMoment) => Gesture;
  readonly cancel: () => Gesture;
}
