import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diff } from "#shared/diff/index.ts";
import type { Statement } from "#shared/dialects/dialect.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { rolesIn } from "#shared/dialects/postgres/import/scan.ts";
import { apply, type Change, type Schema } from "#shared/model/index.ts";
import { postgresCounts } from "../support/counts.ts";
import { liveCatalogue } from "../support/live-catalogue.ts";
import { openPglite } from "../support/pglite.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { referenceFiles } from "../support/reference.ts";
import { type RunningServer, startServer } from "../support/server.ts";

/** One row of the table in `docs/pg-dump-differences.md`; `what` has one space where SQL has several blanks. */
interface Difference {
  readonly file: string;
  readonly server: string;
  readonly side: string;
  readonly what: string;
}

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };
const VERSIONS = [15, 18] as const;
const servers: Partial<Record<15 | 18, PostgresServer | null>> = {};
let differences: readonly Difference[] = [];
let web: RunningServer;

beforeAll(async () => {
  web = await startServer();
  for (const version of VERSIONS) servers[version] = await startPostgres(version);
  differences = readDifferences(await readFile(join(import.meta.dirname, "../../docs/pg-dump-differences.md"), "utf8"));
});
afterAll(async () => {
  await web.close();
  for (const server of Object.values(servers)) await server?.stop();
});

/** The rows `| file | server | side | statement or change | reason |`; each reason must be explained in a row that begins with it. */
function readDifferences(page: string): Difference[] {
  const rows = page
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line.split(/(?<!\\)\|/).map((cell) =>
        cell
          .trim()
          .replaceAll("\\|", "|")
          .replace(/^`(.*)`$/, "$1"),
      ),
    );
  const explained = new Set(rows.filter(({ length }) => length === 4).map(([, reason]) => reason));
  return rows
    .filter(({ length }) => length === 7)
    .slice(1)
    .filter(([, file]) => !file?.startsWith("---"))
    .map(([, file = "", server = "", side = "", what = "", reason = ""]) => {
      if (!explained.has(reason)) throw new Error(`docs/pg-dump-differences.md does not explain "${reason}"`);
      return { file, server, side, what };
    });
}

const oneLine = (sql: string): string => sql.replace(/\s+/g, " ").trim();

/** The statements of a dump as a sorted list: their order follows object ids, which say nothing. */
function statements(dump: string): string[] {
  const cut = postgres.splitter();
  return [...cut.push(dump), ...cut.end()]
    .filter(({ kind, text }) => kind === "statement" && !/^(SET|SELECT pg_catalog\.set_config)\b/.test(text))
    .map(({ text }) => oneLine(text))
    .sort();
}

const roles = (sql: string): string => {
  const cut = postgres.splitter();
  const names = new Set([...cut.push(sql), ...cut.end()].flatMap(({ text }) => rolesIn(text)));
  return [...names].map((name) => `create role "${name.replaceAll('"', '""')}";`).join("\n");
};

/** An empty database with the roles that the script counts on its server to have. */
async function empty(server: PostgresServer, database: string, sql: string): Promise<void> {
  await server.psql("postgres", `${roles(sql)}\ncreate database ${database} template template0;`);
}

const catalogue = async ({ port }: PostgresServer, database: string): Promise<Schema> =>
  (await liveCatalogue(web, { type: "postgres", port, username: "postgres", database })).schema;

