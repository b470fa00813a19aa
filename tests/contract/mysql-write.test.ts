import fc from "../support/fast-check.ts";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { differences } from "#shared/diff/index.ts";
import { arbitraryMysql } from "../support/arbitrary-mysql.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

describe.each(["mysql", "mariadb"] as const)("any design of %s", (id) => {
  const dialect = dialects[id];

  it("is read from its own SQL, equal", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMysql(dialect), async (schema) => {
        const { value, problems } = await dialect.importer.run(await wholeScript(dialect, schema), noEngine(id), quiet);
        expect(problems).toEqual([]);
        expect(value && differences(schema, value)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
