import { describe, expect, it } from "vitest";
import { HEADER, ROW, SceneBuilder } from "#shared/drawing/index.ts";
import type { Position } from "#shared/model/index.ts";
import { areaAt, gridDesign, noteAt } from "../../../tests/support/diagrams.ts";
import { type Camera, toWorld } from "../geometry/camera.ts";
import { rectFor } from "../geometry/hits.ts";
import type { Gesture, Host, Piece, PointerMoment, Shown } from "./gesture.ts";
import { idle } from "./idle.ts";
import { press } from "./press.ts";

const { schema, diagram } = gridDesign(9);
// t0 .. t8, 400 apart and 224 down; an area around t0, a note below all.
const pieces = { areas: [areaAt("area", [-50, -50], [400, 250])], notes: [noteAt("note", [0, 900], [200, 100])] };
const scene = new SceneBuilder().build({ schema, diagram: { ...diagram, ...pieces }, shortType: (type) => type });

/** A host that keeps what gestures do in plain sight, in words. */
function table({ tool = "select", readOnly = false, selected = [] as string[] } = {}) {
  const seen = {
    did: [] as string[],
    shown: {} as Shown,
    camera: { x: 0, y: 0, zoom: 1 } as Camera,
    selected: new Set(selected),
  };
  const did = (what: string): void => void seen.did.push(what);
  const choose = (ids: Iterable<string>): void => {
    seen.selected = new Set(ids);
    did(`select ${[...ids].join(" ")}`.trim());
  };
  const host: Host = {
    scene: () => scene,
    camera: () => seen.camera,
    tool: () => tool as ReturnType<Host["tool"]>,
    setCamera: (camera) => (seen.camera = camera),
    selected: () => seen.selected,
    piece: () => {
      const [id] = seen.selected;
      const rect = seen.selected.size === 1 && (id === "area" || id === "note") ? rectFor(scene, id, null) : null;
      return rect && id ? { id, rect } : null;
    },
    selectBoxes: (ids, adding) => choose(adding ? [...seen.selected, ...ids] : ids),
    selectRow: (box, row) => {
      choose([box.id]);
      did(`row ${row.name}`);
    },
    selectRoute: (id) => did(`route ${id}`),
    selectPiece: (_, id) => choose([id]),
    selectWithin: ({ x, y, width, height }) => did(`within ${[x, y, width, height].join(" ")}`),
    clear: () => choose([]),
    show: (what) => (seen.shown = { ...seen.shown, ...what }),
    place: (positions: ReadonlyMap<string, Position>) =>
      did(`place ${[...positions].map(([id, at]) => `${id} ${at.join(",")}`).join(" ")}`),
    resize: ({ id, rect }: Piece) => did(`resize ${id} ${[rect.x, rect.y, rect.width, rect.height].join(",")}`),
    create: (what) => did(`create ${what}`),
    connect: (from, to) => did(`connect ${from.box.id}.${from.row?.columnId ?? ""} ${to.box.id}.${to.row?.columnId ?? ""}`),
    readOnly: () => readOnly,
  };
  const at = (x: number, y: number, more: Partial<PointerMoment> = {}): PointerMoment => {
    const screen = { x, y };
    return { screen, world: toWorld(seen.camera, screen), button: 0, adding: false, panning: false, ...more };
  };
  return { host, seen, at };
}

const untouched = { carried: null, marquee: null, drawing: null, sized: null };
const showsNothing = (shown: Shown): void => expect({ ...untouched, ...shown }).toEqual(untouched);

describe("dragging tables", () => {
  it("moves what is selected, locally until it is dropped, as one command", () => {
    const { host, seen, at } = table();
    let gesture = press(host, at(10, 10));
    for (const x of [20, 60, 110]) gesture = gesture.move(at(x, 30));
    expect(seen.shown.carried).toEqual({ ids: ["t0"], by: [100, 20] });
    expect(seen.did).toEqual(["select t0"]);
    gesture.up(at(110, 30));
    expect(seen.did).toEqual(["select t0", "place t0 100,20"]);
    showsNothing(seen.shown);
  });

  it("moves several at once, and by the same way at another zoom", () => {
    const { host, seen, at } = table({ selected: ["t0", "t1"] });
    seen.camera = { x: 0, y: 0, zoom: 0.5 };
    press(host, at(5, 5)).move(at(55, 5)).up(at(55, 5));
    expect(seen.did).toEqual(["place t0 100,0 t1 500,0"]);
  });

  it("is a click while the pointer trembles", () => {
    const { host, seen, at } = table();
    press(host, at(10, 10)).move(at(12, 11)).up(at(12, 11));
    expect(seen.did).toEqual(["select t0"]);
  });

  it("Escape and a lost pointer put everything back", () => {
    const { host, seen, at } = table();
    const after = press(host, at(10, 10)).move(at(300, 300)).cancel();
    showsNothing(seen.shown);
    after.move(at(400, 400)).up(at(400, 400));
    expect(seen.did).toEqual(["select t0"]);
  });

  it("moves nothing in a design that is only looked at", () => {
    const { host, seen, at } = table({ readOnly: true });
    press(host, at(10, 10)).move(at(300, 300)).up(at(300, 300));
    expect(seen.did).toEqual(["select t0"]);
    showsNothing(seen.shown);
  });

  it("carries the tables of an area with it", () => {
    const { host, seen, at } = table();
    press(host, at(-20, -20)).move(at(-10, 0)).up(at(-10, 0));
    expect(seen.did).toEqual(["select area", "place area -40,-30 t0 10,20"]);
  });

  it("selects a row where one is pressed, and adds with Shift", () => {
    const { host, seen, at } = table();
    press(host, at(10, HEADER + ROW + 3)).up(at(10, HEADER + ROW + 3));
    expect(seen.did).toEqual(["select t0", `row ${scene.box("t0")!.rows[1]!.name}`]);
    press(host, at(410, 10, { adding: true }));
    expect([...seen.selected]).toEqual(["t0", "t1"]);
  });
});

