import fc from "../../../tests/support/fast-check.ts";
import { describe, expect, it } from "vitest";
import { openSqlite } from "../../../tests/support/sqljs.ts";
import { makeColumn, makeTable, type Schema, type Table } from "../../model/index.ts";
import { sqlite } from "./index.ts";
import keywords from "./keywords.json" with { type: "json" };

/** Whatever a person may type, short of NUL, which SQLite takes for the end. */
const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((text) => !text.includes("\0"));
const distinct = (names: readonly string[]): boolean => new Set(names.map((text) => text.toLowerCase())).size === names.length;

function design(table: string, columns: readonly string[], ...types: readonly string[]): Schema {
  const namespaceId = "n" as Table["namespaceId"];
  const made = columns.map((text, at) => {
    return makeColumn({ id: String(at) as Table["columns"][number]["id"], name: text, type: types[at % types.length] ?? "" });
  });
  return {
    dialect: "sqlite",
    namespaces: [{ id: namespaceId, name: "main", comment: null }],
    tables: [makeTable({ id: "t" as Table["id"], namespaceId, name: table, columns: made })],
    foreignKeys: [],
    types: [],
    sequences: [],
    views: [],
    verbatim: [],
  };
}

async function readBack(schema: Schema): Promise<Schema> {
  const engine = await openSqlite();
  for (const { sql } of (await sqlite.ddl()).create(schema)) await engine.exec(sql);
  return (await sqlite.catalog.introspect(engine.query, { namespaces: [] })).value;
}

describe("what people type comes back from the engine as they typed it", () => {
  it("names", async () => {
    const names = fc.array(name, { minLength: 1, maxLength: 4 }).filter(distinct);
    await fc.assert(
      fc.asyncProperty(name, names, async (table, columns) => {
        fc.pre(!/^sqlite_/i.test(table));
        const back = await readBack(design(table, columns, "TEXT"));
        expect(back.tables.map((one) => [one.name, one.columns.map((column) => column.name)])).toEqual([[table, columns]]);
      }),
      { numRuns: 150 },
    );
  });

  it("types", async () => {
    const type = fc.oneof(
      name,
      fc.constantFrom("VARCHAR( 10 )", "double precision", "DECIMAL(10,2)", "not null", "a(b(c))", "int", ""),
    );
    await fc.assert(
      fc.asyncProperty(type, async (text) => {
        const back = await readBack(design("t", ["c"], text));
        expect(back.tables[0]?.columns[0]?.type).toBe(sqlite.types.canonical(text));
      }),
      { numRuns: 150 },
    );
  });

  it("types that are keywords, alone and beside another word", async () => {
    const typed = keywords.flatMap((word) => [word, `${word} x`, `x ${word}`]);
    const names = typed.map((_, at) => `c${String(at)}`);
    const back = await readBack(design("t", names, ...typed));
    expect(back.tables[0]?.columns.map(({ type }) => type)).toEqual(typed.map(sqlite.types.canonical));
  });

  it("texts", async () => {
    const engine = await openSqlite();
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        expect(await engine.query(`select ${sqlite.quote.literal(text)}`)).toEqual([[text]]);
      }),
    );
  });
});

describe("types", () => {
  it.each([
    ["INTEGER", "integer"],
    ["int", "integer"],
    ["VARCHAR(255)", "text"],
    ["double precision", "float"],
    ["NUMERIC(10,2)", "decimal"],
    ["BOOLEAN", "boolean"],
    ["timestamp", "timestamp"],
    ["", "binary"],
  ])("%s is of kind %s", (text, kind) => {
    expect(sqlite.types.parse(text).kind).toBe(kind);
  });

  it("are written as the engine writes them", () => {
    expect(["int", "Text", "VarChar(3)"].map(sqlite.types.canonical)).toEqual(["INT", "TEXT", "VarChar(3)"]);
    expect(sqlite.types.format(sqlite.types.parse("decimal( 10, 2 )"))).toBe("decimal(10,2)");
  });
});

describe("renaming inside an expression", () => {
  it.each([
    ["A > 1 AND a <> 'a'", "b > 1 AND b <> 'a'"],
    ['"a" + [a] + `a`', "b + b + b"],
    ["a(a) -- a", "a(b) -- a"],
  ])("%s", (before, after) => {
    expect(sqlite.renameInExpression(before, "a", "b")).toBe(after);
  });
});
