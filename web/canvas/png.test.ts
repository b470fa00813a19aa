import { expect, it } from "vitest";
import { pixelsOf } from "./png.ts";

it.each([
  ["as wanted", { width: 800, height: 600 }, 2, { width: 1600, height: 1200, scale: 2 }],
  ["no side too long", { width: 32_000, height: 100 }, 3, { width: 16_000, height: 50, scale: 0.5 }],
  ["not too many pixels", { width: 8000, height: 8000 }, 2, { width: 8000, height: 8000, scale: 1 }],
])("a picture is %s", (_title, size, wanted, expected) => {
  expect(pixelsOf(size, wanted)).toEqual(expected);
});
