/**
 * The engines that a live database may be, by the contract's names: how to open one, and the two lists that it gives. A driver takes
 * ten megabytes and is loaded by the first connection: an idle server stays thin.
 */
import type { RunQuery } from "#shared/dialects/dialect.ts";
import type { Open, OpenFile } from "./live/session.ts";
import { FILE_WORDS, SERVER_WORDS, type Words } from "./drawdb/types.ts";

/** How a database is got at: over the network, or as a file of the operator's folder. */
export type Way =
  | { readonly kind: "server"; readonly port: number; readonly open: Open }
  | { readonly kind: "file"; readonly port: null; readonly open: OpenFile };

export interface Engine {
  readonly label: string;
  readonly way: Way;
  /** The database to ask for the list of all where nobody named one; null where none is needed. */
  readonly lobby: string | null;
  /** Databases a person may want, by name. */
  readonly databases: (run: RunQuery, named: string | null) => Promise<readonly string[]>;
  /** Tables of the database that DrawDB's client lists, by name. */
  readonly tables: (run: RunQuery, database: string) => Promise<readonly string[]>;
  /** The namespace that DrawDB's client sees of a database. */
  readonly namespace: (database: string) => string;
  /** Which namespaces to read where nobody chose any; empty for all. */
  readonly scope: (database: string | null) => readonly string[];
  readonly words: Words;
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
  way: { kind: "server", port: 5432, open: async (...given) => (await import("./live/postgres.ts")).openPostgres(...given) },
  lobby: "postgres",
  databases: async (run, named) =>
    (await names(run(POSTGRES_DATABASES))).filter((name) => name !== "postgres" || named === "postgres"),
  tables: (run) => names(run(POSTGRES_TABLES)),
  namespace: () => "public",
  scope: () => [],
  words: SERVER_WORDS,
};

const mysqlDialect = async () => (await import("#shared/dialects/index.ts")).dialects.mysql;

const LISTED = new Set(["BASE TABLE", "SYSTEM VERSIONED", "VIEW"]);

/** MySQL and MariaDB: which of the two it is, the server says. */
const mysql: Engine = {
  label: "MySQL",
  way: { kind: "server", port: 3306, open: async (...given) => (await import("./live/mysql.ts")).openMysql(...given) },
  lobby: null,
  databases: async (run) => {
    const { systemNamespaces } = (await mysqlDialect()).features;
    return (await names(run("SHOW DATABASES"))).filter((name) => !systemNamespaces.includes(name));
  },
  tables: async (run, database) => {
    const { quote } = await mysqlDialect();
    const rows = await run(`SHOW FULL TABLES FROM ${quote.identifier(database)}`);
    return rows.filter(([, kind]) => LISTED.has(String(kind))).map(([name]) => String(name));
  },
  namespace: (database) => database,
  scope: (database) => (database === null ? [] : [database]),
  words: SERVER_WORDS,
};

/** What SQLite itself calls the database of a connection, and the contract a file that nobody named. */
export const MAIN = "main";

const SQLITE_TABLES = `
  select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite\\_%' escape '\\'
   order by name`;

const sqlite: Engine = {
  label: "SQLite",
  way: { kind: "file", port: null, open: async (...given) => (await import("./live/sqlite.ts")).openSqlite(...given) },
  lobby: null,
  databases: async (_run, named) => [named ?? MAIN],
  tables: (run) => names(run(SQLITE_TABLES)),
  namespace: () => MAIN,
  scope: () => [],
  words: FILE_WORDS,
};

export const ENGINES = { postgres, mysql, sqlite } as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof ENGINES;

export const isEngine = (name: string): name is EngineName => Object.hasOwn(ENGINES, name);
