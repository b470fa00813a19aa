import { describe, expect, it } from "vitest";
import { dialects } from "../../dialects/index.ts";
import { emptySchema, makeColumn, makeForeignKey, makeKey, makeTable, type Schema } from "../../model/index.ts";
import { writeAs } from "../format.ts";
import { mermaid } from "./index.ts";

const all = Object.values(dialects);
const { reader, writer } = mermaid;
if (!reader || !writer) throw new Error("diagrams are read and written");
const read = (text: string) => reader.read(text, { dialects: all });

const odd: Schema = {
  ...emptySchema("postgres"),
  namespaces: [
    { id: "n1" as never, name: "public", comment: null },
    { id: "n2" as never, name: "back office", comment: null },
  ],
  tables: [
    makeTable({
      ...{ id: "t1" as never, namespaceId: "n2" as never, name: 'a.b "c"' },
      columns: [
        makeColumn({ id: "c1" as never, name: "id", type: "bigint", notNull: true }),
        makeColumn({ id: "c2" as never, name: "first name", type: "numeric(10,2)", comment: '50% "off"\n#1;' }),
      ],
      constraints: [makeKey({ id: "k1" as never, kind: "primary", name: 'a.b "c"_pkey', columns: ["c1" as never] })],
    }),
    makeTable({
      ...{ id: "t2" as never, namespaceId: "n1" as never, name: "one" },
      columns: [makeColumn({ id: "c3" as never, name: "pk", type: "bigint", notNull: true })],
    }),
  ],
  foreignKeys: [
    makeForeignKey({
      ...{ id: "f1" as never, name: "one_pk_fkey", tableId: "t2" as never, columns: ["c3" as never] },
      ...{ refTableId: "t1" as never, refColumns: ["c1" as never] },
    }),
  ],
};

describe("a diagram", () => {
  it("says odd names so that they come back", () => {
    const { value } = writeAs(
      { label: "Mermaid", writer },
      { name: "odd", schema: odd, diagrams: [] },
      dialects.postgres,
      "current",
    );
    expect(value).toBe(`---
title: "odd"
---
erDiagram
    "back office.a#46;b #34;c#34;" {
        bigint id PK
        numeric(10,2) \`first name\` "50#37; #34;off#34;#10;#35;1;"
    }
    "one" {
        bigint \`pk\` FK
    }
    "back office.a#46;b #34;c#34;" ||..o{ "one" : "pk"
`);
  });

  it("has the nearest words for older viewers, and counts them", () => {
    const design = { name: "", schema: odd, diagrams: [] };
    const { value, problems } = writeAs({ label: "Mermaid", writer }, design, dialects.postgres, "plain");
    expect(value).toContain('numeric(10-2) first_name "50');
    expect(value).toContain("bigint _pk FK");
    expect(problems.map(({ params }) => [params["count"], params["what"]])).toEqual([[2, writer.losses["names"]]]);
    expect(read(value).value?.schema.tables[0]?.columns[1]?.type).toBe("numeric(10,2)");
  });
});

describe("recognition", () => {
  it.each([
    ["erDiagram\n  A", "", 1],
    ["%%{init: {}}%%\n\n  erDiagram\n  A", "", 1],
    ["---\ntitle: x\n---\nerDiagram", "", 1],
    ["# Readme\n\n```mermaid\nerDiagram\n```\n", "README.md", 0.8],
    ["flowchart LR\n  a --> erDiagram", "", 0],
    ["Table a {\n  id int\n}", "", 0],
    ["SELECT 1 -- erDiagram", "", 0],
  ])("of %j (%s)", (text, name, sure) => {
    expect(reader.recognise(text, name)).toBe(sure);
  });
});

describe("hostile texts", () => {
  it.each([
    ["entities", "A {\n int x\n}\n"],
    ["entities of one column", "A {\n int x PK\n"],
    ["brackets", "{"],
    ["parentheses", " a ( "],
    ["quotes", '"'],
    ["backticks", "A { ` "],
    ["relations", "A ||--o{ B : x\n"],
    ["relations of many with many", "A }o--o{ B : x\n"],
    ["cards", "A ||"],
    ["accDescr", "accDescr {"],
    ["fences", "\n```mermaid\n"],
    ["rules", "---\n"],
    ["comments", "%%\n"],
    ["emoji", "🦆 "],
  ])("of 400 KB of %s take time in proportion", (_, piece) => {
    const time = (size: number): number => {
      const text = `erDiagram\n A { int id PK\n }\n B { int id PK\n }\n${piece.repeat(Math.floor(size / piece.length))}`;
      const started = process.cpuUsage();
      expect(read(text).value).not.toBeNull();
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    time(20_000);
    const [some, many] = [time(50_000), time(400_000)];
    expect(many).toBeLessThan(Math.max(600, some * 30));
  });

  it("of fences and rules before any diagram are none", () => {
    for (const piece of ["```mermaid\n", "---\n", "%%\n", "\n"]) expect(read(`x\n${piece.repeat(50_000)}`).value).toBeNull();
  });
});
