import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "../support/fast-check.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { mariadb } from "#shared/dialects/mariadb/index.ts";
import { differences } from "#shared/diff/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { arbitraryMysql } from "../support/arbitrary-mysql.ts";
import { mariadbCounts } from "../support/counts.ts";
import { liveCatalogue } from "../support/live-catalogue.ts";
import { type MariadbServer, startMariadb } from "../support/mariadb.ts";
import { referenceFiles } from "../support/reference.ts";
import { type RunningServer, startServer } from "../support/server.ts";
import listed from "./mysqldump-differences.json" with { type: "json" };
import { wholeScript } from "#shared/dialects/kit/whole.ts";

/** One line of a dump that only one side has, with the reason that `docs/mysqldump-differences.md` gives in full. */
interface Difference {
  readonly file: string;
  readonly only: "original" | "ours";
  readonly line: string;
  readonly reason: string;
}

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };
const CASES = join(import.meta.dirname, "..", "fixtures", "mysql");
let server: MariadbServer | null = null;
let web: RunningServer;

beforeAll(async () => {
  web = await startServer();
  server = await startMariadb();
});
afterAll(async () => {
  await web.close();
  await server?.stop();
});

/** The manifest's truth was loaded into one database, whatever the file says. */
const oneDatabase = (text: string): string =>
  text.replace(/^(create (database|schema)|use|drop (database|schema))\b[^;]*;/gim, "").replaceAll(/\bsakila\./g, "");

async function load(target: MariadbServer, database: string, sql: string): Promise<string> {
  await target.script("", `DROP DATABASE IF EXISTS ${database}; CREATE DATABASE ${database}`);
  return target.script(database, sql);
}

async function catalogue(target: MariadbServer, database: string): Promise<Schema> {
  const { schema, problems } = await liveCatalogue(web, { type: "mysql", port: target.port, username: "root", database });
  expect(problems.filter(({ code }) => code !== "model.dangling")).toEqual([]);
  return schema;
}

/** The same schema in the database that has no name, so that its SQL can be loaded anywhere. */
const anywhere = (schema: Schema): Schema => ({
  ...schema,
  namespaces: schema.namespaces.map((namespace) => ({ ...namespace, name: mariadb.features.defaultNamespace })),
});

const written = (schema: Schema): Promise<string> => wholeScript(mariadb, schema);

