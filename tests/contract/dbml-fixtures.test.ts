/** Every reference schema as DBML and back: equal, but for what is declared as lost; and a text that the language's own reader takes. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { neededExtensions } from "#shared/dialects/postgres/import/scan.ts";
import { diff, differences } from "#shared/diff/index.ts";
import { readDbml, writeDbml } from "#shared/formats/dbml/index.ts";
import { hold } from "#shared/formats/dbml/write/hold.ts";
import { adopt, type Schema } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { oracle } from "../support/dbml-oracle.ts";
import { openPglite } from "../support/pglite.ts";
import { referenceFiles } from "../support/reference.ts";
import { openSqlite } from "../support/sqljs.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };
/** The oracle takes a second for each 1,000 tables: it is asked about the smaller ones. */
const ORACLE_TABLES = 80;

async function schemaOf(id: DialectId, text: string): Promise<Schema> {
  const dialect: Dialect = dialects[id];
  if (!dialect.features.engine) {
    const { value } = await dialect.importer.run(text, noEngine(dialect.label), quiet);
    if (!value) throw new Error("nothing was read");
    return value;
  }
  const { engine, close } =
    id === "postgres" ? await openPglite(neededExtensions(text)) : { engine: await openSqlite(), close: () => Promise.resolve() };
  const { value } = await dialect.importer.run(text, engine, quiet);
  await close();
  if (!value) throw new Error("nothing was read");
  return value;
}

const files = (["mysql", "mariadb", "sqlite", "postgres"] as const).flatMap((id) =>
  referenceFiles(id).map((file) => ({ ...file, id })),
);

describe("every reference schema", () => {
  it.each(files)("$id $name is the same as DBML, but for what is lost", async ({ id, path }) => {
    const schema = await schemaOf(id, await readFile(path, "utf8"));
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
