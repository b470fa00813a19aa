/** What holds of every format that is read and written: its own text opens again, and is the design but for what it declares as lost. */
import { describe, expect, it } from "vitest";
import { arbitraryDesign, drawn } from "../../tests/support/designs.ts";
import fc from "../../tests/support/fast-check.ts";
import { generate } from "../../tests/support/generator.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { dialects } from "../dialects/index.ts";
import { diff } from "../diff/index.ts";
import { adopt } from "../model/index.ts";
import { sentence } from "../result/index.ts";
import type { Reader, Writer } from "./format.ts";
import { type Format, formats, writeAs } from "./index.ts";
import type { Design } from "./json/index.ts";

interface Case {
  readonly title: string;
  readonly format: Format & { readonly reader: Reader; readonly writer: Writer };
  readonly variant: string;
}

const bothWays = (format: Format): format is Case["format"] => format.reader !== null && format.writer !== null;

const all: readonly Format[] = Object.values(formats);
const cases: readonly Case[] = all.filter(bothWays).flatMap((format) => {
  const variants = format.writer.variants.length > 0 ? format.writer.variants.map(({ id }) => id) : [""];
  return variants.map((variant) => ({ title: `${format.id} ${variant}`.trim(), format, variant }));
});

/** As a reader is asked: the design's own dialect first. */
const asked = (dialect: Dialect): readonly Dialect[] => [
  dialect,
  ...Object.values(dialects).filter(({ id }) => id !== dialect.id),
];

function comesBack({ format, variant }: Case, design: Design, dialect: Dialect): void {
  const { design: held, lost } = format.writer.hold(design, dialect, variant);
  const text = format.writer.print(held, dialect, variant);
  const { value, problems } = format.reader.read(text, { dialects: asked(dialect) });
  const errors = problems.filter(({ severity }) => severity === "error");
  expect([errors.map((fault) => `${String(fault.at?.line)}: ${sentence(fault)}`), text.endsWith("\n")]).toEqual([[], true]);
  if (!value) throw new Error("nothing was read");
  expect(diff(held.schema, adopt(value.schema, held.schema, null))).toEqual([]);
  // Where a format loses places, its areas come back without theirs.
  if (!lost.has("places")) expect(drawn(value)).toEqual(drawn(held));
  for (const key of lost.keys()) expect(Object.keys(format.writer.losses)).toContain(key);
  if (lost.size === 0) expect(diff(design.schema, adopt(value.schema, design.schema, null))).toEqual([]);
}

describe.each(cases)("$title", (each) => {
  const { format, variant } = each;

  it("opens again, equal but for what is declared as lost", () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => comesBack(each, design, dialects.postgres)),
      { numRuns: 60 },
    );
  });

  it("is the same text each time, and is recognised as what it is", () => {
    const schema = generate({ tables: 5 });
    const design = { name: "shop", schema, diagrams: [] };
    const { value: text } = writeAs(format, design, dialects.postgres, variant);
    expect(writeAs(format, design, dialects.postgres, variant).value).toBe(text);
    const sure = all.flatMap(({ id, reader }) => (reader ? [{ id, sure: reader.recognise(text, "") }] : []));
    const best = sure.reduce((one, other) => (other.sure > one.sure ? other : one));
    expect(best.id).toBe(format.id);
    for (const { importer } of Object.values(dialects)) expect(importer.recognise(text)).toBeLessThan(best.sure);
  });
});
