/** Rectangles of the plane that designs are drawn on: CSS pixels at zoom 1. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const intersects = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The smallest rectangle around all; null for none. */
export function around(rects: Iterable<Rect>): Rect | null {
  let box: Rect | null = null;
  for (const rect of rects) {
    if (!box) box = rect;
    else {
      const x = Math.min(box.x, rect.x);
      const y = Math.min(box.y, rect.y);
      box = {
        x,
        y,
        width: Math.max(box.x + box.width, rect.x + rect.width) - x,
        height: Math.max(box.y + box.height, rect.y + rect.height) - y,
      };
    }
  }
  return box;
}
