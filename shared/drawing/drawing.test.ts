import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { areaAt, gridDesign, noteAt } from "../../tests/support/diagrams.ts";
import { fitted, measureInter, wrapped } from "./letters.ts";
import { partOf } from "./part.ts";
import { THEMES } from "./theme.ts";

const css = readFileSync(new URL("../../web/ui/tokens.css", import.meta.url), "utf8");
const face = { family: "ui", weight: 400 } as const;

describe("the colours of pictures", () => {
  it.each(["light", "dark"] as const)("are those of the app, %s", (name) => {
    const block = css.slice(css.indexOf(`[data-theme="${name}"]`)).split("}")[0] ?? "";
    const tokens = Object.fromEntries([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, key, value]) => [key, value]));
    for (const [key, colour] of Object.entries(THEMES[name])) expect([key, colour]).toEqual([key, tokens[key]]);
  });
});

describe("texts without anything to measure with", () => {
  it("are cut with an ellipsis where they have no room, between letters", () => {
    expect(fitted("short", face, 12, 100, measureInter)).toBe("short");
    const cut = fitted("a_very_long_name_of_a_column", face, 12, 60, measureInter);
    expect(cut).toMatch(/^a_very_\w*…$/);
    expect(measureInter(cut, face) * 12).toBeLessThanOrEqual(60);
    expect(fitted("🙂🙂🙂🙂", face, 12, 40, measureInter)).toBe("🙂🙂…");
    expect(fitted("x".repeat(1e6), face, 12, 60, measureInter).length).toBeLessThan(20);
    expect(fitted("anything", face, 12, -5, measureInter)).toBe("…");
  });

  it("go on in the next line between words, at most so often", () => {
    expect(wrapped("one two three\nfour", face, 10, 45, 9, measureInter)).toEqual(["one two", "three", "four"]);
    expect(wrapped("one two three\nfour", face, 10, 45, 2, measureInter)).toEqual(["one two", "three"]);
  });

  it("are as wide as the app's own font draws them", () => {
    // Measured in Chromium: Inter Variable, 400 12.5px and 600 13px.
    expect(measureInter("customer_id", face) * 12.5).toBeCloseTo(72.34, 0);
    expect(measureInter("rental_date", { family: "ui", weight: 600 }) * 13).toBeCloseTo(70.02, 0);
  });
});

describe("a part of a design", () => {
  const { schema, diagram } = gridDesign(9);
  const near = areaAt("near", [-20, -20], [700, 200]);
  const all = areaAt("all", [-50, -50], [2000, 2000]);
  const notes = [noteAt("in", [0, 100], [50, 50]), noteAt("out", [0, 1900], [50, 50]), noteAt("far", [5000, 0], [50, 50])];
  const design = { schema, diagrams: [{ ...diagram, areas: [near, all], notes }] };

  it("is the chosen tables with their relations, and areas that hold no others", () => {
    const part = partOf(design, new Set(["t0", "t1", "far"]));
    expect(part.schema.tables.map(({ id }) => id)).toEqual(["t0", "t1"]);
    const own = schema.foreignKeys.filter(({ tableId }) => tableId === "t0" || tableId === "t1");
    expect(part.schema.foreignKeys).toEqual(own);
    expect([...(part.diagrams[0]?.positions.keys() ?? [])]).toEqual(["t0", "t1"]);
    expect(part.diagrams[0]?.areas).toEqual([near]);
    expect(part.diagrams[0]?.notes.map(({ id }) => id)).toEqual(["in", "far"]);
  });

  it("keeps an area that is chosen itself", () => {
    expect(partOf(design, new Set(["t0", "all"])).diagrams[0]?.areas).toEqual([all]);
  });
});
