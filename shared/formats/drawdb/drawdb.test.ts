import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import fc from "../../../tests/support/fast-check.ts";
import { dialects } from "../../dialects/index.ts";
import { recogniseDesign } from "../json/index.ts";
import { drawdb } from "./index.ts";

const all = Object.values(dialects);
const { reader, writer } = drawdb;
if (!reader || !writer) throw new Error("DrawDB's files are read and written");
const read = (text: string) => reader.read(text, { dialects: all });

/** What DrawDB asks of a file before it opens it: its own schemas, as far as they say what must be there. */
const MUST: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  tables: { id: /^string$/, name: /^string$/, x: /^number$/, y: /^number$/, comment: /^string$/, color: /^#[\da-f]{6}$/ },
  fields: {
    ...{ id: /^string$/, name: /^string$/, type: /^string$/, default: /^string$/, check: /^string$/, comment: /^string$/ },
    ...{ primary: /^boolean$/, unique: /^boolean$/, notNull: /^boolean$/, increment: /^boolean$/ },
  },
  indices: { id: /^number$/, name: /^string$/, unique: /^boolean$/ },
  relationships: {
    ...{ id: /^string$/, name: /^string$/, startTableId: /^string$/, startFieldId: /^string$/, endTableId: /^string$/ },
    ...{ endFieldId: /^string$/, cardinality: /^(?:one_to_one|many_to_one)$/, updateConstraint: /^[A-Z]/ },
    deleteConstraint: /^(?:No action|Restrict|Cascade|Set null|Set default)$/,
  },
  notes: {
    id: /^number$/,
    x: /^number$/,
    y: /^number$/,
    title: /^string$/,
    content: /^string$/,
    color: /^#[\da-f]{6}$/,
    height: /^number$/,
  },
  subjectAreas: {
    id: /^number$/,
    name: /^string$/,
    x: /^number$/,
    width: /^number$/,
    height: /^number$/,
    color: /^#[\da-f]{6}$/,
  },
};

/** A value fits where it is of the type that the pattern names, or a text that it matches. */
function faults(kind: string, items: readonly Record<string, unknown>[]): string[] {
  return items.flatMap((item) =>
    Object.entries(MUST[kind] ?? {}).flatMap(([key, wanted]) => {
      const value = item[key];
      return wanted.test(typeof value) || (typeof value === "string" && wanted.test(value))
        ? []
        : [`${kind}.${key}: ${String(value)}`];
    }),
  );
}

describe("a written file", () => {
  it("has what DrawDB asks for, and relationships that lead somewhere", () => {
    fc.assert(
      fc.property(arbitraryDesign, fc.constantFrom(...all), (design, dialect) => {
        const { design: held } = writer.hold(design, dialect, "");
        const file = JSON.parse(writer.print(held, dialect, "")) as Record<string, Record<string, unknown>[]>;
        const tables = file["tables"] ?? [];
        const fields = tables.flatMap((table) => table["fields"] as Record<string, unknown>[]);
        const indices = tables.flatMap((table) => table["indices"] as Record<string, unknown>[]);
        const found = Object.keys(MUST).flatMap((kind) =>
          faults(kind, kind === "fields" ? fields : kind === "indices" ? indices : (file[kind] ?? [])),
        );
        expect(found).toEqual([]);
        const ids = [...tables, ...fields].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const key of ["startTableId", "startFieldId", "endTableId", "endFieldId"])
          for (const relationship of file["relationships"] ?? []) expect(ids).toContain(relationship[key]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("recognition", () => {
  const sure = (text: string, name = ""): number => reader.recognise(text, name);

  it("knows its own by a few lines, and others as others", () => {
    expect(sure('{"tables":[{"id":0,"fields":[{"primary":true,"notNull":true}],"indices":[]}]}')).toBeGreaterThan(0.4);
    expect(sure('{\n  "tables": [],\n  "relationships": [],\n  "notes": [],\n  "subjectAreas": []\n}')).toBeGreaterThan(0.4);
    expect(sure('{"tables":[],"title":"x"}', "x.ddb")).toBeGreaterThan(0.4);
    expect(sure('{"id":"1","databaseType":"mysql","tables":[{"fields":[{"primaryKey":true}],"indices":[]}]}')).toBe(0);
    expect(sure('{"format":"drawbridge/1","schema":{"tables":[]}}')).toBe(0);
    expect(sure('{"name":"package","version":"1.0.0"}')).toBeLessThan(0.2);
    expect(sure('CREATE TABLE "tables" (id int);')).toBe(0);
    expect(recogniseDesign('{"tables":[],"relationships":[]}')).toBe(0);
  });
});

describe("hostile files", () => {
  const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
  const field = { id: 0, name: "id", type: "INT" };

  it.each([
    ["nothing", ""],
    ["a mark of byte order and spaces", "\uFEFF  \n"],
    ["null", "null"],
    ["a list", "[]"],
    ["a text", '"tables"'],
    ["names of what every object has", '{"tables":[{"name":"__proto__","fields":[{"name":"constructor"},{"name":"toString"}]}]}'],
    ["lists in lists, never closed", "[".repeat(200_000)],
    ["lists in lists", `{"tables":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ])("%s: read without an exception", (_, text) => {
    const { value, problems } = read(text);
    expect(value !== null || problems.length > 0).toBe(true);
  });

  it.each([
    ["tables of one name", { tables: many(30_000, () => ({ name: "a", fields: [] })) }],
    ["fields of one name", { tables: [{ name: "a", fields: many(30_000, () => field) }] }],
    [
      "enums, and fields of them",
      {
        tables: [{ name: "a", fields: many(20_000, (at) => ({ name: `f${String(at)}`, type: `E${String(at)}` })) }],
        enums: many(20_000, (at) => ({ name: `e${String(at)}`, values: ["x"] })),
      },
    ],
    [
      "relationships to nowhere",
      {
        tables: many(5000, (at) => ({ name: `t${String(at)}`, fields: [field] })),
        relationships: many(30_000, (at) => ({ startTableId: at, startFieldId: "?", endTableId: "?" })),
      },
    ],
    [
      "a chain of parents",
      {
        database: "postgresql",
        tables: many(5000, (at) => ({ name: `t${String(at)}`, fields: [], inherits: [`t${String(at + 1)}`] })),
      },
    ],
    [
      "indexes of one name",
      { tables: [{ name: "a", fields: [field], indices: many(30_000, () => ({ name: "i", fields: ["id"] })) }] },
    ],
  ])("%s: read in time", (_, file) => {
    const text = JSON.stringify(file);
    const started = process.cpuUsage();
    expect(read(text).value).not.toBeNull();
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(2500);
  });
});
