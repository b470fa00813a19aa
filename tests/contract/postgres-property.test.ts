/** model -> DDL -> engine -> introspection is the same model, for whatever a model may hold. */
import fc from "../support/fast-check.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "#shared/dialects/dialect.ts";
import { introspect } from "#shared/dialects/postgres/catalog.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { adopt, invariants, type Schema } from "#shared/model/index.ts";
import { arbitraryPostgres } from "../support/arbitrary-postgres/index.ts";
import { openPglite } from "../support/pglite.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

let engine: Engine;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ engine, close } = await openPglite());
});
afterAll(() => close());

/** Without what has no order or is the catalogue's own finding. */
function settled(schema: Schema): Schema {
  const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  const bare = <T extends { readonly dependsOn: readonly string[] }>(item: T): T => ({ ...item, dependsOn: [] });
  return {
    ...schema,
    namespaces: byId(schema.namespaces),
    tables: byId(schema.tables).map((table) => ({
      ...bare(table),
      constraints: byId(table.constraints),
      indexes: byId(table.indexes),
    })),
    foreignKeys: byId(schema.foreignKeys),
    types: byId(schema.types).map(bare),
    sequences: byId(schema.sequences),
    views: byId(schema.views).map(bare),
    verbatim: byId(schema.verbatim).map(bare),
  };
}

describe("whatever a design holds", () => {
  it("is read back from the engine as it was designed", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPostgres, async (design) => {
        expect(invariants(design)).toEqual([]);
        await engine.exec("begin");
        try {
          await engine.exec(await wholeScript(postgres, design));
          const { value } = await introspect(engine.query, { namespaces: [] });
          expect(settled(adopt(value, design, null))).toEqual(settled(design));
        } finally {
          await engine.exec("rollback");
        }
      }),
      { numRuns: Number(process.env["RUNS"] ?? 40) },
    );
  });
});
