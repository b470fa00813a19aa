import { describe, expect, it } from "vitest";
import { areaAt, diagramOf, gridDesign } from "../../../tests/support/diagrams.ts";
import { generate } from "../../../tests/support/generator.ts";
import { found, type Layout, listRows, score } from "./rows.ts";

const layoutOf = (more: Partial<Layout> = {}): Layout => ({
  diagram: diagramOf(new Map()),
  grouping: "area",
  folded: new Set(),
  ...more,
});
const groupsOf = (rows: ReturnType<typeof listRows>) =>
  rows.flatMap((row) => (row.kind === "group" ? [`${row.label} ${String(row.count)}`] : []));

describe("the list", () => {
  it("has a row for every table under its group", () => {
    const rows = listRows(generate({ tables: 5 }), layoutOf());
    expect(rows.map(({ kind }) => kind)).toEqual(["group", "table", "table", "table", "table", "table"]);
  });

  describe("of a diagram with areas", () => {
    const { schema, diagram } = gridDesign(9);
    const areas = [
      areaAt("a", [-10, -10], [420, 100], "Inventory"),
      areaAt("b", [390, -10], [420, 100], "Sales"),
      areaAt("c", [-900, 0], [10, 10], "Empty"),
    ];
    const placed = { ...diagram, areas };

    it("has a group for each area that holds tables, the topmost where two overlap, and one for the rest", () => {
      expect(groupsOf(listRows(schema, layoutOf({ diagram: placed })))).toEqual(["Inventory 1", "Sales 2", "In no area 6"]);
    });

    it("is grouped by namespace when a person prefers that", () => {
      expect(groupsOf(listRows(schema, layoutOf({ diagram: placed, grouping: "namespace" })))).toEqual(["Tables 9"]);
    });

    it("shows the header alone of a folded group", () => {
      const rows = listRows(schema, layoutOf({ diagram: placed, folded: new Set(["group:area-b", "group:outside"]) }));
      expect(rows.map(({ kind }) => kind)).toEqual(["group", "table", "group", "group"]);
    });
  });

  it("has what is not drawn by its kind, in plain plurals", () => {
    const verbatim = ["policy", "function", "statistics"].map((kind) => ({
      ...{ id: kind as never, kind, name: `a_${kind}` },
      ...{ namespaceId: null, ownerId: null, definition: "", comment: null, dependsOn: [] },
    }));
    expect(groupsOf(listRows({ ...generate({ tables: 0 }), verbatim }, layoutOf()))).toEqual([
      "Functions 1",
      "Policies 1",
      "Statistics 1",
    ]);
  });

  it.each([
    ["film", "film", 0],
    ["film", "film_actor", 1.1],
    ["actor", "film_actor", 2.1],
    ["ctor", "film_actor", 3.1],
    ["fa", "film_actor", 5.1],
    ["xyz", "film_actor", null],
  ])("%s in %s", (wanted, name, expected) => {
    expect(score(name, wanted)).toEqual(expected);
  });

  it("finds the exact table first, then columns", () => {
    const schema = generate({ tables: 50 });
    const name = schema.tables[7]?.name ?? "";
    const rows = found(schema, name);
    expect(rows[0]?.kind === "table" && rows[0].label).toBe(name);
    expect(rows.some(({ kind }) => kind === "column")).toBe(true);
    expect(found(schema, "no such thing at all")).toEqual([]);
  });
});
