/** Every reference schema as DBML and back: equal, but for what is declared as lost; and a text that the language's own reader takes. */
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { diff, differences } from "#shared/diff/index.ts";
import { readDbml, writeDbml } from "#shared/formats/dbml/index.ts";
import { hold } from "#shared/formats/dbml/write/hold.ts";
import { adopt } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { oracle } from "../support/dbml-oracle.ts";
import { referenceFiles } from "../support/reference.ts";
import { referenceSchema } from "../support/reference-schema.ts";

/** The oracle takes a second for each 1,000 tables: it is asked about the smaller ones. */
const ORACLE_TABLES = 80;

const files = (["mysql", "mariadb", "sqlite", "postgres"] as const).flatMap((id) =>
  referenceFiles(id).map((file) => ({ ...file, id })),
);

describe("every reference schema", () => {
  it.each(files)("$id $name is the same as DBML, but for what is lost", async ({ id, path }) => {
    const schema = await referenceSchema(id, path);
    const dialect = dialects[id];
    const design = { name: "x", schema, diagrams: [] };
    const { value: text, problems: lost } = writeDbml(design, dialect);
    const { value, problems } = readDbml(text, { dialects: Object.values(dialects) });
    expect(
      problems
        .filter(({ severity }) => severity === "error")
        .map((problem) => `${String(problem.at?.line)} ${sentence(problem)}`),
    ).toEqual([]);
    if (!value) throw new Error("nothing was read");
    const { design: held } = hold(design, dialect, "10");
    expect(diff(held.schema, adopt(value.schema, held.schema, null))).toEqual([]);
    if (lost.length === 0) expect(differences(schema, value.schema)).toEqual([]);
    if (schema.tables.length <= ORACLE_TABLES)
      expect(oracle(text).errors.map(({ start, text: why }) => `${why}: ${text.slice(start, start + 60)}`)).toEqual([]);
  });
});
