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

const READINGS = 7;
const DUMPS = 5;
/** What part of `pg_dump -s`'s time a reading may take. */
const SHARE = 0.4;

const USER = "relnamespace not in (select oid from pg_namespace where nspname ~ '^pg_' or nspname = 'information_schema')";
const FLOOR = `
  select oid, relname, relnamespace, relkind, reloptions from pg_class where ${USER};
  select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.atthasdef from pg_attribute a
    join pg_class c on c.oid = a.attrelid where a.attnum > 0 and ${USER};
  select oid, conrelid, conname, contype, conkey, confrelid, confkey, confupdtype, confdeltype from pg_constraint where conrelid <> 0;
  select i.indexrelid, i.indrelid, i.indkey, i.indisunique from pg_index i join pg_class c on c.oid = i.indrelid where ${USER}`;

async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

async function size(server: PostgresServer, tables: number): Promise<Row[]> {
  const database = `bench_${String(tables)}`;
  const statements = postgres.ddl.create(generate({ tables })).map(({ sql }) => `${sql};`);
  await server.psql("postgres", `create database ${database}`);
  // In pieces: a transaction for all would hold a lock for every table.
  for (let at = 0; at < statements.length; at += 2_000) {
    await server.psql(database, `begin;\n${statements.slice(at, at + 2_000).join("\n")}\ncommit;`);
  }
  await server.psql(database, "vacuum analyze");
  const raw = new pg.Client({ host: "127.0.0.1", port: server.port, user: "postgres", database });
  await raw.connect();
  const floor = await median(READINGS, () => raw.query({ text: FLOOR, rowMode: "array" }));
  await raw.end();
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
  const session = await open();
  const read = await median(READINGS, () => readOn(session));
  session.close();
  const connected = await median(READINGS, async () => {
    const fresh = await open();
    await readOn(fresh);
    fresh.close();
  });
  const dump = await median(DUMPS, () => server.dump(database));
  const round = Math.round;
  const row = (what: string, value: number): Row => ({
    what: `${String(tables)} tables ${what}`,
    value: round(value),
    unit: "ms",
    floor: round(floor),
    aim: round(dump * SHARE),
    note: `${(value / dump).toFixed(2)} of pg_dump -s (${String(round(dump))} ms)`,
  });
  return [row("read", read), row("connected to and read", connected)];
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
