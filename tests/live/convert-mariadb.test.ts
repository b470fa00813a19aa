/** Designs of other dialects as MariaDB's, run on a real server and read back. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { convertSchema } from "#shared/convert/index.ts";
import { differencesButSpelling } from "#shared/proof/index.ts";
import { dialects } from "#shared/dialects/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { type MariadbServer, startMariadb } from "../support/mariadb.ts";
import { readWhole } from "../support/read-whole.ts";
import { referenceFiles, sample } from "../support/reference.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

const { mariadb } = dialects;
const DATABASE = "converted";
let server: MariadbServer | null = null;

beforeAll(async () => {
  server = await startMariadb();
});
beforeEach(({ skip }) => {
  if (server === null) skip("no MariaDB could be started here");
});
afterAll(async () => {
  await server?.stop();
});

/** The database that has no name is the one that the script is run in; character sets stand where they differ from the server's. */
function inDatabase(schema: Schema): Schema {
  const { defaultNamespace } = mariadb.features;
  return {
    ...schema,
    namespaces: schema.namespaces.map((item) => ({ ...item, name: item.name === defaultNamespace ? DATABASE : item.name })),
    tables: schema.tables.map((table) => ({
      ...table,
      options: {},
      columns: table.columns.map(({ options: { charset: _charset, ...options }, ...column }) => ({
        ...column,
        collation: null,
        options,
      })),
    })),
  };
}

/** Runs the script of a design and reads the catalogue of its databases; what the server said is given too. */
async function run(target: MariadbServer, schema: Schema): Promise<{ readonly said: string; readonly back: Schema }> {
  const names = schema.namespaces.map(({ name }) => name);
  const databases = [...new Set([DATABASE, ...names.filter((name) => name !== mariadb.features.defaultNamespace)])];
  const drop = databases.map((name) => `DROP DATABASE IF EXISTS ${name};`).join(" ");
  await target.script("", `${drop} CREATE DATABASE ${DATABASE}`);
  const said = await target.script(DATABASE, await wholeScript(mariadb, schema));
  const session = await target.connect(DATABASE);
  const { value } = await mariadb.catalog.introspect(session.run, { namespaces: databases });
  await session.close();
  return { said, back: value };
}

const sources = (["sqlite", "mysql", "postgres"] as const).flatMap((id) =>
  sample(
    referenceFiles(id).filter(({ name }) => !name.endsWith("_data")),
    4,
  ).map((file) => ({ ...file, id })),
);

describe.each(sources)("the $id schema $name", ({ id, path }) => {
  it("runs on MariaDB and is read back as it was converted", async () => {
    if (!server) return;
    const { schema } = await readWhole(id, await readFile(path, "utf8"));
    const { value } = await convertSchema(schema, dialects[id], mariadb);
    // What the server itself would refuse of views is another matter: see the counts of the reference files.
    const designed = { ...value, views: [] };
    const { said, back } = await run(server, designed);
    expect(said).toBe("");
    const wanted = inDatabase(designed);
    const used = new Set(wanted.namespaces.map(({ name }) => name));
    const there = { ...inDatabase(back), namespaces: back.namespaces.filter(({ name }) => used.has(name)) };
    expect(differencesButSpelling(wanted, there).map(sentence)).toEqual([]);
  });
});
