import { describe, expect, it } from "vitest";
import { type Scene, SceneBuilder } from "#shared/drawing/index.ts";
import type { Position, TableId } from "#shared/model/index.ts";
import { areaAt, diagramOf, gridDesign, noteAt } from "../../../tests/support/diagrams.ts";
import fc from "../../../tests/support/fast-check.ts";
import { takeUp } from "./hand.ts";

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

  it("is, after edits of some tables, the one that is built from nothing", () => {
    const { schema, diagram } = gridDesign(40);
    const builder = new SceneBuilder();
    builder.build({ schema, diagram, shortType });
    const all = (scene: Scene) => ({
      ...shown(scene),
      boxes: scene.boxes,
      routes: scene.routes,
      bounds: scene.bounds,
      found: [
        scene.boxesIn({ x: 300, y: 0, width: 500, height: 400 }),
        scene.routesIn({ x: 300, y: 0, width: 500, height: 400 }),
      ],
      single: schema.tables.map(({ id }) => [scene.box(id), scene.routesOf(id)]),
      keyed: schema.foreignKeys.map(({ id }) => scene.route(id)),
    });
    const edit = fc.record({
      at: fc.array(fc.nat(39), { minLength: 1, maxLength: 36 }),
      name: fc.constantFrom("n", "a name", "a name that makes its table wider than the others are"),
      what: fc.constantFrom("title", "column", "not null", "gone", "unplaced", "moved"),
    });
    let [now, drawn] = [schema, diagram];
    fc.assert(
      fc.property(edit, ({ at, name, what }) => {
        const chosen = new Set(at.map((place) => `t${String(place)}`));
        const positions = new Map(drawn.positions);
        for (const id of chosen)
          if (what === "unplaced") positions.delete(id as TableId);
          else if (what === "moved") positions.set(id as TableId, [name.length * 10, at.length]);
        if (what === "unplaced" || what === "moved") drawn = { ...drawn, positions };
        const tables = now.tables.map((table) => {
          if (!chosen.has(table.id)) return table;
          if (what === "title") return { ...table, name };
          const column = (one: (typeof table.columns)[number], place: number) =>
            place > 0 ? one : what === "column" ? { ...one, name } : { ...one, nullable: name === "n" };
          return what === "column" || what === "not null" ? { ...table, columns: table.columns.map(column) } : table;
        });
        const foreignKeys = what === "gone" ? schema.foreignKeys.slice(at.length) : now.foreignKeys;
        now = { ...now, tables, foreignKeys };
        const input = { schema: now, diagram: drawn, shortType };
        expect(all(builder.build(input))).toEqual(all(new SceneBuilder().build(input)));
      }),
      { numRuns: 40 },
    );
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

describe("things in the hand", () => {
  const { schema, diagram } = gridDesign(60);
  const pieces = {
    ...diagram,
    areas: [areaAt("a", [0, 0], [500, 500])],
    notes: [noteAt("n", [50, 900], [100, 100])],
  };
  const resting = new SceneBuilder().build({ schema, diagram: pieces, shortType });
  const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] => [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

  it.each([
    [["t7"], 1],
    [["t1", "t2", "t30"], 3],
    [schema.tables.map(({ id }) => id as string), 60],
    [["t1", "a", "n"], 1],
  ])("show, with what rests, what a scene built from nothing would show: %#", (ids, tables) => {
    const by = [-310, 57] as const;
    const moved = ([x, y]: Position): Position => [x + by[0], y + by[1]];
    const held = new Set(ids);
    const positions = new Map(diagram.positions);
    for (const [id, at] of positions) if (held.has(id)) positions.set(id, moved(at));
    const places = <T extends { readonly id: string; readonly at: Position }>(list: readonly T[]): T[] =>
      list.map((item) => (held.has(item.id) ? { ...item, at: moved(item.at) } : item));
    const built = new SceneBuilder().build({
      schema,
      diagram: { ...pieces, positions, areas: places(pieces.areas), notes: places(pieces.notes) },
      shortType,
    });
    const hand = takeUp(resting, ids);
    const [still, along] = [shown(hand.rest), shown(hand.held)];
    expect(along.boxes).toHaveLength(tables);
    const carried = along.boxes.map((box) => ({ ...box, x: box.x + by[0], y: box.y + by[1] }));
    expect(byId([...still.boxes, ...carried])).toEqual(shown(built).boxes);
    const paths = [
      ...still.routes.map(({ key, points }) => ({ id: key.id, points })),
      ...along.routes.map(({ key, points }) => ({ id: key.id, points: points.map(moved) })),
      ...hand.routes(by).map(({ key, points }) => ({ id: key.id, points })),
    ];
    expect(byId(paths)).toEqual(shown(built).routes.map(({ key, points }) => ({ id: key.id, points })));
    expect([...still.areas, ...places(along.areas)]).toEqual(built.areas);
    expect([...still.notes, ...places(along.notes)]).toEqual(built.notes);
  });

  it("are not in what rests, by any way of asking, and leave the scene as it was", () => {
    const { rest, holds } = takeUp(resting, ["t7"]);
    expect(rest.box("t7")).toBeNull();
    expect(rest.boxes).toHaveLength(59);
    const touching = resting.routesOf("t7").map(({ key }) => key.id);
    expect(touching.length).toBeGreaterThan(0);
    expect(touching.map((id) => rest.route(id))).toEqual(touching.map(() => null));
    expect(rest.routes).toHaveLength(resting.routes.length - touching.length);
    expect([holds("t7"), holds("t8")]).toEqual([true, false]);
    expect(resting.boxes).toHaveLength(60);
  });
});
