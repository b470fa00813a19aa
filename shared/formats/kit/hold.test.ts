import { describe, expect, it } from "vitest";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import fc from "../../../tests/support/fast-check.ts";
import { dialects } from "../../dialects/index.ts";
import { diff } from "../../diff/index.ts";
import { holdBy } from "./hold.ts";
import { BARE, type Holds, LOSSES, WHOLE } from "./losses.ts";

const { postgres } = dialects;
const flags = Object.keys(BARE).filter((key) => key !== "increment");

const arbitraryHolds: fc.Arbitrary<Holds> = fc
  .record({
    kept: fc.subarray(flags),
    increment: fc.constantFrom("both" as const, "identity" as const, "serial" as const, "none" as const),
  })
  .map(({ kept, increment }) => ({ ...BARE, ...Object.fromEntries(kept.map((key) => [key, true])), increment }));

describe("what is held of a design", () => {
  it("is held again without a loss, and every loss has words", () => {
    fc.assert(
      fc.property(arbitraryDesign, arbitraryHolds, (design, holds) => {
        const { design: held, lost } = holdBy(design, postgres, holds);
        for (const key of lost.keys()) expect(Object.keys(LOSSES)).toContain(key);
        const again = holdBy(held, postgres, holds);
        expect([...again.lost]).toEqual([]);
        expect(diff(held.schema, again.design.schema)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("is counted wherever it differs from the design", () => {
    fc.assert(
      fc.property(arbitraryDesign, arbitraryHolds, (design, holds) => {
        const { design: held, lost } = holdBy(design, postgres, holds);
        if (lost.size === 0) expect(diff(design.schema, held.schema)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("is everything where everything is held", () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        const { design: held, lost } = holdBy(design, postgres, WHOLE);
        expect([...lost.keys()].filter((key) => key !== "namespaces" && key !== "diagrams")).toEqual([]);
        expect(diff(design.schema, { ...held.schema, namespaces: design.schema.namespaces })).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
