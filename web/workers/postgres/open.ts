/** Opens PGlite from the build's snapshot, with the files of the extensions that are asked for. */
import type { Extension, PGlite as PGliteDatabase } from "@electric-sql/pglite";
import type { Engine } from "#shared/dialects/dialect.ts";
import { pgliteEngine } from "#shared/dialects/postgres/pglite-engine.ts";

/** Extensions that PGlite ships; each is fetched when a design needs it. */
export const EXTENSIONS: Readonly<Record<string, () => Promise<Readonly<Record<string, Extension>>>>> = {
  amcheck: () => import("@electric-sql/pglite/contrib/amcheck"),
  bloom: () => import("@electric-sql/pglite/contrib/bloom"),
  btree_gin: () => import("@electric-sql/pglite/contrib/btree_gin"),
  btree_gist: () => import("@electric-sql/pglite/contrib/btree_gist"),
  citext: () => import("@electric-sql/pglite/contrib/citext"),
  cube: () => import("@electric-sql/pglite/contrib/cube"),
  dict_int: () => import("@electric-sql/pglite/contrib/dict_int"),
  dict_xsyn: () => import("@electric-sql/pglite/contrib/dict_xsyn"),
  earthdistance: () => import("@electric-sql/pglite/contrib/earthdistance"),
  file_fdw: () => import("@electric-sql/pglite/contrib/file_fdw"),
  fuzzystrmatch: () => import("@electric-sql/pglite/contrib/fuzzystrmatch"),
  hstore: () => import("@electric-sql/pglite/contrib/hstore"),
  intarray: () => import("@electric-sql/pglite/contrib/intarray"),
  isn: () => import("@electric-sql/pglite/contrib/isn"),
  lo: () => import("@electric-sql/pglite/contrib/lo"),
  ltree: () => import("@electric-sql/pglite/contrib/ltree"),
  pageinspect: () => import("@electric-sql/pglite/contrib/pageinspect"),
  pg_buffercache: () => import("@electric-sql/pglite/contrib/pg_buffercache"),
  pg_freespacemap: () => import("@electric-sql/pglite/contrib/pg_freespacemap"),
  pg_stat_statements: () => import("@electric-sql/pglite/contrib/pg_stat_statements"),
  pg_surgery: () => import("@electric-sql/pglite/contrib/pg_surgery"),
  pg_trgm: () => import("@electric-sql/pglite/contrib/pg_trgm"),
  pg_visibility: () => import("@electric-sql/pglite/contrib/pg_visibility"),
  pg_walinspect: () => import("@electric-sql/pglite/contrib/pg_walinspect"),
  pgcrypto: () => import("@electric-sql/pglite/contrib/pgcrypto"),
  seg: () => import("@electric-sql/pglite/contrib/seg"),
  tablefunc: () => import("@electric-sql/pglite/contrib/tablefunc"),
  tcn: () => import("@electric-sql/pglite/contrib/tcn"),
  tsm_system_rows: () => import("@electric-sql/pglite/contrib/tsm_system_rows"),
  tsm_system_time: () => import("@electric-sql/pglite/contrib/tsm_system_time"),
  unaccent: () => import("@electric-sql/pglite/contrib/unaccent"),
  uuid_ossp: () => import("@electric-sql/pglite/contrib/uuid_ossp"),
};

const keyOf = (name: string): string => name.replaceAll("-", "_");

/** The ones of these names that PGlite ships, by the keys it knows them under. */
export const shipped = (names: readonly string[]): readonly string[] =>
  [...new Set(names.map(keyOf))].filter((name) => Object.hasOwn(EXTENSIONS, name)).sort();

export interface Opened {
  readonly engine: Engine;
  readonly close: () => Promise<void>;
}

/** Opens an empty database. `snapshot` gives the data folder the build made; null runs initdb. */
export async function openPostgres(names: readonly string[], snapshot: (() => Promise<Blob>) | null): Promise<Opened> {
  const { PGlite } = await import("@electric-sql/pglite");
  const loaded = await Promise.all(
    names.map(async (name) => {
      const module = await EXTENSIONS[name]?.();
      return module?.[name] ? [[name, module[name]] as const] : [];
    }),
  );
  const extensions = Object.fromEntries(loaded.flat());
  const db: PGliteDatabase = await PGlite.create({ extensions, ...(snapshot ? { loadDataDir: await snapshot() } : {}) });
  const { rows } = await db.query<{ version: string }>("select version()");
  const engine = pgliteEngine(db, rows[0]?.version ?? "", (name) => Promise.resolve(keyOf(name) in extensions));
  return { engine, close: () => db.close() };
}
