import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { diff } from "#shared/diff/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { writeDesign } from "#shared/formats/json/index.ts";
import { areaAt, gridDesign } from "../../../tests/support/diagrams.ts";
import { generate } from "../../../tests/support/generator.ts";
import { formatService } from "../formats/service.ts";
import { pack } from "../parcel.ts";
import { designService } from "./service.ts";

function opened(update: Uint8Array) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return new DesignDoc(doc).snapshot;
}

describe("a design is made of what was imported", () => {
  it.each([
    ["laid out", true],
    ["in plain rows", false],
  ])("with ids of its own and a place for every table, %s", async (_, laidOut) => {
    const schema = generate({ tables: 12 });
    const { update, tables } = await designService.make("Shop", pack(schema, null, false), laidOut);
    const made = opened(update);
    expect([made.name, tables, made.schema.tables.length]).toEqual(["Shop", 12, 12]);
    const names = (tables: typeof schema.tables): string[] => tables.map(({ name }) => name).sort();
    expect(names(made.schema.tables)).toEqual(names(schema.tables));
    expect(made.schema.tables.some(({ id }) => schema.tables.some((table) => table.id === id))).toBe(false);
    expect(made.schema.tables.filter(({ id }) => !made.diagram.positions.has(id))).toEqual([]);
    expect(new Set([...made.diagram.positions.values()].map(String)).size).toBe(12);
  });

  it("from a design file: ids, places, areas and colours as they are, and places for what has none", async () => {
    const { schema, diagram } = gridDesign(4);
    const [first, last] = [schema.tables[0]!.id, schema.tables[3]!.id];
    const positions = new Map(diagram.positions);
    positions.delete(last);
    const whole = {
      ...diagram,
      positions,
      areas: [areaAt("a", [-20, -20], [500, 400], "Sales")],
      tints: new Map([[first, "rose" as const]]),
    };
    const bytes = new TextEncoder().encode(writeDesign({ name: "Grid", schema, diagrams: [whole] }));
    const read = await formatService.read(bytes.buffer, "grid.json", "json", null);
    expect([read.value?.name, read.problems]).toEqual(["Grid", []]);
    const { update } = await designService.make("Grid", read.value!.parcel, true);
    const made = opened(update);
    expect(diff(schema, made.schema)).toEqual([]);
    expect(made.diagram.areas.map(({ name }) => name)).toEqual(["Sales"]);
    expect(made.diagram.tints.get(first)).toBe("rose");
    for (const [id, at] of positions) expect(made.diagram.positions.get(id)).toEqual(at);
    expect(made.diagram.positions.get(last)).toBeDefined();
  });

  it("from a text of another format: its tables get ids of their own, and stand where it says", async () => {
    const { schema, diagram } = gridDesign(4);
    const { text } = await formatService.write("dbml", "10", { name: "Grid", schema, diagrams: [diagram] }, null);
    const read = await formatService.read(new TextEncoder().encode(text).buffer, "grid.dbml", "dbml", null);
    const made = opened((await designService.make("Grid", read.value!.parcel, true)).update);
    const places = (tables: typeof schema.tables, positions: typeof diagram.positions): unknown =>
      tables.map(({ id, name }) => [name, positions.get(id)]).sort();
    expect(places(made.schema.tables, made.diagram.positions)).toEqual(places(schema.tables, diagram.positions));
    expect(
      made.schema.tables.some(({ id }) => read.value!.parcel.adopted || schema.tables.some((table) => table.id === id)),
    ).toBe(false);
  });
});
