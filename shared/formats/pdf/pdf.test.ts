import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import { gridDesign, noteAt } from "../../../tests/support/diagrams.ts";
import fc from "../../../tests/support/fast-check.ts";
import { hostileDesign } from "../../../tests/support/hostile.ts";
import { dialects } from "../../dialects/index.ts";
import { writeAs } from "../format.ts";
import type { Design } from "../json/index.ts";
import { pdf } from "./index.ts";

const { postgres } = dialects;
const { schema, diagram } = gridDesign(6);
const textOf = (design: Design, variant = "light"): string => writeAs(pdf, design, postgres, variant).value;

/** The objects of a document, found as a reader finds them: from the end, by the table of contents. */
function objects(text: string): string[] {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const [, count = "0"] = /^xref\n0 (\d+)\n/.exec(text.slice(start)) ?? [];
  const rows = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
  expect(rows).toHaveLength(Number(count) - 1);
  return rows.map((offset, at) => {
    const head = `${String(at + 1)} 0 obj\n`;
    expect(text.slice(offset, offset + head.length)).toBe(head);
    const stream = /^<< \/Length (\d+) >>\nstream\n/.exec(text.slice(offset + head.length));
    const from = stream ? offset + head.length + stream[0].length + Number(stream[1]) : offset;
    return text.slice(offset + head.length, text.indexOf("\nendobj\n", from));
  });
}

/** Every text that the page shows, with octal numbers left as they are. */
const shown = (content: string): string[] =>
  [...content.matchAll(/Tm \(((?:[^()\\]|\\[0-7]{3})*)\) Tj ET$/gm)].map(([, text]) => text ?? "");

/** Every text that is shown is one of those, so that none ends before its end. */
const wellClosed = (content: string): boolean =>
  shown(content).length === content.split("\n").filter((line) => line.startsWith("BT ")).length;

const bookmarks = (all: readonly string[]): string[] =>
  all.slice(10).map((body) => {
    const hex = /\/Title <FEFF([0-9A-F]*)>/.exec(body)?.[1] ?? "";
    return String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((code) => Number.parseInt(code, 16)));
  });

describe("a design as PDF", () => {
  it("is a document whose page shows every table with its columns, as text, and has them as bookmarks", () => {
    const all = objects(textOf({ name: "shop", schema, diagrams: [diagram] }));
    const texts = shown(all[3]!);
    for (const { name, columns } of schema.tables) {
      expect(texts).toContain(name);
      for (const column of columns) expect(texts).toContain(column.name);
    }
    expect(bookmarks(all)).toEqual(schema.tables.map(({ name }) => name).sort());
    expect(all[2]).toMatch(/MediaBox \[0 0 \d+(\.\d+)? \d+(\.\d+)?\]/);
  });

  it("numbers letters beyond ASCII, and tells those that no reader's font has", () => {
    const [first, ...rest] = schema.tables;
    const named = (name: string): Design => ({
      name,
      schema: { ...schema, tables: [{ ...first!, name }, ...rest] },
      diagrams: [],
    });
    const german = objects(textOf(named("Größe Łódź")));
    expect(german[4]).toContain("/Differences [128 /odieresis /germandbls /Lslash /oacute /zacute]");
    expect(shown(german[3]!)).toContain("Gr\\200\\201e \\202\\203d\\204");
    const chinese = writeAs(pdf, named("用户 用"), postgres, "light");
    expect(shown(objects(chinese.value)[3]!)).toContain("?? ?");
    expect(bookmarks(objects(chinese.value))).toContain("用户 用");
    expect(chinese.problems.map(({ params }) => params)).toContainEqual({
      ...{ format: "PDF", count: 2, what: pdf.writer.losses.letters },
    });
  });

  it("is no larger than a reader takes", () => {
    const wide = { ...diagram, notes: [noteAt("far", [90_000, 40_000], [180, 60], "far")] };
    const [, , page = ""] = objects(textOf({ name: "", schema, diagrams: [wide] }));
    expect(page).toContain("/MediaBox [0 0 14400 ");
  });

  it("holds together whatever things are called", () => {
    const check = (design: Design): void => {
      const text = textOf(design, "dark");
      expect(text).toMatch(/^[\n\x20-\x7e]*$/);
      expect(wellClosed(objects(text)[3]!)).toBe(true);
    };
    check(hostileDesign());
    check({ name: "", schema: { ...schema, tables: [], foreignKeys: [] }, diagrams: [] });
    fc.assert(fc.property(arbitraryDesign, check), { numRuns: 60 });
  });
});
