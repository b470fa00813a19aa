import { expect, it } from "vitest";
import { cursorOf, handleAt, handleSpots, resized } from "./handles.ts";

const rect = { x: 100, y: 200, width: 300, height: 150 };

it("there is a handle at each corner and side", () => {
  expect(handleSpots(rect)).toHaveLength(8);
  for (const spot of handleSpots(rect)) expect(handleAt(rect, spot, 4)).not.toBeNull();
  expect(handleAt(rect, { x: 250, y: 275 }, 4)).toBeNull();
  expect(handleAt(rect, { x: 100 - 5, y: 200 }, 4)).toBeNull();
});

it.each([
  ["the lower right corner", [400, 350], [50, 20], [100, 200, 350, 170], "nwse-resize"],
  ["the upper left corner", [100, 200], [50, 20], [150, 220, 250, 130], "nwse-resize"],
  ["the upper right corner", [400, 200], [50, 20], [100, 220, 350, 130], "nesw-resize"],
  ["the right side", [400, 275], [50, 20], [100, 200, 350, 150], "ew-resize"],
  ["the top", [250, 200], [50, 20], [100, 220, 300, 130], "ns-resize"],
  ["the left side past the right one", [100, 275], [900, 0], [340, 200, 60, 150], "ew-resize"],
  ["the bottom past the top", [250, 350], [0, -900], [100, 200, 300, 60], "ns-resize"],
] as const)("drawing %s", (_, [x, y], [dx, dy], [left, top, width, height], cursor) => {
  const handle = handleAt(rect, { x, y }, 4)!;
  expect(resized(rect, handle, dx, dy)).toEqual({ x: left, y: top, width, height });
  expect(cursorOf(handle)).toBe(cursor);
});

it("what is smaller than the least already may stay so", () => {
  expect(resized({ x: 0, y: 0, width: 40, height: 40 }, { x: 1, y: 0 }, -10, 0)).toEqual({ x: 0, y: 0, width: 40, height: 40 });
});
