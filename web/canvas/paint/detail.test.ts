import { expect, it } from "vitest";
import { detailAt, hasEnds, legible, steppedSize } from "./detail.ts";

it.each([
  [3, "words"],
  [0.42, "words"],
  [0.41, "bars"],
  [0.16, "bars"],
  [0.15, "blocks"],
  [0.12, "blocks"],
  [0.119, "areas"],
  [0.02, "areas"],
] as const)("at zoom %f tables are %s", (zoom, expected) => {
  expect(detailAt(zoom)).toBe(expected);
});

it("ends of relations are painted where they can be told apart, text where it can be read", () => {
  expect([hasEnds(0.3), hasEnds(0.29)]).toEqual([true, false]);
  expect([legible(12, 0.5), legible(12, 0.49)]).toEqual([true, false]);
});

it("sizes are few and near", () => {
  const sizes = Array.from({ length: 900 }, (_, at) => 10 + at / 10);
  for (const size of sizes) expect(Math.abs(steppedSize(size) / size - 1)).toBeLessThan(0.05);
  expect(new Set(sizes.map(steppedSize)).size).toBeLessThan(30);
});
