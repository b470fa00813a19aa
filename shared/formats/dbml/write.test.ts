import { describe, expect, it } from "vitest";
import fc from "../../../tests/support/fast-check.ts";
import { arbitraryDesign } from "../../../tests/support/designs.ts";
import { generate } from "../../../tests/support/generator.ts";
import { dialects } from "../../dialects/index.ts";
import { diff } from "../../diff/index.ts";
import { adopt } from "../../model/index.ts";
import { sentence } from "../../result/index.ts";
import type { Design } from "../json/index.ts";
import { type Level, LEVELS, LOST_BELOW, readDbml, recogniseDbml, writeDbml } from "./index.ts";
import { hold } from "./write/hold.ts";

const { postgres } = dialects;
const read = (text: string) => readDbml(text, { dialects: Object.values(dialects) });

/** Ids are each reader's own; positions and tints are compared by the names of their tables. */
function drawn({ schema, diagrams: [diagram] }: Design, places: boolean): unknown {
  if (!diagram) return null;
  const name = (id: string): string => schema.tables.find((table) => table.id === id)?.name ?? "";
  const named = <T>(map: ReadonlyMap<string, T>): unknown => [...map].map(([id, value]) => [name(id), value]).sort();
  const plain = <T extends { readonly id: string }>({ id: _id, ...rest }: T): unknown => rest;
  if (!places)
    return {
      tints: named(diagram.tints),
      areas: diagram.areas.map(({ tint }) => tint),
      notes: diagram.notes.map(({ text, tint }) => [text, tint]),
    };
  return {
    name: diagram.name,
    positions: named(diagram.positions),
    tints: named(diagram.tints),
    areas: diagram.areas.map(plain),
    notes: diagram.notes.map(plain),
  };
}

describe.each(LEVELS)("level %s", (level: Level) => {
  it("opens again, equal but for what is declared as lost", () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        const { value: text } = writeDbml(design, postgres, level);
        const { design: held } = hold(design, postgres, level);
        const { value, problems } = read(text);
        expect(problems.filter(({ severity }) => severity === "error").map(sentence), text).toEqual([]);
        if (!value) throw new Error("nothing was read");
        expect(value.name).toBe(design.name);
        expect(diff(held.schema, adopt(value.schema, held.schema, null)), text).toEqual([]);
        const places = level === "10";
        const positioned = held.diagrams.some(({ tints, areas, notes }) => tints.size + areas.length + notes.length > 0);
        if (places || positioned) expect(drawn(value, places), text).toEqual(drawn(held, places));
      }),
      { numRuns: 400 },
    );
  });

  it("tells what it loses, and nothing when it loses nothing", () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        const { lost, design: held } = hold(design, postgres, level);
        const whole = diff(design.schema, held.schema).length === 0;
        if (lost.size === 0) expect(whole).toBe(true);
        if (!whole) expect(lost.size).toBeGreaterThan(0);
        // What is held is held again without a loss.
        expect([...hold(held, postgres, level).lost.keys()].filter((key) => key !== "places")).toEqual([]);
        for (const key of lost.keys()) {
          const from = LOST_BELOW[key];
          if (from !== undefined) expect(LEVELS.indexOf(level)).toBeLessThan(LEVELS.indexOf(from));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("what is written", () => {
  it("is what people write by hand", () => {
    const schema = generate({ tables: 2, columns: 4 });
    const { value: text, problems } = writeDbml({ name: "shop", schema, diagrams: [] }, postgres);
    expect(problems.map(sentence)).toEqual(["DBML does not hold 2 options of identity columns."]);
    expect(text).toMatchInlineSnapshot(`
      "Project shop {
        database_type: 'PostgreSQL'
      }

      Table event_0 {
        id bigint [pk, increment]
        title_1 timestamptz
        owner_2 bigint
        score_3 boolean

        indexes {
          score_3 [name: 'event_0_idx']
        }
      }

      Table payment_1 {
        id bigint [pk, increment]
        event_0_id bigint [not null]
        status_2 timestamptz [not null]
        kind_3 jsonb [not null]

        indexes {
          kind_3 [name: 'payment_1_idx']
        }
      }

      Ref payment_1_fk1: payment_1.event_0_id > event_0.id
      "
    `);
    expect(recogniseDbml(text)).toBeGreaterThan(0.9);
  });

  it("is told with each loss and its number", () => {
    const { value } = read("Table a {\n id int\n checks {\n `id > 0`\n }\n}\nMetadata Table a {\n x: '1'\n y: '2'\n}");
    if (!value) throw new Error("nothing was read");
    expect(writeDbml(value, postgres).problems).toEqual([]);
    expect(writeDbml(value, postgres, "8").problems.map(sentence)).toEqual([
      "DBML 8 does not hold 1 places of tables, areas and notes.",
    ]);
    expect(writeDbml(value, postgres, "classic").problems.map(sentence)).toEqual([
      "DBML classic does not hold 1 check constraints.",
      "DBML classic does not hold 1 places of tables, areas and notes.",
    ]);
  });
});
