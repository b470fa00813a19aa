/** How much is painted at a zoom: from rows in words down to areas that are only their names. */

/** From the nearest to the farthest. */
export type Detail = "words" | "bars" | "blocks" | "areas";

/** From this zoom on, each with what it shows. */
const FROM: readonly (readonly [zoom: number, detail: Detail])[] = [
  [0.42, "words"],
  [0.16, "bars"],
  [0.12, "blocks"],
  [0, "areas"],
];
/** Below this zoom the ends of relations would be dots. */
const ENDS = 0.3;
/** Letters smaller than this on the screen are noise, CSS pixels. */
const LEGIBLE = 6;
/** Steps to a doubling of size. */
const STEPS = 8;

/** Rows as words, rows as bars, tables as named blocks, areas as names over blocks. */
export const detailAt = (zoom: number): Detail => FROM.find(([from]) => zoom >= from)?.[1] ?? "areas";

export const hasEnds = (zoom: number): boolean => zoom >= ENDS;

/** Can letters of this size, in world pixels, be read at this zoom? */
export const legible = (size: number, zoom: number): boolean => size * zoom >= LEGIBLE;

/** The nearest of few sizes, at most 5 % away: a zoom must not ask for every letter in a new size in every frame. */
export const steppedSize = (size: number): number => Math.round(100 * 2 ** (Math.round(Math.log2(size) * STEPS) / STEPS)) / 100;
