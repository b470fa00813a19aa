import { describe, expect, it } from "vitest";
import type { Route } from "#shared/drawing/index.ts";
import type { Brush } from "./brush.ts";
import { paintRoute } from "./routes.ts";

/** A path over 10,000 pixels: right, down, right. */
const route = {
  key: { id: "k" },
  points: [
    [0, 0],
    [5000, 0],
    [5000, 3000],
    [10_000, 3000],
  ],
  fromSide: 1,
  toSide: -1,
  optional: true,
  identifying: false,
  single: false,
} as unknown as Route;

/** What was painted of it in a window of the world, at a zoom. */
function painted(zoom: number, x: number, y: number) {
  const drawn = { rects: [] as number[][], lines: 0, corners: 0 };
  const ignore = (): void => undefined;
  const context = {
    lineWidth: 1,
    strokeStyle: "",
    fillStyle: "",
    setLineDash: ignore,
    beginPath: ignore,
    moveTo: ignore,
    stroke: ignore,
    arc: ignore,
    fill: ignore,
    fillRect: (...rect: number[]) => drawn.rects.push(rect),
    lineTo: () => (drawn.lines += 1),
    arcTo: () => (drawn.corners += 1),
  };
  const theme = { color: { edge: "edge", accent: "accent", paper: "paper" }, notation: "crow" };
  const seen = { x, y, width: 250, height: 250 };
  const brush = { context, theme, zoom, seen, part: seen } as unknown as Brush;
  paintRoute(brush, route, false);
  return drawn;
}

describe("a relation in a tile", () => {
  it("is painted where it passes, stretch by stretch", () => {
    expect(painted(1, 2000, -100)).toEqual({ rects: [], lines: 1, corners: 0 });
    expect(painted(1, 4900, -100)).toEqual({ rects: [], lines: 2, corners: 1 });
    expect(painted(1, 4900, 1005)).toEqual({ rects: [], lines: 1, corners: 0 });
    expect(painted(1, 1000, 1000)).toEqual({ rects: [], lines: 0, corners: 0 });
  });

  it("is a rectangle for each stretch from afar, as wide as its line and closed at the corners", () => {
    const { rects, lines } = painted(0.2, 4900, -100);
    expect(lines).toBe(0);
    expect(rects).toEqual([
      [-2, -2, 5004, 4],
      [4998, -2, 4, 3004],
    ]);
    expect(painted(0.2, 1000, 1000).rects).toEqual([]);
  });
});
