/** Our reader and writer of Prisma beside Prisma's own engine: over fixtures, over designs that we wrote, and over broken texts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { prisma } from "#shared/formats/prisma/index.ts";
import { writeAs } from "#shared/formats/index.ts";
import { sentence } from "#shared/result/index.ts";
import fc from "../support/fast-check.ts";
import { generate } from "../support/generator.ts";
import { faultyLines, plainDmmf, plainSchema, prismaFaults } from "../support/prisma-oracle.ts";

const { reader, writer } = prisma;
if (!reader || !writer) throw new Error("Prisma is read and written");
const both = { ...prisma, writer };
const all = Object.values(dialects);
const folder = join(import.meta.dirname, "..", "fixtures", "prisma");
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".prisma") && name !== "broken.prisma")
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

/** Columns that Prisma leaves out of what it tells: it does not know their types. */
const unsupported = (text: string): string => text.replace(/^.*\bUnsupported\(.*\n/gm, "");

function compared(text: string): void {
  expect(prismaFaults(text)).toBe("");
  const { tables, enums } = plainDmmf(text);
  const { value, problems } = reader?.read(unsupported(text), { dialects: all }) ?? { value: null, problems: [] };
  expect(problems.filter(({ severity }) => severity === "error").map(sentence)).toEqual([]);
  if (!value) throw new Error("nothing was read");
  expect(plainSchema(value.schema, new Set(tables.map(({ name }) => name)))).toEqual(tables);
  const ours = value.schema.types.flatMap((type) => (type.kind === "enum" ? [type.values.join(",")] : []));
  if (ours.length > 0) expect(ours.sort()).toEqual(enums);
}

describe("a schema", () => {
  it.each(fixtures)("$name is read as Prisma reads it", ({ text }) => {
    compared(text.replace(/^view [\s\S]*?^\}\n/gm, ""));
  });

  it("that we wrote is read as Prisma reads it, whatever the design", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2, max: 12 }), fc.nat(1000), (tables, columns, seed) => {
        const design = { name: "x", schema: generate({ tables, columns, seed }), diagrams: [] };
        compared(writeAs(both, design, dialects.postgres, "7").value);
      }),
      { numRuns: 12 },
    );
  });

  it("that is broken in one place has its fault told there", () => {
    const [{ text } = { text: "" }] = fixtures.filter(({ name }) => name.startsWith("everything"));
    const tokens = [...text.matchAll(/"[^"\n]*"|\/\/[^\n]*|[\w@]+|[^\s\w]/g)].filter(([token]) => !token.startsWith("//"));
    let faults = 0;
    const missed: string[] = [];
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom("", "}", "{", ")", "(", '"', "%", "x y z"), (at, piece) => {
        const token = tokens[at % tokens.length];
        if (!token) return;
        const changed = text.slice(0, token.index) + piece + text.slice(token.index + token[0].length);
        const theirs = faultyLines(prismaFaults(changed));
        if (theirs.length === 0) return;
        const line = text.slice(0, token.index).split("\n").length;
        const mine = reader
          .read(changed, { dialects: all })
          .problems.flatMap(({ severity, at: place }) => (severity === "error" && place ? [place.line] : []));
        faults += 1;
        const near = mine.some((one) => Math.abs(one - line) <= 1 || theirs.includes(one));
        if (!near) missed.push(`${String(line)}: ${token[0]} became ${piece}`);
      }),
      { numRuns: 200, seed: 3 },
    );
    expect(faults).toBeGreaterThan(120);
    expect(missed).toEqual([]);
  });
});
