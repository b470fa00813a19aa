/** What every painting function is given: where to paint, in which colours, at which zoom, and what stands out. */
import type { Rect, Route } from "#shared/drawing/index.ts";
import type { Position } from "#shared/model/index.ts";
import type { Detail } from "./detail.ts";
import type { Pen, TextFitter } from "./text.ts";
import type { Theme } from "./theme.ts";

export interface PaintState {
  readonly selected: ReadonlySet<string>;
  readonly column: string | null;
  /** Relations that are lit: hovered or selected. */
  readonly lit: ReadonlySet<string>;
  /** Columns of lit relations. */
  readonly related: ReadonlySet<string>;
  /** Tables and columns that the engine refused. */
  readonly refused: ReadonlySet<string>;
}

/** What a gesture shows over everything. */
export interface OverState {
  readonly marquee: Rect | null;
  /** What has handles: the selected area or note. */
  readonly handles: Rect | null;
  /** A relation being drawn: from, to. */
  readonly drawing: readonly [Position, Position] | null;
  /** Relations between what is in the hand and what is not. */
  readonly routes: readonly Route[];
}

export interface Brush {
  readonly context: Pen;
  readonly theme: Theme;
  readonly zoom: number;
  readonly detail: Detail;
  /** What the camera sees, in world pixels. */
  readonly seen: Rect;
  /** What of it is to be painted; the rest may be left. */
  readonly part: Rect;
  readonly fitter: TextFitter;
  readonly state: PaintState;
}

export function roundRect(context: Pen, { x, y, width, height }: Rect, radius: number | number[]): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
}

/** The rectangle, smaller on each side by so much. */
export const inset = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
});
