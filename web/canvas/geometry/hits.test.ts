import { describe, expect, it } from "vitest";
import { HEADER, ROW, rowAt, rowMiddle, SceneBuilder } from "#shared/drawing/index.ts";
import { areaAt, gridDesign, noteAt } from "../../../tests/support/diagrams.ts";
import { hit, nearest, rectFor, within } from "./hits.ts";

// t0 .. t8 in three rows of three, 400 apart and 224 down; an area behind the first, a note far below.
const { schema, diagram } = gridDesign(9);
const scene = new SceneBuilder().build({
  schema,
  diagram: { ...diagram, areas: [areaAt("area", [-50, -50], [400, 250])], notes: [noteAt("note", [0, 900], [200, 100])] },
  shortType: (type) => type,
});

describe("what is under a point", () => {
  it.each([
    ["a table", [10, 10], 6, "box t0"],
    ["its last pixel", [1, HEADER + 4 * ROW], 6, "box t0"],
    ["the area around it", [-20, -20], 6, "area area"],
    ["a note", [10, 910], 6, "note note"],
    ["nothing", [3000, 3000], 6, "nothing"],
  ] as const)("%s", (_, [x, y], reach, expected) => {
    const found = hit(scene, { x, y }, reach);
    const id =
      found?.kind === "box" ? found.box.id : found?.kind === "note" ? found.note.id : found?.kind === "area" ? found.area.id : "";
    expect(found ? `${found.kind} ${id}` : "nothing").toBe(expected);
  });

  it("a line within reach, not beyond", () => {
    const [route] = scene.routesIn({ x: -1e4, y: -1e4, width: 2e4, height: 2e4 });
    const [[x1, y1], [x2]] = [route!.points[0]!, route!.points[1]!];
    const on = { x: (x1 + x2) / 2, y: y1 };
    expect(hit(scene, { ...on, y: on.y + 4 }, 6)).toMatchObject({ kind: "route", route: { key: route!.key } });
    expect(hit(scene, { ...on, y: on.y + 4 }, 2)?.kind).not.toBe("route");
  });
});

it("a rectangle holds tables and notes that it touches, areas that lie in it", () => {
  const touching = within(scene, { x: 200, y: 50, width: 250, height: 20 });
  expect(touching.boxes.map(({ id }) => id)).toEqual(["t0", "t1"]);
  expect(touching.areas).toEqual([]);
  const all = within(scene, { x: -100, y: -100, width: 3000, height: 3000 });
  expect([all.boxes.length, all.areas.length, all.notes.length]).toEqual([9, 1, 1]);
});

it("a header, a row, an area and a note have their rectangle; what is not there has none", () => {
  const box = scene.box("t4")!;
  expect(rectFor(scene, "t4", null)).toMatchObject({ x: box.x, y: box.y, height: HEADER });
  expect(rectFor(scene, "t4", "t4c2")).toEqual({ x: box.x, y: box.y + HEADER + 2 * ROW, width: box.width, height: ROW });
  expect(rectFor(scene, "area", null)).toEqual({ x: -50, y: -50, width: 400, height: 250 });
  expect(rectFor(scene, "note", null)).toEqual({ x: 0, y: 900, width: 200, height: 100 });
  expect(rectFor(scene, "gone", null)).toBeNull();
});

it("rows of a box from heights and back", () => {
  const box = scene.box("t4")!;
  expect(rowAt(box, box.y + 5)).toBeNull();
  expect(rowAt(box, box.y + rowMiddle(box, box.rows[3]!.columnId))).toBe(box.rows[3]);
  expect(rowAt(box, box.y + box.height + 50)).toBeNull();
  expect(rowMiddle(box, null)).toBe(HEADER / 2);
});

it.each([
  ["right", 1, 0, "t5"],
  ["left", -1, 0, "t3"],
  ["up", 0, -1, "t1"],
  ["down", 0, 1, "t7"],
] as const)("the nearest table %s", (_, dx, dy, expected) => {
  expect(nearest(scene, scene.box("t4")!, dx, dy)?.id).toBe(expected);
});

it("no table beyond the last", () => {
  expect(nearest(scene, scene.box("t8")!, 1, 0)).toBeNull();
});
