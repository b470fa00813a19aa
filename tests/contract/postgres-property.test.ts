/** model -> DDL -> engine -> introspection is the same model, for whatever a model may hold. */
import fc from "../support/fast-check.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "#shared/dialects/dialect.ts";
import { introspect } from "#shared/dialects/postgres/catalog.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { diff, differences } from "#shared/diff/index.ts";
import { changeScript } from "#shared/drift/index.ts";
import { adopt, invariants, type Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
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

/** Columns stay where they are, and a check of a new heir is valid at once, whatever its parent's is. */
const isLeft = ({ params }: Problem): boolean =>
  params["detail"] === "its columns are in another order" || params["detail"] === "notValid was designed as true and is false";

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

  it("is led to by statements from whatever another design holds, where all of them can be written", async () => {
    const within = async <T>(design: Schema, use: () => Promise<T>): Promise<T> => {
      await engine.exec("begin");
      try {
        await engine.exec(await wholeScript(postgres, design));
        return await use();
      } finally {
        await engine.exec("rollback");
      }
    };
    const read = async (): Promise<Schema> => (await introspect(engine.query, { namespaces: [] })).value;
    const ddl = { ...(await postgres.ddl()), transaction: { begin: "", commit: "" } };
    let led = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryPostgres, arbitraryPostgres, async (one, other) => {
        const second = await within(other, read);
        await within(one, async () => {
          const first = await read();
          const wanted = adopt(second, first, null);
          const { sql, impossible } = changeScript(ddl, first, diff(first, wanted));
          if (impossible.length > 0) return;
          await engine.exec(sql);
          expect(differences(wanted, await read()).filter((problem) => !isLeft(problem))).toEqual([]);
          led += 1;
        });
      }),
      { numRuns: Number(process.env["RUNS"] ?? 6) },
    );
    expect(led).toBeGreaterThan(0);
  });
});
