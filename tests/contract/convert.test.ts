/**
 * Reference schemas in every other dialect: the script is taken whole by the other engine (or by the reader that stands for it), and
 * what is read back is what was converted, but for how the engine spells expressions. `npm test` takes the smaller ones; those that
 * take an engine long are in `tests/soak/convert.soak.test.ts`, and MariaDB's own word is in `tests/live/convert-mariadb.test.ts`.
 */
import { describe, expect, it } from "vitest";
import fc from "../support/fast-check.ts";
import { convertSchema } from "#shared/convert/index.ts";
import type { DialectId } from "#shared/dialects/index.ts";
import { dialects } from "#shared/dialects/index.ts";
import { invariants, type Schema } from "#shared/model/index.ts";
import { arbitraryDesign } from "../support/designs.ts";
import { conversions, convertsWhole } from "../support/convert-suite.ts";

const SMALL = 18_000;

describe("reference schemas", () => {
  it.each(conversions((size) => size <= SMALL))("$id $name becomes one of every other dialect", convertsWhole, 60_000);
});

const ids = Object.keys(dialects) as DialectId[];
const pairs = ids.flatMap((from) => ids.map((to) => ({ from, to })));
const columns = ({ tables }: Schema): unknown => tables.map((table) => [table.id, table.columns.map(({ id }) => id)]);

describe("any design", () => {
  it.each(pairs)("of $from arrives in $to with every table and column, and again loses nothing more", async ({ from, to }) => {
    await fc.assert(
      fc.asyncProperty(arbitraryDesign, async ({ schema: drawn }) => {
        const schema = { ...drawn, dialect: from };
        const { value } = await convertSchema(schema, dialects[from], dialects[to]);
        expect(value.dialect).toBe(to);
        expect(columns(value)).toEqual(columns(schema));
        expect(invariants(value)).toEqual([]);
        expect((await dialects[to].ddl()).create(value)).toBeDefined();
        if (from === to) expect(value).toBe(schema);
        const { value: same, problems } = await convertSchema(value, dialects[to], dialects[to]);
        expect(same).toBe(value);
        expect(problems).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
