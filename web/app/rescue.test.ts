import { describe, expect, it } from "vitest";
import { readDesign } from "#shared/formats/json/index.ts";
import { gridDesign } from "../../tests/support/diagrams.ts";
import { documentOf } from "../workers/designs/document.ts";
import { details, rescued } from "./rescue.ts";

describe("a design out of a page that fell over", () => {
  it("is a design file with everything in it", async () => {
    const { schema, diagram } = gridDesign(3);
    const { name, content } = rescued([documentOf({ name: "Shop", schema, positions: diagram.positions })]);
    expect(name).toBe("Shop.json");
    const { value, problems } = readDesign(await content.text());
    expect([value?.schema.tables.length, problems]).toEqual([3, []]);
  });

  it("is every byte that is stored, where that cannot be read", async () => {
    const { name, content } = rescued([new Uint8Array([255, 255, 1]), new Uint8Array([7])]);
    expect(name).toBe("design.yjs");
    expect([...new Uint8Array(await content.arrayBuffer())]).toEqual([3, 0, 0, 0, 255, 255, 1, 1, 0, 0, 0, 7]);
  });
});

it("the details name the error and where it was thrown", () => {
  expect(details(new TypeError("no such thing"), "Chromium")).toMatch(
    /TypeError: no such thing\n\s+at [\s\S]+\nat \d{4}-.*\nChromium$/,
  );
  expect(details("just words", "Chromium")).toMatch(/^just words\nat /);
});
