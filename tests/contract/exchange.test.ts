/**
 * Files of other tools, as people have them: what is read, as text and problem by problem, lies beside each. One folder a format.
 * And every reference schema, written in each of these formats and read again, is the same but for what is declared as lost.
 */
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { writeDbml } from "#shared/formats/dbml/index.ts";
import { type Format, formatOf, recognise } from "#shared/formats/index.ts";
import type { Design } from "#shared/formats/json/index.ts";
import { diff } from "#shared/diff/index.ts";
import { adopt, invariants } from "#shared/model/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";
import { referenceFiles } from "../support/reference.ts";
import { referenceSchema } from "../support/reference-schema.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const FORMATS = ["drawdb", "chartdb", "mermaid"] as const;
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

const references = (["mysql", "mariadb", "sqlite", "postgres"] as const).flatMap((id) =>
  referenceFiles(id).map((file) => ({ ...file, id })),
);
/** They are read within the budget of one file of tests. */
const MOST_TABLES = 400;

describe.each(references)("the reference schema $id $name", ({ id, path }) => {
  it("comes back, but for what is lost", async () => {
    const schema = await referenceSchema(id, path);
    if (schema.tables.length > MOST_TABLES) return;
    const dialect = dialects[id];
    const asked = [dialect, ...Object.values(dialects).filter((other) => other.id !== dialect.id)];
    for (const name of FORMATS) {
      const { reader, writer } = formatOf(name) as Format;
      if (!reader || !writer) throw new Error(`${name} is read and written`);
      const variant = writer.variants[0]?.id ?? "";
      const { design: held } = writer.hold({ name: "x", schema, diagrams: [] }, dialect, variant);
      const { value, problems } = reader.read(writer.print(held, dialect, variant), { dialects: asked });
      expect({ name, faults: problems.filter(({ severity }) => severity !== "note").map(told) }).toEqual({ name, faults: [] });
      expect({ name, changes: value && diff(held.schema, adopt(value.schema, held.schema, null)) }).toEqual({
        name,
        changes: [],
      });
    }
  });
});
