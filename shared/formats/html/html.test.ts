import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import { gridDesign } from "../../../tests/support/diagrams.ts";
import fc from "../../../tests/support/fast-check.ts";
import { hostileDesign } from "../../../tests/support/hostile.ts";
import { dialects } from "../../dialects/index.ts";
import { same } from "../../model/index.ts";
import { writeAs } from "../format.ts";
import { type Design, readDesign } from "../json/index.ts";
import { html } from "./index.ts";

const { postgres } = dialects;
const pageOf = (design: Design): string => writeAs(html, design, postgres, "").value;
const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** A page taken apart at its tags. */
function parts(page: string) {
  const scripts = [...page.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)].map(([, attributes = "", text = ""]) => ({
    attributes,
    text,
  }));
  const styles = [...page.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = ""]) => text);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
  const data = scripts.find(({ attributes }) => attributes.includes("application/json"))?.text ?? "";
  return { scripts, styles, policy, data };
}

/** The page but for what the design puts into it. */
const frame = (page: string): string =>
  page
    .replace(/(<script type="application\/json" id="design">).*?(<\/script>)/s, "$1$2")
    .replace(/<title>.*?<\/title>/s, "")
    .replace(/<h1>.*?<\/h1>/s, "");

describe("a design as a page", () => {
  const { schema, diagram } = gridDesign(5);
  const page = pageOf({ name: "shop", schema, diagrams: [diagram] });

  it("allows its own script and style, by their hashes, and nothing else", () => {
    const { scripts, styles, policy } = parts(page);
    const [viewer] = scripts.filter(({ attributes }) => attributes === "");
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(viewer?.text ?? "")}`,
      `style-src ${hash(styles[0] ?? "")}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(scripts).toHaveLength(2);
    expect(page).not.toMatch(/<[^>]+\s(on\w+|style|src|href)=/);
  });

  it("is small, and brings no address to load from", () => {
    expect(frame(page).length).toBeLessThan(100_000);
    expect(parts(page).styles[0]).not.toMatch(/url\(|@import/);
    expect(frame(page)).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it("holds the design as its own file says it, with places for all tables", () => {
    const { data } = parts(pageOf({ name: "shop", schema, diagrams: [] }));
    const { design, short } = JSON.parse(data) as { readonly design: unknown; readonly short: Readonly<Record<string, string>> };
    const { value } = readDesign(JSON.stringify(design));
    expect(value && same(value.schema, schema)).toBe(true);
    expect([...(value?.diagrams[0]?.positions.keys() ?? [])].sort()).toEqual(schema.tables.map(({ id }) => id));
    for (const [type, brief] of Object.entries(short)) expect(brief).toBe(postgres.types.short(type));
  });

  it("is the same page around any design", () => {
    const check = (design: Design): void => {
      const own = pageOf(design);
      expect(frame(own)).toBe(frame(page));
      expect(parts(own).data).not.toContain("<");
      const { design: kept } = JSON.parse(parts(own).data) as {
        readonly design: { readonly schema: { readonly tables?: unknown[] } };
      };
      expect(kept.schema.tables ?? []).toHaveLength(design.schema.tables.length);
    };
    check(hostileDesign());
    fc.assert(fc.property(arbitraryDesign, check), { numRuns: 40 });
  });
});
