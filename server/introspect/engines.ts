/**
 * The engines that a live database may be, by the contract's names: how to open one, and the two lists that it gives. A driver takes
 * ten megabytes and is loaded by the first connection: an idle server stays thin.
 */
import type { RunQuery } from "#shared/dialects/dialect.ts";
import type { Open } from "./live/session.ts";

export interface Engine {
  readonly label: string;
  readonly port: number;
  readonly open: Open;
  /** Databases a person may want, by name. */
  readonly databases: (run: RunQuery, named: string | null) => Promise<readonly string[]>;
  /** Tables of the database that DrawDB's client lists, by name. */
  readonly tables: (run: RunQuery, database: string) => Promise<readonly string[]>;
  /** Namespaces that DrawDB's client sees of a database. */
  readonly namespace: (database: string) => string;
}

const names = async (rows: Promise<readonly (readonly unknown[])[]>): Promise<string[]> =>
  (await rows).map(([name]) => String(name));

/** The maintenance database is shown to who asked for it by name: some keep their tables there. */
const POSTGRES_DATABASES = `
  select datname from pg_catalog.pg_database
   where not datistemplate and datallowconn and datname not in ('template0', 'template1')
     and pg_catalog.has_database_privilege(oid, 'CONNECT')
   order by datname`;

const POSTGRES_TABLES = "select tablename from pg_catalog.pg_tables where schemaname = 'public' order by tablename";

const postgres: Engine = {
  label: "PostgreSQL",
  port: 5432,
  open: async (...given) => (await import("./live/postgres.ts")).openPostgres(...given),
  databases: async (run, named) =>
    (await names(run(POSTGRES_DATABASES))).filter((name) => name !== "postgres" || named === "postgres"),
  tables: (run) => names(run(POSTGRES_TABLES)),
  namespace: () => "public",
};

export const ENGINES = { postgres } as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof ENGINES;

export const isEngine = (name: string): name is EngineName => Object.hasOwn(ENGINES, name);
