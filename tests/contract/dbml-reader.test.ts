/** A reader that remembers the text before reads each text as one that remembers nothing does, and keeps what did not change. */
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { createReader, type DbmlReader, readDbml, writeDbml } from "#shared/formats/dbml/index.ts";
import { same, type Schema } from "#shared/model/index.ts";
import { document } from "../support/arbitrary-dbml.ts";
import fc from "../support/fast-check.ts";
import { generate } from "../support/generator.ts";

const all = Object.values(dialects);

/** What a person types, pastes and breaks. */
const PIECES = [
  ...[
    "",
    " ",
    "\n",
    "x",
    "}",
    "{",
    "]",
    "[",
    "(",
    "'",
    '"',
    "'''",
    "`",
    "/*",
    "*/",
    "//",
    ".",
    "?",
    "~stamps",
    "t0",
    "mood",
    "1e",
  ],
  "\n  added int [pk, ref: > t1.id]",
  "\nRef: t0.id > t1.id\n",
  "\nRef named: t1.c0 <> t0.id\n",
  "\nEnum mood { sad }\n",
  "\nTablePartial stamps {\n  owner mood [default: mood.glad]\n}\n",
  "\nTable t9 {\n  id serial [unique]\n  kind mood\n  ~stamps\n}\n",
  "\nMetadata Table t0 {\n  x: '10'\n  y: '20'\n}\n",
  "Project p { database_type: 'MySQL' }\n",
  "\nuse { table shared as s } from './other'\nRef: t0.id > s.id\n",
  "\nuse * from './other'\n",
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(400)),
  piece: fc.constantFrom(...PIECES),
  back: fc.boolean(),
  /** The next edit is made before the text is read. */
  more: fc.boolean(),
});

const OTHER =
  "Table shared {\n  id int\n  kind mood\n  missing x.y [ref: > nowhere.id]\n}\nEnum mood { a }\nTable more { id int }";
const options = { dialects: all, files: new Map([["other.dbml", OTHER]]), path: "main.dbml" };

/** Reads a text; what is equal to what was read before must be that same object. */
function readNext(reader: DbmlReader, text: string, before: ReturnType<typeof readDbml> | null): ReturnType<typeof readDbml> {
  const report = reader.read(text);
  expect(report, text).toEqual(readDbml(text, options));
  for (const list of ["tables", "foreignKeys", "types", "sequences"] as const) {
    const known = new Map(before?.value?.schema[list].map((item) => [item.id as string, item]));
    for (const item of report.value?.schema[list] ?? []) {
      const old = known.get(item.id);
      if (old && old !== item) expect(same(old, item)).toBe(false);
    }
  }
  return report;
}

describe("a reader that remembers", () => {
  it("reads a text after any edits as if it were the first", () => {
    let reused = 0;
    fc.assert(
      fc.property(document, document, fc.array(edit, { minLength: 1, maxLength: 12 }), (one, other, edits) => {
        const reader = createReader(options);
        let text = `${one}\n\n${other.replace(/\bt(\d)/g, "u$1").replace("Project shop", "Project again")}`;
        let report = readNext(reader, text, null);
        for (const { at, cut, piece, back, more } of edits) {
          const start = Math.floor(at * text.length);
          const changed = text.slice(0, start) + piece + text.slice(start + cut);
          if (more) {
            text = changed;
            continue;
          }
          const next = readNext(reader, changed, report);
          reused += next.value?.schema.tables.filter((table) => report.value?.schema.tables.includes(table)).length ?? 0;
          report = next;
          if (back) report = readNext(reader, text, report);
          else text = changed;
        }
      }),
      { numRuns: 120 },
    );
    expect(reused).toBeGreaterThan(500);
  });

  it("tells a fault that had been seen from the element before it", () => {
    const reader = createReader(options);
    const open = "Table z {\n  id int\nTable a § {\n  id int\n}";
    const closed = open.replace("\nTable a", "\n}\nTable a");
    for (const text of [open, closed, open]) expect(reader.read(text)).toEqual(readDbml(text, options));
  });

  it("gives the objects of a thousand tables again when one of them changes", () => {
    const { value: text } = writeDbml({ name: "x", schema: generate({ tables: 1000 }), diagrams: [] }, dialects.postgres);
    const reader = createReader({ dialects: all });
    const before = reader.read(text).value?.schema;
    const changed = (now: Schema | undefined) => now?.tables.filter((table, at) => table !== before?.tables[at]).length;
    const after = reader.read(text.replace("title_1 ", "headline ")).value?.schema;
    expect(changed(after)).toBe(1);
    expect(after?.tables).toHaveLength(1000);
    expect(after?.foreignKeys).toBe(before?.foreignKeys);
    expect(after?.namespaces).toBe(before?.namespaces);
    expect(reader.read(text).value?.schema.tables).toEqual(before?.tables);
    expect(reader.read(text).value?.schema.tables).toBe(reader.read(`${text}\n// the end`).value?.schema.tables);
  });

  it("follows the files that a text uses", () => {
    const files = new Map([["other.dbml", OTHER]]);
    const reader = createReader({ dialects: all, files });
    const text = "use { table shared } from './other'\nTable a {\n  id int\n}";
    const before = reader.read(text).value?.schema.tables;
    files.set("other.dbml", OTHER.replace("kind", "sort"));
    const after = reader.read(text);
    expect(after).toEqual(readDbml(text, { dialects: all, files }));
    expect(after.value?.schema.tables[0]).toBe(before?.[0]);
    expect(after.value?.schema.tables[1]?.columns.map(({ name }) => name)).toContain("sort");
  });
});
