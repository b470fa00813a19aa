/**
 * Reading a live PostgreSQL with the server's own session, everything our model holds included, beside `pg_dump -s` of the same
 * database. Floor: the raw rows of the catalogues that hold tables, columns, constraints and indexes, with nothing made of them.
 * A session that has read before finds the server's caches warm; a new one begins where pg_dump does.
 */
import pg from "pg";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { openPostgres } from "../../server/introspect/live/postgres.ts";
import { LIMITS, type LiveSession } from "../../server/introspect/live/session.ts";
import { generate } from "../support/generator.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly aim?: number;
  readonly note?: string;
}

/** Every round takes one of each, so that whatever else the machine does falls on all of them. */
const ROUNDS = 9;
/** Rounds before those that count: a process compiles its code once. */
const WARMING = 3;
/** What part of `pg_dump -s`'s time a reading may take. */
const SHARE = 0.4;

const USER = "relnamespace not in (select oid from pg_namespace where nspname ~ '^pg_' or nspname = 'information_schema')";
const FLOOR = `
  select oid, relname, relnamespace, relkind, reloptions from pg_class where ${USER};
  select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.atthasdef from pg_attribute a
    join pg_class c on c.oid = a.attrelid where a.attnum > 0 and ${USER};
  select oid, conrelid, conname, contype, conkey, confrelid, confkey, confupdtype, confdeltype from pg_constraint where conrelid <> 0;
  select i.indexrelid, i.indrelid, i.indkey, i.indisunique from pg_index i join pg_class c on c.oid = i.indrelid where ${USER}`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The middle time of each work, in milliseconds. */
async function medians(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const taken: number[][] = works.map(() => []);
  for (let round = -WARMING; round < ROUNDS; round += 1) {
    for (const [at, work] of works.entries()) {
      const time = await timed(work);
      if (round >= 0) taken[at]?.push(time);
    }
  }
  return taken.map((times) => times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0);
}

async function size(server: PostgresServer, tables: number): Promise<Row[]> {
  const database = `bench_${String(tables)}`;
  const statements = (await postgres.ddl()).create(generate({ tables })).map(({ sql }) => `${sql};`);
  await server.psql("postgres", `create database ${database}`);
  // In pieces: a transaction for all would hold a lock for every table.
  for (let at = 0; at < statements.length; at += 2_000) {
    await server.psql(database, `begin;\n${statements.slice(at, at + 2_000).join("\n")}\ncommit;`);
  }
  await server.psql(database, "vacuum analyze");
  const raw = new pg.Client({ host: "127.0.0.1", port: server.port, user: "postgres", database });
  await raw.connect();
  const target = { host: "127.0.0.1", port: server.port, addresses: ["127.0.0.1"], reach: "loopback" } as const;
  const login = { user: "postgres", password: "", database, tls: "disable", ca: null } as const;
  const signal = new AbortController().signal;
  const open = async (): Promise<LiveSession> => {
    const opened = await openPostgres(target, login, LIMITS, signal);
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    return opened.value;
  };
  const readOn = async (session: LiveSession): Promise<void> => {
    const result = await session.read((run) => session.dialect.catalog.introspect(run, { namespaces: [] }), signal);
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    const found = result.value.value.tables.length;
    if (found !== tables) throw new Error(`${String(found)} tables instead of ${String(tables)}`);
  };
  const connectAndRead = async (): Promise<void> => {
    const fresh = await open();
    await readOn(fresh);
    fresh.close();
  };
  const first = await timed(connectAndRead);
  const session = await open();
  const [floor = 0, read = 0, connected = 0, dump = 0] = await medians([
    () => raw.query({ text: FLOOR, rowMode: "array" }),
    () => readOn(session),
    connectAndRead,
    () => server.dump(database),
  ]);
  session.close();
  await raw.end();
  const round = Math.round;
  const row = (what: string, value: number): Row => ({
    what: `${String(tables)} tables ${what}`,
    value: round(value),
    unit: "ms",
    floor: round(floor),
    aim: round(dump * SHARE),
    note: `${(value / dump).toFixed(2)} of pg_dump -s (${String(round(dump))} ms)`,
  });
  const { aim: _none, ...started } = row("connected to and read for the first time", first);
  return [row("read", read), row("connected to and read", connected), started];
}

export async function run(): Promise<Row[]> {
  const server = await startPostgres(15);
  if (server === null) return [];
  try {
    return [...(await size(server, 1_000)), ...(await size(server, 5_000))];
  } finally {
    await server.stop();
  }
}
