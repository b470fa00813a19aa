import { describe, expect, it } from "vitest";
import type { Position, TableId } from "#shared/model/index.ts";
import { areaAt, diagramOf, gridDesign, noteAt } from "../../../tests/support/diagrams.ts";
import { carrier } from "./carried.ts";
import { type Scene, SceneBuilder } from "./scene.ts";

const shortType = (type: string): string => type;
const everywhere = { x: -1e6, y: -1e6, width: 2e6, height: 2e6 };
const shown = (scene: Scene) => ({
  boxes: [...scene.boxesIn(everywhere)].sort((a, b) => (a.id < b.id ? -1 : 1)),
  routes: [...scene.routesIn(everywhere)].sort((a, b) => (a.key.id < b.key.id ? -1 : 1)),
  areas: scene.areas,
  notes: scene.notes,
});

describe("a scene", () => {
  it("holds what has a place, and the routes between", () => {
    const { schema, diagram } = gridDesign(20);
    const positions = new Map(diagram.positions);
    positions.delete("t3" as TableId);
    const scene = new SceneBuilder().build({ schema, diagram: { ...diagram, positions }, shortType });
    expect(scene.boxes).toHaveLength(19);
    expect(scene.box("t3")).toBeNull();
    const whole = schema.foreignKeys.filter(({ tableId, refTableId }) => tableId !== "t3" && refTableId !== "t3");
    expect(scene.routesIn(everywhere).map(({ key }) => key.id)).toEqual(whole.map(({ id }) => id));
  });

  it("finds only what touches the rectangle, in painting order", () => {
    const { schema, diagram } = gridDesign(25);
    const scene = new SceneBuilder().build({ schema, diagram, shortType });
    expect(scene.boxesIn({ x: 390, y: 0, width: 420, height: 10 }).map(({ id }) => id)).toEqual(["t1", "t2"]);
    expect(scene.boxesIn({ x: 300, y: 0, width: 50, height: 10 })).toEqual([]);
  });

  it("has bounds around areas and notes too, and none when it is empty", () => {
    const { schema } = gridDesign(1);
    const pieces = {
      areas: [areaAt("a", [-500, -100], [200, 100])],
      notes: [noteAt("n", [900, 700], [100, 100])],
    };
    const scene = new SceneBuilder().build({ schema, diagram: diagramOf(new Map([["t0", [0, 0]]]), pieces), shortType });
    expect(scene.bounds).toEqual({ x: -500, y: -100, width: 1500, height: 900 });
    const empty = new SceneBuilder().build({ schema: { ...schema, tables: [] }, diagram: diagramOf(new Map()), shortType });
    expect(empty.bounds).toBeNull();
    expect(empty.boxesIn(everywhere)).toEqual([]);
  });

  it("shows the rows of keys alone, or none, in boxes of the same width, and all again", () => {
    const { schema, diagram } = gridDesign(6, 5);
    const builder = new SceneBuilder();
    const sizes = (["all", "keys", "names", "all"] as const).map((columns) => {
      const box = builder.build({ schema, diagram, shortType, columns }).box("t3");
      return { rows: box?.rows.length, of: box?.columns, width: box?.width, height: box?.height };
    });
    const keys = schema.foreignKeys.filter(({ tableId }) => tableId === "t3").length + 1;
    const width = sizes[0]?.width;
    expect(sizes).toEqual([
      { rows: 5, of: 5, width, height: 163 },
      { rows: keys, of: 5, width, height: 33 + 26 * keys },
      { rows: 0, of: 5, width, height: 33 },
      { rows: 5, of: 5, width, height: 163 },
    ]);
  });

  it("takes over the boxes and routes that a move did not touch", () => {
    const { schema, diagram } = gridDesign(30);
    const builder = new SceneBuilder();
    const before = builder.build({ schema, diagram, shortType });
    const positions = new Map(diagram.positions).set("t5" as TableId, [77, 88]);
    const after = builder.build({ schema, diagram: { ...diagram, positions }, shortType });
    const remade = after.routesIn(everywhere).filter((item) => item !== before.route(item.key.id));
    expect(after.boxes.filter((item) => item !== before.box(item.id)).map(({ id }) => id)).toEqual(["t5"]);
    expect(remade.every(({ key }) => key.tableId === "t5" || key.refTableId === "t5")).toBe(true);
    expect(remade).toHaveLength(before.routesOf("t5").length);
  });

  it("makes rows anew when only a key of the table changed", () => {
    const { schema, diagram } = gridDesign(6);
    const builder = new SceneBuilder();
    builder.build({ schema, diagram, shortType });
    const [gone, ...foreignKeys] = schema.foreignKeys;
    const after = builder.build({ schema: { ...schema, foreignKeys }, diagram, shortType });
    const marks = after.box(gone!.tableId)!.rows.filter(({ columnId }) => columnId === gone!.columns[0]);
    expect(marks.map(({ mark }) => mark)).toEqual([null]);
    expect(after.route(gone!.id)).toBeNull();
  });
});

describe("a carried scene", () => {
  const { schema, diagram } = gridDesign(60);
  const pieces = {
    ...diagram,
    areas: [areaAt("a", [0, 0], [500, 500])],
    notes: [noteAt("n", [50, 900], [100, 100])],
  };
  const resting = new SceneBuilder().build({ schema, diagram: pieces, shortType });

  it.each([
    [["t7"], 1],
    [["t1", "t2", "t30"], 3],
    [schema.tables.map(({ id }) => id as string), 60],
    [["t1", "a", "n"], 1],
  ])("shows what a scene built from nothing would show: %#", (ids) => {
    const places = new Map<string, Position>(ids.map((id, at) => [id, [at * 31 - 250, at * 17 + 40]]));
    const positions = new Map(diagram.positions);
    for (const [id, at] of places) if (resting.box(id)) positions.set(id as TableId, at);
    const built = new SceneBuilder().build({
      schema,
      diagram: {
        ...pieces,
        positions,
        areas: pieces.areas.map((area) => ({ ...area, at: places.get(area.id) ?? area.at })),
        notes: pieces.notes.map((note) => ({ ...note, at: places.get(note.id) ?? note.at })),
      },
      shortType,
    });
    expect(shown(carrier(resting, ids)(places))).toEqual(shown(built));
  });

  it("makes anew only the routes that touch what is carried", () => {
    const carried = carrier(resting, ["t7"])(new Map([["t7", [10, 10]]]));
    const remade = carried.routesIn(everywhere).filter((item) => item !== resting.route(item.key.id));
    expect(new Set(remade.map(({ key }) => key.id))).toEqual(new Set(resting.routesOf("t7").map(({ key }) => key.id)));
  });

  it("lies on top and leaves the resting scene as it was", () => {
    const under = resting.box("t9")!;
    const carried = carrier(resting, ["t2"])(new Map([["t2", [under.x, under.y]]]));
    expect(carried.boxesIn({ x: under.x + 5, y: under.y + 5, width: 1, height: 1 }).map(({ id }) => id)).toEqual(["t9", "t2"]);
    expect(carried.boxes.at(-1)?.id).toBe("t2");
    expect(resting.box("t2")).toMatchObject({ x: 800, y: 0 });
  });
});
