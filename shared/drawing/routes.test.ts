import { describe, expect, it } from "vitest";
import { makeForeignKey } from "#shared/model/index.ts";
import { box as boxAt, type Box, type BoxRow } from "./boxes.ts";
import { crosses, cutTo, distanceTo, route } from "./routes.ts";

const row = (columnId: string): BoxRow => ({
  columnId: columnId as never,
  name: columnId,
  type: "int",
  mark: null,
  notNull: true,
});
const box = (id: string, x: number, y: number): Box => boxAt(id as never, "table", id, [row(`${id}1`), row(`${id}2`)], [x, y]);
const key = (from: string, to: string) =>
  makeForeignKey({
    id: "f" as never,
    tableId: from as never,
    name: "f",
    columns: [`${from}2` as never],
    refTableId: to as never,
    refColumns: [`${to}1` as never],
  });
const plain = { optional: false, identifying: false, single: false };
const between = (from: Box, to: Box, lane = 0) => route(key(from.id, to.id), from, to, plain, lane);

describe("a route", () => {
  it.each([
    ["to the right", 600, 0, 1, -1],
    ["to the left", -600, 0, -1, 1],
    ["below, no room between", 20, 400, 1, 1],
    ["overlapping", 100, 20, 1, 1],
  ] as const)("%s leaves and arrives on the sides that face", (_, x, y, fromSide, toSide) => {
    const [from, to] = [box("a", 0, 0), box("b", x, y)];
    const made = between(from, to);
    expect([made.fromSide, made.toSide]).toEqual([fromSide, toSide]);
    const [first, last] = [made.points[0]!, made.points.at(-1)!];
    expect(first).toEqual([fromSide === 1 ? from.x + from.width : from.x, from.y + 32 + 26 + 13]);
    expect(last).toEqual([toSide === 1 ? to.x + to.width : to.x, to.y + 32 + 13]);
  });

  it("has only level and upright stretches, inside its bounds", () => {
    for (const [x, y] of [
      [600, 40],
      [-600, -90],
      [30, 500],
      [0, 0],
    ] as const) {
      const { points, bounds } = between(box("a", 0, 0), box("b", x, y));
      points.slice(1).forEach(([px, py], at) => {
        const [bx, by] = points[at]!;
        expect(px === bx || py === by).toBe(true);
      });
      for (const [px, py] of points) {
        expect(px).toBeGreaterThanOrEqual(bounds.x);
        expect(px).toBeLessThanOrEqual(bounds.x + bounds.width);
        expect(py).toBeGreaterThanOrEqual(bounds.y);
        expect(py).toBeLessThanOrEqual(bounds.y + bounds.height);
      }
    }
  });

  it("keeps the lanes of one table apart", () => {
    const turns = [0, 1, 2, 3, 4].map((lane) => between(box("a", 0, 0), box("b", 800, 300), lane).points[1]![0]);
    expect(new Set(turns).size).toBe(5);
  });

  it("goes around its own table when it refers to itself", () => {
    const own = box("a", 0, 0);
    const made = between(own, own);
    expect(made.fromSide).toBe(made.toSide);
    expect(made.points[1]![0]).toBeGreaterThan(own.x + own.width);
  });
});

it("the distance to a route is that to its nearest stretch", () => {
  const points = [
    [0, 0],
    [10, 0],
    [10, 20],
  ] as const;
  expect(distanceTo({ points }, 5, 3)).toBe(3);
  expect(distanceTo({ points }, 14, 10)).toBe(4);
  expect(distanceTo({ points }, 13, 24)).toBe(5);
});

describe("a path near a rectangle", () => {
  const rect = { x: 0, y: 0, width: 100, height: 100 };
  it.each([
    [
      "through it",
      [
        [-500, 50],
        [700, 50],
      ],
      true,
    ],
    [
      "around it",
      [
        [-500, -50],
        [700, -50],
        [700, 900],
      ],
      false,
    ],
    [
      "turning inside",
      [
        [50, -900],
        [50, 50],
        [900, 50],
      ],
      true,
    ],
    [
      "beyond",
      [
        [200, 200],
        [300, 200],
      ],
      false,
    ],
  ] as const)("crosses: %s", (_, points, expected) => {
    expect(crosses(points, rect)).toBe(expected);
  });

  it("is cut by whole dashes, and unchanged inside", () => {
    const cut = cutTo(
      [
        [-5000, 40],
        [60, 40],
        [60, 8000],
      ],
      rect,
      9,
    );
    expect(cut[1]).toEqual([60, 40]);
    expect(cut[0]![0]).toBeGreaterThan(-9);
    expect(cut[0]![0]).toBeLessThanOrEqual(0);
    expect((cut[0]![0] + 5000) % 9).toBe(0);
    expect(cut[2]![1]).toBeLessThan(109);
    expect((8000 - cut[2]![1]) % 9).toBe(0);
  });
});