describe("a marquee", () => {
  it("selects what it touches", () => {
    const { host, seen, at } = table();
    const gesture = press(host, at(300, 600)).move(at(700, 700));
    expect(seen.shown.marquee).toEqual({ x: 300, y: 600, width: 400, height: 100 });
    gesture.up(at(700, 700));
    expect(seen.did).toEqual(["within 300 600 400 100"]);
    showsNothing(seen.shown);
  });

  it("of no size is a click on nothing; given up it selects nothing", () => {
    const { host, seen, at } = table({ selected: ["t1"] });
    press(host, at(300, 800)).move(at(600, 850)).cancel();
    expect(seen.did).toEqual([]);
    press(host, at(300, 800)).up(at(300, 800));
    expect(seen.did).toEqual(["select"]);
  });
});

describe("sizing an area or a note", () => {
  it("draws a corner, locally until it is let go, as one command", () => {
    const { host, seen, at } = table({ selected: ["area"] });
    const gesture = press(host, at(350, 200)).move(at(400, 260));
    expect(seen.shown.sized).toEqual({ id: "area", rect: { x: -50, y: -50, width: 450, height: 310 } });
    gesture.up(at(400, 260));
    expect(seen.did).toEqual(["resize area -50,-50,450,310"]);
    showsNothing(seen.shown);
  });

  it("Escape keeps the size", () => {
    const { host, seen, at } = table({ selected: ["note"] });
    press(host, at(0, 950)).move(at(-80, 950)).cancel().up(at(-80, 950));
    expect(seen.did).toEqual([]);
    showsNothing(seen.shown);
  });

  it.each([
    ["not selected", { selected: [] as string[] }],
    ["selected with others", { selected: ["area", "t0"] }],
    ["only looked at", { selected: ["area"], readOnly: true }],
  ])("has no handles when it is %s", (_, given) => {
    const { host, seen, at } = table(given);
    press(host, at(349, 199)).move(at(400, 260)).up(at(400, 260));
    expect(seen.did.some((what) => what.startsWith("resize"))).toBe(false);
  });
});

describe("drawing", () => {
  it("a relation from a column to a table", () => {
    const { host, seen, at } = table({ tool: "relation" });
    const gesture = press(host, at(410, HEADER + 3)).move(at(20, 20));
    expect(seen.shown.drawing).toEqual([
      [410, HEADER + 3],
      [20, 20],
    ]);
    gesture.up(at(20, 20));
    expect(seen.did).toEqual(["connect t1.t1c0 t0."]);
    showsNothing(seen.shown);
  });

  it("no relation to nothing, none from nothing, none when it is given up", () => {
    const { host, seen, at } = table({ tool: "relation" });
    press(host, at(410, 40)).move(at(360, 300)).up(at(360, 800));
    press(host, at(360, 800)).move(at(20, 20)).up(at(20, 20));
    press(host, at(410, 40)).move(at(20, 20)).cancel().up(at(20, 20));
    expect(seen.did).toEqual([]);
    showsNothing(seen.shown);
  });

  it("an area, unless it is too small", () => {
    const { host, seen, at } = table({ tool: "area" });
    press(host, at(0, 1200)).move(at(300, 1400)).up(at(300, 1400));
    press(host, at(0, 1200)).move(at(20, 1210)).up(at(20, 1210));
    press(host, at(0, 1200)).move(at(300, 1400)).cancel();
    expect(seen.did).toEqual(["create area"]);
    showsNothing(seen.shown);
  });

  it.each(["table", "note"])("a %s where the pointer is pressed, once", (tool) => {
    const { host, seen, at } = table({ tool });
    press(host, at(0, 1200)).move(at(20, 20)).up(at(20, 20));
    expect(seen.did).toEqual([`create ${tool}`]);
  });

  it.each(["table", "note", "area", "relation"])("no %s in a design that is only looked at", (tool) => {
    const { host, seen, at } = table({ tool, readOnly: true });
    press(host, at(300, 800)).move(at(700, 900)).up(at(700, 900));
    expect(seen.did.filter((what) => /create|connect/.test(what))).toEqual([]);
  });
});

describe("panning", () => {
  it.each([
    ["with its tool", "pan", {}],
    ["with space or the middle button", "select", { panning: true }],
  ] as const)("%s", (_, tool, more) => {
    const { host, seen, at } = table({ tool });
    let gesture: Gesture = press(host, at(100, 100, more));
    expect(gesture.cursor).toBe("grabbing");
    gesture = gesture.move(at(130, 90, more));
    expect(seen.camera).toEqual({ x: -30, y: 10, zoom: 1 });
    gesture.up(at(130, 90, more));
    expect(seen.did).toEqual([]);
  });
});

it("nothing pressed does nothing, and giving it up takes nothing away", () => {
  const { host, seen, at } = table({ selected: ["t0"] });
  const state = idle(host);
  expect(state.move(at(1, 1)).up(at(1, 1)).cancel()).toBe(state);
  expect(seen.did).toEqual([]);
});
