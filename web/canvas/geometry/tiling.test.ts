import { describe, expect, it } from "vitest";
import { intersects, type Rect } from "#shared/drawing/index.ts";
import { visible } from "./camera.ts";
import { ahead, levelAt, placeOf, rectOfTile, ringed, spotsIn, wear } from "./tiling.ts";

const view = { width: 728, height: 648 };

describe("a level of tiles", () => {
  it.each([
    [1, 1],
    [0.37, 1],
    [2.3, 1.25],
    [0.02, 2],
  ])("covers just the view that it was made for, at zoom %d on a screen of %d", (zoom, ratio) => {
    const camera = { x: -1234.5, y: 77, zoom };
    const level = levelAt(camera, view, ratio);
    const seen = visible(camera, view);
    const tiles = spotsIn(level, seen).map((spot) => rectOfTile(level, spot));
    expect(tiles).toHaveLength(9);
    const left = Math.min(...tiles.map(({ x }) => x));
    const right = Math.max(...tiles.map(({ x, width }) => x + width));
    expect(left).toBeCloseTo(seen.x, 6);
    expect(right).toBeGreaterThanOrEqual(seen.x + seen.width - 1e-6);
    for (const side of [level.tile.width, level.tile.height]) expect(side * ratio).toBeCloseTo(Math.round(side * ratio), 9);
  });

  it("has a tile for every place of a rectangle, those in the middle first", () => {
    const level = levelAt({ x: 0, y: 0, zoom: 1 }, view, 1);
    const rect: Rect = { x: -300, y: -10, width: 900, height: 700 };
    const spots = spotsIn(level, rect);
    expect(new Set(spots.map(({ column, row }) => `${String(column)} ${String(row)}`)).size).toBe(spots.length);
    expect(spots.every((spot) => intersects(rectOfTile(level, spot), rect))).toBe(true);
    for (const [x, y] of [
      [-299, -9],
      [599, 689],
      [0, 0],
    ] as const)
      expect(spots.some((spot) => intersects(rectOfTile(level, spot), { x, y, width: 0.5, height: 0.5 }))).toBe(true);
    expect(spots[0]).toEqual({ column: 0, row: 1 });
    expect(spotsIn(level, ringed(level, visible({ x: 0, y: 0, zoom: 1 }, view), 1))).toHaveLength(25);
  });

  it("is small for a small view and never nothing", () => {
    expect(levelAt({ x: 0, y: 0, zoom: 1 }, { width: 10, height: 0 }, 1).tile).toEqual({ width: 10, height: 1 });
  });
});

describe("when a level is worn", () => {
  const level = levelAt({ x: 0, y: 0, zoom: 1 }, view, 1);
  it.each([
    [1, false, "fit"],
    [1, true, "fit"],
    [0.9, false, "fit"],
    [0.9, true, "worn"],
    [0.7, false, "worn"],
    [1.6, false, "worn"],
    [0.3, false, "far"],
    [3, true, "far"],
  ])("at zoom %d, resting %s: %s", (zoom, steady, expected) => {
    expect(wear(level, zoom, steady)).toBe(expected);
  });

  it("the next one is further out while the view shrinks, around the same middle", () => {
    const camera = { x: 100, y: 50, zoom: 0.8 };
    const next = ahead(camera, view, true);
    expect(next.zoom).toBeCloseTo(0.6);
    const [was, is] = [visible(camera, view), visible(next, view)];
    expect(is.x + is.width / 2).toBeCloseTo(was.x + was.width / 2);
    expect(is.y + is.height / 2).toBeCloseTo(was.y + was.height / 2);
    expect(ahead(camera, view, false)).toEqual(camera);
    expect(ahead({ ...camera, zoom: 0.02 }, view, true).zoom).toBe(0.02);
  });
});

describe("a level under a camera", () => {
  const level = levelAt({ x: 10, y: 20, zoom: 2 }, view, 1);
  it("stands on whole pixels of the screen while it is not scaled", () => {
    expect(placeOf(level, { x: 10.3, y: 20, zoom: 2 }, 1)).toEqual({ x: -1, y: 0, scale: 1 });
    expect(placeOf(level, { x: 10.3, y: 20, zoom: 2 }, 2)).toEqual({ x: -0.5, y: 0, scale: 1 });
  });
  it("follows a zoom as it is", () => {
    const placed = placeOf(level, { x: 10.3, y: 20, zoom: 3 }, 1);
    expect(placed.scale).toBeCloseTo(1.5);
    expect(placed.x).toBeCloseTo(-0.9);
  });
});
