import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import { gridDesign, areaAt, noteAt } from "../../../tests/support/diagrams.ts";
import fc from "../../../tests/support/fast-check.ts";
import { hostileDesign } from "../../../tests/support/hostile.ts";
import { parseXml } from "../../../tests/support/xml.ts";
import { dialects } from "../../dialects/index.ts";
import { writeAs } from "../format.ts";
import type { Design } from "../json/index.ts";
import { svg } from "./index.ts";

const { postgres } = dialects;
const { schema, diagram } = gridDesign(9);
const shop: Design = {
  name: "shop",
  schema,
  diagrams: [
    {
      ...diagram,
      tints: new Map([[schema.tables[0]!.id, "rose"]]),
      areas: [areaAt("Inventory", [-20, -40], [900, 300])],
      notes: [noteAt("n", [0, 900], [180, 60], "One two three four five six seven eight")],
    },
  ],
};
const textOf = (design: Design, variant = "light"): string => writeAs(svg, design, postgres, variant).value;
const ALLOWED = ["g", "path", "rect", "style", "svg", "text", "title"];

describe("a design as SVG", () => {
  it("shows every table with its columns and types, relations, areas and notes, as text", () => {
    const seen = parseXml(textOf(shop));
    const texts = seen.textsOf("text");
    for (const { name, columns } of schema.tables) {
      expect(texts).toContain(name);
      for (const column of columns) expect(texts).toContain(column.name);
    }
    for (const text of ["PK", "FK", "Inventory", postgres.types.short(schema.tables[0]!.columns[0]!.type)])
      expect(texts).toContain(text);
    const titles = seen.textsOf("title");
    expect(titles[0]).toBe("shop");
    for (const { name } of schema.foreignKeys) expect(titles).toContain(name);
    // The note is wider than its box: it goes on in the next line.
    expect(texts.filter((text) => text.includes("two") || text.includes("seven"))).toHaveLength(2);
  });

  it("draws in the colours of its variant, with the table's own at its head", () => {
    expect(textOf(shop, "light")).toContain('fill="#be123c"');
    expect(textOf(shop, "light")).not.toContain("#151618");
    expect(textOf(shop, "dark")).toContain('fill="#fb7185"');
    expect(textOf(shop, "dark")).not.toContain("#f6f5f2");
  });

  it("shows all that was arranged, and tables without a place beside it", () => {
    const [first] = schema.tables;
    const placed = new Map([[first!.id, [5000, 7000] as const]]);
    const text = textOf({ ...shop, diagrams: [{ ...diagram, positions: placed }] });
    const [x, y, width, height] = /viewBox="([^"]*)"/.exec(text)![1]!.split(" ").map(Number) as [number, number, number, number];
    expect(x).toBeLessThan(5000);
    expect(x + width).toBeGreaterThan(5232);
    expect(y).toBeLessThan(7000);
    expect(y + height).toBeGreaterThan(7100);
    expect(parseXml(text).elements.filter((name) => name === "g").length).toBeGreaterThanOrEqual(schema.tables.length);
  });

  it("is well-formed whatever things are called, and holds nothing but figures and texts", () => {
    const check = (design: Design): void => {
      const { elements, attributes } = parseXml(textOf(design));
      for (const name of elements) expect(ALLOWED).toContain(name);
      for (const name of attributes) expect(name).not.toMatch(/^on|href/);
    };
    check(hostileDesign());
    fc.assert(fc.property(arbitraryDesign, check), { numRuns: 60 });
  });

  it("tells what a picture does not show", () => {
    const { problems } = writeAs(svg, hostileDesign(), postgres, "dark");
    expect(problems.map(({ params }) => [params["format"], params["what"]])).toContainEqual(["SVG, dark", "comments on columns"]);
    expect(
      writeAs(svg, { name: "", schema: { ...schema, tables: [], foreignKeys: [] }, diagrams: [] }, postgres, "").problems,
    ).toEqual([]);
  });
});
