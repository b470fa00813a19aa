import { describe, expect, it } from "vitest";
import { HEADER, intersects, type Rect, ROW, SceneBuilder } from "#shared/drawing/index.ts";
import type { Position, TableId } from "#shared/model/index.ts";
import { areaAt, gridDesign } from "../../../tests/support/diagrams.ts";
import { takeUp } from "../geometry/hand.ts";
import { changesOf, type Painting } from "./changes.ts";
import { StateKeeper } from "./state.ts";

const { schema, diagram } = gridDesign(60);
const pieces = { ...diagram, areas: [areaAt("a", [-900, 0], [300, 300])] };
const builder = new SceneBuilder();
const shortType = (type: string): string => type;
const scene = builder.build({ schema, diagram: pieces, shortType });
const nothing = { tables: new Set<string>(), areas: new Set<string>(), notes: new Set<string>(), column: null, foreignKey: null };

const painting = (
  change: Partial<Parameters<StateKeeper["of"]>[1]> = {},
  of = scene,
  hovered: string | null = null,
): Painting => ({
  scene: of,
  state: new StateKeeper().of(hovered, { ...nothing, ...change }, [], of),
});
const touches = (changes: readonly Rect[] | "all", rect: Rect): boolean =>
  changes !== "all" && changes.some((one) => intersects(one, rect));

describe("what looks different", () => {
  it("is nothing while only the camera moves", () => {
    const one = painting();
    expect(changesOf(one, one, 1)).toEqual([]);
    expect(changesOf(one, painting(), 1)).toEqual([]);
  });

  it("is what is selected now, and what was", () => {
    const changes = changesOf(painting({ tables: new Set(["t1"]) }), painting({ tables: new Set(["t9"]) }), 1);
    expect(touches(changes, scene.box("t1")!)).toBe(true);
    expect(touches(changes, scene.box("t9")!)).toBe(true);
    expect(touches(changes, scene.box("t30")!)).toBe(false);
    expect(touches(changesOf(painting(), painting({ areas: new Set(["a"]) }), 1), { x: -800, y: 50, width: 1, height: 1 })).toBe(
      true,
    );
  });

  it("is the table of a column that stands out", () => {
    const tables = new Set(["t1"]);
    const changes = changesOf(painting({ tables }), painting({ tables, column: { columnId: "c1" } }), 1);
    expect(touches(changes, scene.box("t1")!)).toBe(true);
  });

  it("is a relation that is lit, along its path, with the tables whose columns it tints", () => {
    const lit = scene.routes[3]!;
    const changes = changesOf(painting(), painting({}, scene, lit.key.id), 1);
    for (const id of [lit.key.tableId, lit.key.refTableId]) expect(touches(changes, scene.box(id)!)).toBe(true);
    for (const [x, y] of lit.points) expect(touches(changes, { x, y, width: 1, height: 1 })).toBe(true);
  });

  it("is where a table was, where it is, and the routes between", () => {
    const positions = new Map(diagram.positions).set("t5" as TableId, [5000, 5000] as Position);
    const after = new SceneBuilder().build({ schema, diagram: { ...pieces, positions }, shortType });
    const changes = changesOf(painting(), painting({}, after), 1);
    // A scene from another builder shares nothing with this one: everything is different, and is painted as a whole.
    expect(changes).toBe("all");
    const moved = builder.build({ schema, diagram: { ...pieces, positions }, shortType });
    const few = changesOf(painting(), painting({}, moved), 1);
    expect(touches(few, scene.box("t5")!)).toBe(true);
    expect(touches(few, { x: 5010, y: 5010, width: 1, height: 1 })).toBe(true);
    for (const { points } of moved.routesOf("t5"))
      for (const [x, y] of points) expect(touches(few, { x, y, width: 1, height: 1 })).toBe(true);
  });

  it("is the row of a column that has another name, and no relation whose path stays", () => {
    const own = new SceneBuilder();
    const first = own.build({ schema, diagram: pieces, shortType });
    const [table] = schema.tables.filter(({ id }) => id === "t5");
    const [key] = table!.columns;
    const columns = table!.columns.map((column) => (column === key ? { ...column, name: "renamed" } : column));
    const tables = schema.tables.map((one) => (one === table ? { ...one, columns } : one));
    const changes = changesOf(
      painting({}, first),
      painting({}, own.build({ schema: { ...schema, tables }, diagram: pieces, shortType })),
      1,
    );
    const { x, y, width } = first.box("t5")!;
    expect(changes).toEqual([{ x: x - 2, y: y + HEADER - 2, width: width + 4, height: ROW + 4 }]);
  });

  it("is what is taken up, and what is put down", () => {
    const { rest } = takeUp(scene, ["t7", "a"]);
    for (const [before, after] of [
      [painting(), painting({}, rest)],
      [painting({}, rest), painting()],
    ] as const) {
      const changes = changesOf(before, after, 1);
      expect(touches(changes, scene.box("t7")!)).toBe(true);
      expect(touches(changes, { x: -800, y: 50, width: 1, height: 1 })).toBe(true);
      expect(touches(changes, scene.box("t59")!)).toBe(false);
    }
  });

  it("is everything when the engine's verdict changed", () => {
    const about = { id: "t3", ownerId: null };
    const refused = { scene, state: new StateKeeper().of(null, nothing, [{ about, problem: {} }], scene) };
    expect(changesOf(painting(), refused, 1)).toBe("all");
    expect(refused.state.refused).toEqual(new Set(["t3"]));
  });
});

describe("what stands out", () => {
  it("is the same object until something that it is made from is another", () => {
    const keeper = new StateKeeper();
    const refusals: readonly never[] = [];
    const first = keeper.of(null, nothing, refusals, scene);
    expect(keeper.of(null, nothing, refusals, scene)).toBe(first);
    expect(keeper.of(scene.routes[0]!.key.id, nothing, refusals, scene)).not.toBe(first);
  });
});