const without = (from: readonly string[], other: readonly string[]): string[] => {
  const left = [...other];
  return from.filter((item) => {
    const at = left.indexOf(item);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
};

/** A change in one line: what it is about, and of an alter each attribute that differs. */
function told(change: Change): string {
  if (change.kind === "reorder") return `reorder ${change.ownerId}`;
  const { id } = change.kind === "drop" ? change.before : change.after;
  if (change.kind !== "alter") return `${change.kind} ${id}`;
  const [was, is] = [change.before as unknown as Record<string, unknown>, change.after as unknown as Record<string, unknown>];
  // Parts of a table have changes of their own.
  const parts: readonly string[] = change.entity === "table" ? ["columns", "constraints", "indexes"] : [];
  const attributes = Object.keys(is).filter(
    (key) => !parts.includes(key) && JSON.stringify(was[key]) !== JSON.stringify(is[key]),
  );
  return `alter ${id}: ${attributes.map((key) => `${key} ${JSON.stringify(was[key])} -> ${JSON.stringify(is[key])}`).join(", ")}`;
}

async function ours(original: string): Promise<readonly Statement[]> {
  const { engine, close } = await openPglite(postgres.needs(original));
  const { value } = await postgres.importer.run(original, engine, quiet);
  await close();
  if (value === null) throw new Error("nothing was read");
  return (await postgres.ddl()).create(value);
}

/** The truth counts the composite types that belong to an extension; they come with it. */
const DIFFERENT: Readonly<Record<string, Readonly<Record<string, number>>>> = { adventureworks_pg: { composites: 0 } };

describe("a reference dump in a real server", () => {
  it.for(referenceFiles("postgres"))(
    "$name has the manifest's counts, as a live session reads it",
    async ({ name, path, truth }, { skip }) => {
      if (!servers[15] && !servers[18]) skip("no PostgreSQL server could be started here");
      const original = await readFile(path, "utf8");
      for (const version of VERSIONS) {
        const server = servers[version];
        if (!server) continue;
        const database = `${name.replace(/\W/g, "_").toLowerCase()}_counted`;
        await empty(server, database, original);
        await server.psql(database, original);
        const read = postgresCounts(await catalogue(server, database));
        const must = { ...truth[`pg${String(version)}`], ...DIFFERENT[name] };
        expect({ version, ...read }).toEqual({
          version,
          ...Object.fromEntries(Object.keys(read).map((key) => [key, must[key] ?? 0])),
        });
      }
    },
  );
});

describe("what is written loads into a real server and is the same there", () => {
  it.for(referenceFiles("postgres"))("$name", async ({ name, path }, { skip }) => {
    if (!servers[15] && !servers[18]) skip("no PostgreSQL server could be started here");
    const original = await readFile(path, "utf8");
    const written = await ours(original);
    const database = name.replace(/\W/g, "_").toLowerCase();
    for (const version of VERSIONS) {
      const server = servers[version];
      if (!server) continue;
      const expected = differences.filter((row) => row.file === name && row.server.split(", ").includes(String(version)));
      const of = (side: string): string[] => expected.filter((row) => row.side === side).map(({ what }) => what);
      if (of("not loaded").length > 0) continue;
      const left = of("left out");
      const script = (await postgres.ddl()).script(written.filter(({ sql }) => !left.includes(oneLine(sql))));
      expect(written.map(({ sql }) => oneLine(sql))).toEqual(expect.arrayContaining(left));

      const [a, b] = [`${database}_a`, `${database}_b`];
      await empty(server, a, original);
      await server.psql(a, original);
      await empty(server, b, script);
      await server.psql(b, script, { stopOnError: true });
      const [theirs, again] = [statements(await server.dump(a)), statements(await server.dump(b))];
      expect(theirs.length).toBeGreaterThan(10);
      expect({ original: without(theirs, again), ours: without(again, theirs) }).toEqual({
        original: of("original"),
        ours: of("ours"),
      });
      const [before, after] = [await catalogue(server, a), await catalogue(server, b)];
      const changes = diff(before, after);
      expect(changes.map(told)).toEqual(of("change"));
      // The changes named are all there is: with them the two are equal, to the last attribute.
      if (changes.length === 0) expect(after).toEqual(before);
      else expect(diff(after, apply(before, changes))).toEqual([]);
    }
  });

  it("allows no difference for a file that is not there", () => {
    const files = new Set(referenceFiles("postgres").map(({ name }) => name));
    if (files.size > 0) expect(differences.filter(({ file }) => !files.has(file))).toEqual([]);
  });
});
