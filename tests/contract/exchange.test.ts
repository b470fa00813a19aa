/**
 * Files of other tools, as people have them: what is read, as text and problem by problem, lies beside each. One folder a format.
 */
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { writeDbml } from "#shared/formats/dbml/index.ts";
import { type Format, formatOf, recognise } from "#shared/formats/index.ts";
import type { Design } from "#shared/formats/json/index.ts";
import { invariants } from "#shared/model/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const FORMATS = ["drawdb", "chartdb"] as const;
/** What is expected lies beside what is read. */
const isInput = (name: string): boolean => !/\.(?:dbml|txt)$/.test(name);

const told = (problem: Problem): string => {
  const place = problem.at ? `${String(problem.at.line)}:${String(problem.at.column)}` : "-";
  return `${place} ${problem.severity} ${problem.code}: ${sentence(problem)}\n`;
};

/** A design as a person reads it. */
function shown(design: Design): string {
  const dialect = Object.values(dialects).find(({ id }) => id === design.schema.dialect) ?? dialects.postgres;
  const { types, views } = design.schema;
  const others = [
    ...types.flatMap((type) =>
      type.kind === "composite" ? [`type ${type.name}: ${JSON.stringify(type.fields)} ${type.comment ?? ""}`] : [],
    ),
    ...views.map(({ name, materialized, definition }) => `view ${name}${materialized ? " (materialized)" : ""}: ${definition}`),
  ];
  const beside = others.map((line) => `// ${line}\n`).join("");
  return writeDbml(design, dialect).value + beside;
}

describe.each(FORMATS)("files of %s", (id) => {
  const folder = join(FIXTURES, id);
  const { reader } = formatOf(id) as Format & { readonly reader: NonNullable<Format["reader"]> };

  it.each(readdirSync(folder).filter(isInput))("%s", async (name) => {
    const text = await readFile(join(folder, name), "utf8");
    const { value, problems } = reader.read(text, { dialects: Object.values(dialects) });
    const base = join(folder, name.slice(0, -extname(name).length));
    await expect(problems.map(told).join("")).toMatchFileSnapshot(`${base}.problems.txt`);
    if (!value) return;
    expect(invariants(value.schema)).toEqual([]);
    await expect(shown(value)).toMatchFileSnapshot(`${base}.dbml`);
    expect(recognise(text.slice(0, 65_536), name, Object.values(dialects))[0]?.kind).toBe(id);
  });
});
