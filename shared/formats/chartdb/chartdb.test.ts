import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import fc from "../../../tests/support/fast-check.ts";
import { dialects } from "../../dialects/index.ts";
import { chartdb } from "./index.ts";

const all = Object.values(dialects);
const { reader, writer } = chartdb;
if (!reader || !writer) throw new Error("ChartDB's files are read and written");
const read = (text: string) => reader.read(text, { dialects: all });

/** What ChartDB asks of a file before it opens it: the attributes of its own schemas that may not be missing, by their types. */
const MUST: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tables: { id: "string", name: "string", x: "number", y: "number", color: "string", isView: "boolean", createdAt: "number" },
  fields: { id: "string", name: "string", primaryKey: "boolean", unique: "boolean", nullable: "boolean", createdAt: "number" },
  indexes: { id: "string", name: "string", unique: "boolean", createdAt: "number" },
  relationships: {
    ...{ id: "string", name: "string", sourceTableId: "string", targetTableId: "string", sourceFieldId: "string" },
    ...{ targetFieldId: "string", sourceCardinality: "string", targetCardinality: "string", createdAt: "number" },
  },
  dependencies: { id: "string", tableId: "string", dependentTableId: "string", createdAt: "number" },
  areas: { id: "string", name: "string", x: "number", y: "number", width: "number", height: "number", color: "string" },
  notes: { id: "string", content: "string", x: "number", y: "number", width: "number", height: "number", color: "string" },
  customTypes: { id: "string", name: "string", kind: "string" },
};

type Items = readonly Readonly<Record<string, unknown>>[];

const faults = (kind: string, items: Items): string[] =>
  items.flatMap((item) =>
    Object.entries(MUST[kind] ?? {}).flatMap(([key, wanted]) => (typeof item[key] === wanted ? [] : [`${kind}.${key}`])),
  );

describe("a written file", () => {
  it("has what ChartDB asks for, and relationships that lead somewhere", () => {
    fc.assert(
      fc.property(arbitraryDesign, fc.constantFrom(...all), (design, dialect) => {
        const { design: held } = writer.hold(design, dialect, "");
        const file = JSON.parse(writer.print(held, dialect, "")) as Readonly<Record<string, Items>>;
        const tables = file["tables"] ?? [];
        const within = (key: string): Items => tables.flatMap((table) => table[key] as Items);
        const [fields, indexes] = [within("fields"), within("indexes")];
        const found = Object.keys(MUST).flatMap((kind) => {
          return faults(kind, kind === "fields" ? fields : kind === "indexes" ? indexes : (file[kind] ?? []));
        });
        expect(found).toEqual([]);
        for (const { type } of fields) expect(Object.keys(type as object)).toEqual(["id", "name"]);
        const ids = [...tables, ...fields].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const key of ["sourceTableId", "sourceFieldId", "targetTableId", "targetFieldId"])
          for (const relationship of file["relationships"] ?? []) expect(ids).toContain(relationship[key]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("recognition", () => {
  const sure = (text: string): number => reader.recognise(text, "");

  it("knows its own by a few lines, and others as others", () => {
    expect(sure('{"id":"0","name":"x","databaseType":"mysql","tables":[]}')).toBeGreaterThan(0.4);
    expect(sure('{"tables":[{"fields":[{"primaryKey":true,"nullable":true}],"isView":false}]}')).toBeGreaterThan(0.4);
    expect(sure('{"tables":[{"fields":[{"primary":true,"notNull":true}],"indices":[]}]}')).toBeLessThan(0.4);
    expect(sure('{"format":"drawbridge/1","schema":{"tables":[]}}')).toBe(0);
    expect(sure('{"name":"package","version":"1.0.0"}')).toBeLessThan(0.2);
  });
});

describe("hostile files", () => {
  const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
  const field = { id: "f", name: "id", type: { name: "int" }, primaryKey: true, unique: true };
  const table = (id: string, more: object = {}): object => ({ id, name: id, fields: [field], ...more });
  const between = (source: string, target: string, cardinality: string): object => ({
    ...{ sourceTableId: source, targetTableId: target, sourceFieldId: "f", targetFieldId: "f", name: "same" },
    ...{ sourceCardinality: cardinality, targetCardinality: cardinality },
  });

  it.each([
    ["tables of one name", { tables: many(20_000, () => table("a")) }],
    [
      "many with many, again and again",
      { tables: [table("a"), table("b")], relationships: many(3000, () => between("a", "b", "many")) },
    ],
    [
      "relationships of one name",
      { tables: [table("a"), table("b")], relationships: many(20_000, () => between("a", "b", "one")) },
    ],
    [
      "dependencies of one view",
      {
        tables: [table("a"), table("v", { isView: true })],
        dependencies: many(50_000, () => ({ tableId: "v", dependentTableId: "a" })),
      },
    ],
    ["names of what every object has", { tables: [table("__proto__"), table("constructor")] }],
  ])("%s: read in time", (_, file) => {
    const text = JSON.stringify(file);
    const started = process.cpuUsage();
    expect(read(text).value).not.toBeNull();
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(2500);
  });
});
