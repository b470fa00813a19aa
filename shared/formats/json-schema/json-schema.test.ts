import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import fc from "../../../tests/support/fast-check.ts";
import { hostileDesign } from "../../../tests/support/hostile.ts";
import type { Dialect } from "../../dialects/dialect.ts";
import { dialects } from "../../dialects/index.ts";
import {
  type ColumnId,
  emptySchema,
  makeColumn,
  makeTable,
  type NamespaceId,
  type TableId,
  type TypeId,
  type UserType,
} from "../../model/index.ts";
import { writeAs } from "../format.ts";
import type { Design } from "../json/index.ts";
import { jsonSchema } from "./index.ts";

const { postgres, mysql } = dialects;
const namespaceId = "n" as NamespaceId;
const typed = (id: string, name: string) => ({ id: id as TypeId, namespaceId, name, comment: null, dependsOn: [] });
const column = (name: string, type: string, more = {}) => makeColumn({ id: `c${name}` as ColumnId, name, type, ...more });
const composite = { name: "x", type: "integer", collation: null, comment: null };
const types: UserType[] = [
  { ...typed("y1", "mood"), kind: "enum", values: ["glad", "sad"] },
  { ...typed("y2", "age"), kind: "domain", base: "smallint", notNull: true, default: null, collation: null, checks: [] },
  { ...typed("y3", "of/what~ever%"), kind: "composite", fields: [composite] },
];
const design = (columns: ReturnType<typeof column>[], dialect: Dialect = postgres): Design => ({
  name: "shop",
  schema: {
    ...emptySchema(dialect.id),
    namespaces: [{ id: namespaceId, name: dialect.features.defaultNamespace, comment: null }],
    tables: [makeTable({ id: "t" as TableId, namespaceId, name: "users", columns })],
    types,
  },
  diagrams: [],
});

interface Document {
  readonly $defs: Readonly<Record<string, { readonly properties: Readonly<Record<string, unknown>> }>>;
}

const written = (of: Design, variant = "read", dialect: Dialect = postgres): Document =>
  JSON.parse(writeAs(jsonSchema, of, dialect, variant).value) as Document;

/** A validator of rows of any of these definitions of a document; throws when one is no JSON Schema. */
function validator(document: Document, names: readonly string[]) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "design");
  const pointer = (name: string): string => encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
  return ajv.compile({ anyOf: names.map((name) => ({ $ref: `design#/$defs/${pointer(name)}` })) });
}

describe("a design as JSON Schema", () => {
  const columns = [
    column("id", "bigint", { notNull: true, identity: { always: true, sequence: "" } }),
    column("name", "character varying(5)", { notNull: true }),
    column("moods", "public.mood[]"),
    column("age", "public.age", { default: "1", notNull: true }),
    column("what", 'public."of/what~ever%"'),
    column("born", "date"),
    column("more", "jsonb"),
    column("twice", "numeric(4,2)", { generated: { expression: "age * 2", stored: true } }),
  ];
  const row = { id: 1, name: "Ann", moods: ["sad"], age: 3, what: { x: 1 }, born: null, more: [1], twice: 6 };

  it("takes rows as they are read, and no others", () => {
    const check = validator(written(design(columns)), ["users"]);
    expect(check(row)).toBe(true);
    const wrong = [{ name: "too long" }, { moods: ["angry"] }, { age: null }, { what: { x: "1" } }, { id: 1.5 }, { other: 1 }];
    for (const each of wrong) expect([each, check({ ...row, ...each })]).toEqual([each, false]);
    const { twice: _twice, ...less } = row;
    expect(check(less)).toBe(false);
  });

  it("takes rows as they are added: what the engine gives is left out, what has a default may be", () => {
    const check = validator(written(design(columns), "added"), ["users"]);
    expect(check({ name: "Ann" })).toBe(true);
    expect(check({ name: "Ann", age: 3 })).toBe(true);
    expect(check({})).toBe(false);
    expect(check({ name: "Ann", id: 1 })).toBe(false);
    expect(check({ name: "Ann", twice: 6 })).toBe(false);
  });

  it("knows the types of each dialect by their kinds", () => {
    const own = [column("a", "enum('x','it''s')"), column("b", "tinyint(1)"), column("c", "year"), column("d", "datetime")];
    expect(written(design(own, mysql), "read", mysql).$defs["users"]?.properties).toEqual({
      a: { type: ["string", "null"], enum: ["x", "it's", null] },
      b: { type: ["boolean", "null"] },
      c: { type: ["integer", "null"] },
      d: { type: ["string", "null"], format: "date-time" },
    });
  });

  it("compiles, whatever things are called, with a definition for each", () => {
    const check = (each: Design): void => {
      for (const variant of ["read", "added"]) {
        const document = written(each, variant);
        const { tables, types: own, views } = each.schema;
        const all = Object.keys(document.$defs);
        expect(all).toHaveLength(tables.length + own.length + (variant === "read" ? views.length : 0));
        if (all.length > 0) validator(document, all);
      }
    };
    check(hostileDesign());
    fc.assert(fc.property(arbitraryDesign, check), { numRuns: 20 });
  });
});
