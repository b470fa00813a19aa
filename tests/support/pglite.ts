/**
 * A real PGlite in memory for tests: the one of the command line, from the data folder that the build makes.
 *
 * To open one takes 0.8 s of the processor, to empty one a few milliseconds: one that is closed is emptied, and may be opened again.
 * What a case leaves behind never reaches the next one: only an engine whose every system catalogue is what it was at first is used
 * again; any other is closed for good.
 */
import type { Engine } from "#shared/dialects/dialect.ts";
import { type Opened, openEngine } from "../../server/engines/index.ts";
import { ensureSnapshot } from "../../tools/snapshot.mjs";
import { shipped } from "../../web/workers/postgres/open.ts";

interface Kept extends Opened {
  /** The names of the extensions whose files it has. */
  readonly files: string;
  /** The first transaction that is not initdb's. */
  readonly since: string;
  /** What its catalogues held at first. */
  readonly empty: string;
}

/** Emptied engines that wait for the next case of a file of tests, the latest last. Each holds 100 MB. */
const idle: Kept[] = [];
const MOST_IDLE = 2;
/** Where the rows of thousands of tables lay in a catalogue, reading it takes longer than opening another engine. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The schema that every new database has, with its own number: by that the catalogue is told that it is the engine's. */
const PUBLIC = `create schema public authorization pg_database_owner;
  update pg_namespace set oid = 2200 where nspname = 'public';
  comment on schema public is 'standard public schema';
  grant usage on schema public to public;
  insert into pg_init_privs select oid, 'pg_namespace'::regclass, 0, 'i', nspacl from pg_namespace where oid = 2200`;

/** Below this number objects are initdb's. */
const FIRST_OID = 16384;

/** What to drop, and the names of all there is of it: an event trigger first, for it would hear of the rest; roles last, for they own. */
const DROPPED: readonly (readonly [statement: string, names: string])[] = [
  ["drop event trigger %I", "evtname from pg_event_trigger"],
  ["drop publication %I", "pubname from pg_publication"],
  ["drop schema %I cascade", "nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'"],
  ["drop extension %I cascade", `extname from pg_extension where oid >= ${String(FIRST_OID)}`],
  ["drop foreign data wrapper %I cascade", "fdwname from pg_foreign_data_wrapper"],
  ["drop language %I cascade", `lanname from pg_language where oid >= ${String(FIRST_OID)}`],
  ["drop access method %I cascade", `amname from pg_am where oid >= ${String(FIRST_OID)}`],
  ["drop cast %s", `(pg_identify_object(tableoid, oid, 0)).identity from pg_cast where oid >= ${String(FIRST_OID)}`],
  ["drop owned by %1$I cascade; drop role %1$I", `rolname from pg_roles where oid >= ${String(FIRST_OID)}`],
];
const EMPTY = `do $$ declare name text; begin
  ${DROPPED.map(([statement, names]) => `for name in select ${names} loop execute format('${statement}', name); end loop;`).join("\n")}
  end $$; ${PUBLIC}`;

/** Of each catalogue how many rows it has, and how many of them were written since, but for those of the schema `public`. */
async function catalogues({ query }: Engine, since: string): Promise<string> {
  const made: Readonly<Record<string, string>> = { pg_namespace: "oid", pg_description: "objoid", pg_init_privs: "objoid" };
  const names = await query(
    "select relname from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r' order by relname",
  );
  const counts = names.map(([name]) => {
    const table = String(name);
    const written = `xmin::text::bigint >= ${since} and ${made[table] ?? "0"} <> 2200`;
    return `select '${table}' as of, count(*) as all, count(*) filter (where ${written}) as new from ${table}`;
  });
  const rows = await query(
    `select string_agg(concat_ws(' ', of, "all", new), ', ') from (${counts.join(" union all ")}) counted`,
  );
  return String(rows[0]?.[0]);
}

async function open(extensions: readonly string[], files: string): Promise<Kept> {
  await ensureSnapshot();
  const opened = await openEngine("postgres", extensions);
  const [row] = await opened.engine.query("select pg_snapshot_xmax(pg_current_snapshot())::text");
  const since = String(row?.[0]);
  return { ...opened, files, since, empty: await catalogues(opened.engine, since) };
}

/** Empties an engine. False when something is left of what it held, or it is too large to go on with. */
async function emptied({ engine, since, empty }: Kept): Promise<boolean> {
  try {
    await engine.exec("rollback");
    await engine.exec("discard all");
    await engine.exec(EMPTY);
    await engine.exec("discard all");
    const [size] = await engine.query("select pg_relation_size('pg_attribute') + pg_relation_size('pg_depend')");
    return Number(size?.[0]) < MOST_BYTES && (await catalogues(engine, since)) === empty;
  } catch {
    return false;
  }
}

/** Opens an empty database that has the files of the named extensions. Once it is closed, its engine may be another's. */
export async function openPglite(extensions: readonly string[] = []): Promise<Opened> {
  const files = shipped(extensions).join(" ");
  const at = idle.findLastIndex((one) => one.files === files);
  const [known] = at < 0 ? [] : idle.splice(at, 1);
  const kept = known ?? (await open(extensions, files));
  return {
    engine: kept.engine,
    close: async () => {
      if (!(await emptied(kept))) return kept.close();
      idle.push(kept);
      if (idle.length > MOST_IDLE) await idle.shift()?.close();
    },
  };
}
