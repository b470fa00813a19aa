import fc from "../../../tests/support/fast-check.ts";
import { describe, expect, it } from "vitest";
import { arbitraryDiagram, arbitrarySchema } from "../../../tests/support/arbitrary-schema.ts";
import { type Design, readDesign, recogniseDesign, writeDesign } from "./index.ts";

const arbitraryDesign: fc.Arbitrary<Design> = arbitrarySchema.chain((schema) =>
  fc.record({ name: fc.string(), schema: fc.constant(schema), diagrams: fc.array(arbitraryDiagram(schema), { maxLength: 2 }) }),
);

const file = (schema: unknown, more: object = {}): string =>
  JSON.stringify({ format: "drawbridge/1", name: "x", schema, ...more });
const namespaces = [{ id: "n", name: "public" }];
const table = (id: string, more: object = {}) => ({
  id,
  name: id,
  namespaceId: "n",
  columns: [{ id: `${id}c`, name: "c", type: "text" }],
  ...more,
});

describe("a design file", () => {
  it("opens again, equal", () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        const written = writeDesign(design);
        expect(readDesign(written)).toEqual({ value: design, problems: [] });
        expect(recogniseDesign(written)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it("never throws, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.jsonValue().map((value) => file(value)),
        ),
        (source) => {
          const { value, problems } = readDesign(source);
          expect(value !== null || problems.length > 0).toBe(true);
        },
      ),
    );
  });

  it("leaves attributes at their default out", () => {
    const read = readDesign(file({ dialect: "sqlite", namespaces, tables: [table("t")] })).value;
    expect(read?.schema.tables[0]?.columns[0]?.notNull).toBe(false);
    expect(read && writeDesign(read)).not.toContain("notNull");
  });
});

describe("what is wrong is told with its place, and the rest is read", () => {
  it.each([
    ["", null, [["input.empty", undefined]]],
    ["{", null, [["format.invalid", "The file"]]],
    ["[1]", null, [["format.invalid", "format"]]],
    ['{"format":"drawdb/1"}', null, [["format.invalid", "format"]]],
    ['{"format":"drawbridge/2"}', null, [["format.too-new", undefined]]],
    [file(3), null, [["format.invalid", "schema"]]],
    [
      file({ dialect: "sqlite", namespaces, tables: [table("t"), { id: "u" }] }),
      1,
      [
        ["format.invalid", "schema.tables[1].name"],
        ["format.invalid", "schema.tables[1].namespaceId"],
      ],
    ],
    [
      file({ dialect: "sqlite", namespaces, tables: [table("t", { unlogged: "yes" })] }),
      1,
      [["format.invalid", "schema.tables[0].unlogged"]],
    ],
    [file({ dialect: "sqlite", namespaces, tables: [table("t"), table("t")] }), 1, [["format.invalid", "t"]]],
    [
      file({
        dialect: "sqlite",
        namespaces,
        tables: [table("t")],
        foreignKeys: [{ id: "f", name: "f", tableId: "t", columns: ["tc"], refTableId: "gone", refColumns: ["x"] }],
      }),
      1,
      [["model.dangling", undefined]],
    ],
    [file({ dialect: "sqlite", namespaces, tables: [table("t", { namespaceId: "gone" })] }), 0, [["model.dangling", undefined]]],
    [
      file(
        { dialect: "sqlite", namespaces, tables: [table("t")] },
        { diagrams: [{ id: "d", name: "d", positions: { t: [1] } }] },
      ),
      1,
      [["format.invalid", "diagrams[0].positions.t"]],
    ],
  ] as const)("%s", (source, tables, expected) => {
    const { value, problems } = readDesign(source);
    expect(value?.schema.tables.length ?? null).toBe(tables);
    expect(problems.map(({ code, params }) => [code, params["path"]])).toEqual(expected);
  });
});
