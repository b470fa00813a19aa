/** The difference of two designs, applied to the first, is the second: as plain data, and as edits of a document. */
import fc from "../support/fast-check.ts";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { diff } from "#shared/diff/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { apply, type Identified, type Schema } from "#shared/model/index.ts";
import { arbitrarySchema } from "../support/arbitrary-schema.ts";

const byId = <T extends Identified>(list: readonly T[]): readonly T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Only the order of columns means something. */
function canonical(schema: Schema): Schema {
  return {
    ...schema,
    namespaces: byId(schema.namespaces),
    types: byId(schema.types),
    sequences: byId(schema.sequences),
    views: byId(schema.views),
    verbatim: byId(schema.verbatim),
    foreignKeys: byId(schema.foreignKeys),
    tables: byId(
      schema.tables.map((table) => ({ ...table, constraints: byId(table.constraints), indexes: byId(table.indexes) })),
    ),
  };
}

/** What SQLite has of it. */
const inSqlite = (schema: Schema): Schema => ({
  ...schema,
  dialect: "sqlite",
  namespaces: schema.namespaces.map((namespace) => ({ ...namespace, name: "main" })),
  types: [],
  sequences: [],
  tables: schema.tables.map((table) => ({ ...table, constraints: table.constraints.filter(({ kind }) => kind !== "exclude") })),
});

/** Objects as everything here makes them: with a prototype. */
const plain = arbitrarySchema.map((schema) => structuredClone(schema));

describe.each([
  ["postgres", plain],
  ["sqlite", plain.map(inSqlite)],
] as const)("two designs of %s", (_dialect, schema) => {
  it("apply(a, diff(a, b)) is b, there and back, and a design differs in nothing from itself", () => {
    fc.assert(
      fc.property(schema, schema, (a, b) => {
        expect(canonical(apply(a, diff(a, b)))).toEqual(canonical(b));
        expect(canonical(apply(b, diff(b, a)))).toEqual(canonical(a));
        expect(diff(a, structuredClone(a))).toEqual([]);
      }),
    );
  });

  it("a document takes it as one edit, which undo takes back", () => {
    fc.assert(
      fc.property(schema, schema, (a, b) => {
        const design = new DesignDoc(new Y.Doc());
        design.start("Test", a, new Map());
        const before = design.snapshot;
        expect(canonical(before.schema)).toEqual(canonical(a));
        design.apply(diff(a, b), "All of it");
        expect(canonical(design.snapshot.schema)).toEqual(canonical(b));
        design.undo();
        expect(design.snapshot).toEqual(before);
      }),
    );
  });
});
