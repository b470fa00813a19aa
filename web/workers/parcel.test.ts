import { expect, it } from "vitest";
import { areaAt, gridDesign, noteAt } from "../../tests/support/diagrams.ts";
import { pack, unpack } from "./parcel.ts";

it("a parcel opens to what was packed, and says on its outside how much that is", () => {
  const { schema, diagram } = gridDesign(4);
  const whole = {
    ...diagram,
    tints: new Map([[schema.tables[0]!.id, "rose" as const]]),
    areas: [areaAt("a", [0, 0], [9, 9])],
    notes: [noteAt("n", [0, 0], [9, 9], "why")],
  };
  const parcel = pack(schema, whole, true);
  expect(unpack(parcel)).toEqual({ schema, diagram: whole });
  expect(parcel.counts).toEqual([
    ["tables", 4],
    ["columns", 16],
    ["relations", schema.foreignKeys.length],
    ["indexes", 4],
  ]);
  expect(unpack(pack(schema, null, false))).toEqual({ schema, diagram: null });
});
