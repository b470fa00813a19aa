import { type Token, type Tokens, lexer, parse } from "marked";
import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import fc from "../../../tests/support/fast-check.ts";
import { generate } from "../../../tests/support/generator.ts";
import { HOSTILE, hostileDesign } from "../../../tests/support/hostile.ts";
import { dialects } from "../../dialects/index.ts";
import { writeAs } from "../format.ts";
import type { Design } from "../json/index.ts";
import { code, prose, table } from "./escape.ts";
import { markdown } from "./index.ts";

const { postgres } = dialects;
const textOf = (design: Design, variant = "text"): string => writeAs(markdown, design, postgres, variant).value;
const tokensOf = (text: string): readonly Token[] => lexer(text);
const isTable = (token: Token): token is Tokens.Table => token.type === "table";

/** What a reader of the page sees: its HTML without tags, numbers of letters as letters. */
function seen(html: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return html
    .replace(/<br>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|(\w+));/g, (_all, number: string | undefined, name = "") =>
      number === undefined ? (named[name] ?? "") : String.fromCodePoint(Number(number)),
    );
}
const tidy = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\s\u2028\u2029]+/g, " ")
    .trim();

describe("any text inside Markdown", () => {
  it.each(HOSTILE)("%j stays what it is, as a name, as prose and in a cell", (text) => {
    for (const escape of [code, prose]) {
      const html = parse(`before ${escape(text)} after`, { async: false });
      expect(tidy(seen(html))).toBe(tidy(`before ${text} after`));
      expect(html).not.toMatch(/<(script|img|b|a|li|h1|hr)\b/);
      const [found] = tokensOf(table(["a", "b"], [[escape(text), "end"]]));
      if (!found || !isTable(found)) throw new Error("no table");
      expect(found.rows).toHaveLength(1);
      expect(found.rows[0]?.[1]?.text).toBe("end");
    }
  });
});

describe("a design as Markdown", () => {
  const schema = generate({ tables: 6 });
  const shop: Design = { name: "shop", schema, diagrams: [] };

  it("has a section for each table, with its columns, keys and relations both ways", () => {
    const text = textOf(shop);
    const tables = tokensOf(text).filter(isTable);
    const heads = tables.map(({ header }) => header.map((cell) => cell.text).join());
    const count = (head: string): number => heads.filter((each) => each === head).length;
    expect(count("Column,Type,Null,Value,Key,Comment")).toBe(6);
    expect(count("Foreign key,Columns,Refers to,Options")).toBe(new Set(schema.foreignKeys.map(({ tableId }) => tableId)).size);
    expect(count("Table,Columns,Refers to")).toBe(new Set(schema.foreignKeys.map(({ refTableId }) => refTableId)).size);
    const [first] = schema.tables;
    const columns = tables.find(({ header }) => header[0]?.text === "Column");
    expect(columns?.rows.map((row) => row[0]?.text)).toEqual(first?.columns.map(({ name }) => `\`${name}\``));
    // Links lead to sections that there are.
    const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
    for (const [, target] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(target);
  });

  it("begins with a diagram where that is wanted", () => {
    const diagram = tokensOf(textOf(shop, "diagram")).find((token): token is Tokens.Code => token.type === "code");
    expect(diagram?.lang).toBe("mermaid");
    expect(diagram?.text.split("\n")[0]).toBe("erDiagram");
    for (const { name } of schema.foreignKeys) expect(diagram?.text).toContain(`: "${name}"`);
    expect(textOf(shop)).not.toContain("mermaid");
  });

  it("is made of its own blocks and no others, whatever things are called", () => {
    const check = (design: Design): void => {
      const text = textOf(design, "diagram");
      const { tables, types, views, verbatim, sequences } = design.schema;
      const tokens = tokensOf(text);
      const of = (type: string): number => tokens.filter((token) => token.type === type).length;
      const parts = [tables, types, views, verbatim, sequences].filter((list) => list.length > 0).length;
      expect(of("heading")).toBe(1 + parts + tables.length + types.length + views.length + verbatim.length);
      expect(of("code")).toBe(1 + views.length + verbatim.length);
      for (const kind of ["html", "list", "hr", "blockquote", "def"]) expect([kind, of(kind)]).toEqual([kind, 0]);
      const lines = tokens.find((token): token is Tokens.Code => token.type === "code")?.text.split("\n") ?? [];
      for (const line of lines.slice(1))
        expect(line).toMatch(/^ {2}"[^"]+"(?: [|}]o(?:--|\.\.)(?:\|\||o\|) "[^"]+" : "[^"]+")?$/);
    };
    check(hostileDesign());
    fc.assert(fc.property(arbitraryDesign, check), { numRuns: 60 });
  });
});
