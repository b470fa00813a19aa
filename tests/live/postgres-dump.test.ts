import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { introspect } from "#shared/dialects/postgres/catalog.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { rolesIn } from "#shared/dialects/postgres/import/scan.ts";
import type { Schema } from "#shared/model/index.ts";
import { openPglite } from "../support/pglite.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { referenceFiles } from "../support/reference.ts";
import listed from "./pg-dump-differences.json" with { type: "json" };

/** One statement that only one side has, with the reason that `docs/pg-dump-differences.md` gives in full. */
interface Difference {
  readonly file: string;
  readonly only: "original" | "ours";
  readonly statement: string;
  readonly reason: string;
}

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };
/** uuidv7() came with 18: on 15 most of this file is refused. */
const ONLY_18 = new Set(["pagila"]);
const servers: Partial<Record<15 | 18, PostgresServer | null>> = {};

beforeAll(async () => {
  servers[15] = await startPostgres(15);
  servers[18] = await startPostgres(18);
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server?.stop();
});

/** The statements of a dump as a sorted list: their order follows object ids, which say nothing. */
function statements(dump: string): string[] {
  const cut = postgres.splitter();
  return [...cut.push(dump), ...cut.end()]
    .filter(({ kind, text }) => kind === "statement" && !/^(SET|SELECT pg_catalog\.set_config)\b/.test(text))
    .map(({ text }) => text.replace(/\s+/g, " "))
    .sort();
}

const roles = (sql: string): string => {
  const cut = postgres.splitter();
  const names = new Set([...cut.push(sql), ...cut.end()].flatMap(({ text }) => rolesIn(text)));
  return [...names].map((name) => `create role "${name.replaceAll('"', '""')}";`).join("\n");
};

async function load(server: PostgresServer, database: string, sql: string): Promise<string> {
  await server.psql("postgres", `${roles(sql)}\ncreate database ${database} template template0;`);
  return server.psql(database, sql);
}

async function catalogue(server: PostgresServer, database: string): Promise<Schema> {
  const client = new pg.Client({ host: "127.0.0.1", port: server.port, user: "postgres", database });
  await client.connect();
  // One client answers one question at a time.
  let last: Promise<unknown> = Promise.resolve();
  const ask = (sql: string): Promise<unknown[][]> => {
    const answer = last.then(async () => (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows);
    last = answer;
    return answer;
  };
  const { value } = await introspect(ask, { namespaces: [] });
  await client.end();
  return value;
}

const without = (from: readonly string[], other: readonly string[]): string[] => {
  const left = [...other];
  return from.filter((item) => {
    const at = left.indexOf(item);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
};

describe("what is written loads into a real server and is the same there", () => {
  it.for(referenceFiles("postgres"))("$name", async ({ name, path }, { skip }) => {
    if (!servers[15] && !servers[18]) skip("no PostgreSQL server could be started here");
    const original = await readFile(path, "utf8");
    const { engine, close } = await openPglite(postgres.needs(original));
    const { value } = await postgres.importer.run(original, engine, quiet);
    await close();
    if (value === null) throw new Error("nothing was read");
    const ours = postgres.ddl.script(postgres.ddl.create(value));
    const database = name.replace(/\W/g, "_").toLowerCase();
    const expected = (listed as Difference[]).filter(({ file }) => file === name);

    const fifteen = servers[15];
    if (fifteen && !ONLY_18.has(name)) {
      await load(fifteen, `${database}_a`, original);
      await load(fifteen, `${database}_b`, ours);
      const [a, b] = [statements(await fifteen.dump(`${database}_a`)), statements(await fifteen.dump(`${database}_b`))];
      expect(a.length).toBeGreaterThan(10);
      const of = (side: Difference["only"]): string[] =>
        expected.filter(({ only }) => only === side).map(({ statement }) => statement);
      expect({ original: without(a, b), ours: without(b, a) }).toEqual({ original: of("original"), ours: of("ours") });
    }
    const eighteen = servers[18];
    if (eighteen) {
      await load(eighteen, `${database}_a`, original);
      await load(eighteen, `${database}_b`, ours);
      const [a, b] = [await catalogue(eighteen, `${database}_a`), await catalogue(eighteen, `${database}_b`)];
      if (expected.length === 0) expect(b).toEqual(a);
      expect(b.tables.length).toBeGreaterThanOrEqual(a.tables.length);
    }
  });
});
