/** Finding what touches a rectangle among many things, without asking each. */
import Flatbush from "flatbush";
import type { Rect } from "./rect.ts";

/** The items whose rectangle touches this one, in the order of the list. */
export type FindIn<T> = (rect: Rect) => readonly T[];

/** Finds among things of the list that it was made of, or of another one whose things stand in the same places. */
export type Index<T> = (items: readonly T[]) => FindIn<T>;

export function spatial<T>(items: readonly T[], rectOf: (item: T) => Rect): Index<T> {
  if (items.length === 0) return () => () => [];
  const index = new Flatbush(items.length);
  for (const item of items) {
    const { x, y, width, height } = rectOf(item);
    index.add(x, y, x + width, y + height);
  }
  index.finish();
  return (those) =>
    ({ x, y, width, height }) =>
      index
        .search(x, y, x + width, y + height)
        .sort((a, b) => a - b)
        .flatMap((at) => those[at] ?? []);
}