const without = (from: readonly string[], other: readonly string[]): string[] => {
  const left = [...other];
  return from.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** What is left out on both sides: `docs/mysqldump-differences.md` says why. */
const NOT_COMPARED = [/ AUTO_INCREMENT=\d+/g, /^\/\*!50003 SET sql_mode .*$/gm];

/** The lines of a dump without what is not compared, sorted: their order follows names. */
const lines = (dump: string): string[] =>
  NOT_COMPARED.reduce((text, pattern) => text.replaceAll(pattern, ""), dump)
    .replaceAll(/,$/gm, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .sort();

/** What this server's catalogue counts otherwise than the one of the manifest, which refused one view. */
const DIFFERENT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  sakila: { views: 7, unsigned: 44 },
  // Two foreign keys point at a table that the file does not make.
  flare: { fk: 109 },
};

/** Columns as information_schema tells them: table, name, type, nullable, counting, comment. */
async function toldColumns(target: MariadbServer, database: string): Promise<readonly string[]> {
  const session = await target.connect();
  const rows = await session.run(
    `SELECT table_name, column_name, column_type, is_nullable, extra LIKE '%auto_increment%', column_comment
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = '${database}' AND table_type = 'BASE TABLE' ORDER BY table_name, ordinal_position`,
  );
  await session.close();
  return rows.map((row) => row.map(String).join(" | "));
}

/** The same of a schema. JSON is another name for longtext here. */
function readColumns(schema: Schema): readonly string[] {
  const tables = [...schema.tables].sort((a, b) => (a.name < b.name ? -1 : 1));
  return tables.flatMap(({ name, columns }) =>
    columns.map((column) => {
      const type = column.type === "json" ? "longtext" : column.type;
      const nullable = column.notNull ? "NO" : "YES";
      return [name, column.name, type, nullable, column.identity ? 1 : 0, column.comment ?? ""].join(" | ");
    }),
  );
}

/** Indexes and their columns, in order: table, index, column, prefix. */
async function toldIndexes(target: MariadbServer, database: string): Promise<readonly string[]> {
  const session = await target.connect();
  const rows = await session.run(
    `SELECT table_name, index_name, column_name, ifnull(sub_part, ''), index_type, non_unique
       FROM information_schema.statistics WHERE table_schema = '${database}' ORDER BY table_name, index_name, seq_in_index`,
  );
  await session.close();
  return rows.map((row) => row.map(String).join(" | ")).sort();
}

function readIndexes(schema: Schema): readonly string[] {
  return schema.tables
    .flatMap((table) => {
      const name = (id: string | null): string => table.columns.find((column) => column.id === id)?.name ?? "";
      const line = (index: string, column: string, prefix: string, method: string, unique: boolean): string =>
        [table.name, index, column, prefix, method, unique ? 0 : 1].join(" | ");
      const keys = table.constraints.flatMap((key) =>
        "columns" in key ? key.columns.map((id) => line(key.name, name(id), "", "BTREE", true)) : [],
      );
      const indexes = table.indexes.flatMap(({ name: index, parts, method, unique }) =>
        parts.map(({ columnId, opclass }) =>
          line(index, name(columnId), opclass?.replace(/[()]/g, "") ?? "", method.toUpperCase(), unique),
        ),
      );
      return [...keys, ...indexes];
    })
    .sort();
}

describe.each(referenceFiles("mysql"))("the reference dump $name in a real server", ({ name, path, truth }) => {
  const [original, again, ours] = [`${name}_a`, `${name}_b`, `${name}_c`];

  it("has the manifest's counts, as introspection reads it", async ({ skip }) => {
    if (!server) return skip("no MariaDB could be started here");
    await load(server, original, oneDatabase(await readFile(path, "utf8")));
    const schema = await catalogue(server, original);
    expect(mariadbCounts(schema)).toEqual({ ...truth["mariadb10.11"], ...DIFFERENT[name] });
    expect([...readColumns(schema)].sort()).toEqual([...(await toldColumns(server, original))].sort());
    expect(readIndexes(schema)).toEqual(await toldIndexes(server, original));
  });

  it("is written, loaded and introspected, equal", async ({ skip }) => {
    if (!server) return skip("no MariaDB could be started here");
    const schema = anywhere(await catalogue(server, original));
    expect(await load(server, again, await written(schema))).toBe("");
    const back = anywhere(await catalogue(server, again));
    expect(differences(schema, back)).toEqual([]);
  });

  it("is read as text, written and loaded, and mysqldump says the same of both", async ({ skip }) => {
    if (!server) return skip("no MariaDB could be started here");
    const { value } = await mariadb.importer.run(oneDatabase(await readFile(path, "utf8")), noEngine("MariaDB"), quiet);
    if (!value) throw new Error("nothing was read");
    expect(await load(server, ours, await written(value))).toBe("");
    const [a, b] = [lines(await server.dump(original)), lines(await server.dump(ours))];
    expect(a.length).toBeGreaterThan(20);
    const of = (side: Difference["only"]): string[] =>
      (listed as Difference[]).filter(({ file, only }) => file === name && only === side).map(({ line }) => line);
    expect({ original: without(a, b), ours: without(b, a) }).toEqual({ original: of("original"), ours: of("ours") });
  });
});

/** What the reader makes of a dump is what the server makes of our SQL: versioned tables, sequences, periods, JSON, all of it. */
it("what only MariaDB has comes back as it was read", async ({ skip }) => {
  if (!server) return skip("no MariaDB could be started here");
  const text = await readFile(join(CASES, "mariadb-dump", "in.sql"), "utf8");
  const { value } = await mariadb.importer.run(text, noEngine("MariaDB"), quiet);
  if (!value) throw new Error("nothing was read");
  await server.script("", "DROP DATABASE IF EXISTS shop");
  expect(await server.script("", await written(value))).toBe("");
  expect(differences(value, await catalogue(server, "shop"))).toEqual([]);
});

it("a database that is not there has nothing in it, and one broken view does not hide the rest", async ({ skip }) => {
  if (!server) return skip("no MariaDB could be started here");
  const absent = { type: "mysql", port: server.port, username: "root", namespaces: ["never_there"] };
  expect((await liveCatalogue(web, absent)).schema.tables).toEqual([]);
  await load(server, "broken", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; DROP TABLE t; CREATE TABLE u (b int);");
  const { tables, views } = await catalogue(server, "broken");
  expect([tables.map(({ name }) => name), views.map(({ name }) => name)]).toEqual([["u"], ["v"]]);
});

it("any design is made by its SQL and introspected, equal", async ({ skip }) => {
  if (!server) return skip("no MariaDB could be started here");
  const target = server;
  await fc.assert(
    fc.asyncProperty(arbitraryMysql(mariadb), async (schema) => {
      expect(await load(target, "any_design", await written(schema))).toBe("");
      expect(differences(schema, anywhere(await catalogue(target, "any_design")))).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
