/** The database workers by dialect: one line each. */
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import type { DatabaseClient } from "../workers/database.ts";
import { postgresClient } from "../workers/postgres/client.ts";
import { readerClient } from "../workers/reader/client.ts";
import { sqliteClient } from "../workers/sqlite/client.ts";

const CLIENTS: Readonly<Record<DialectId, () => DatabaseClient>> = {
  postgres: postgresClient,
  mysql: () => readerClient("mysql"),
  mariadb: () => readerClient("mariadb"),
  sqlite: sqliteClient,
};

/** A client for an engine of this dialect; its worker starts on first use. */
export function openClient(dialect: string): DatabaseClient {
  return CLIENTS[Object.hasOwn(dialects, dialect) ? (dialect as DialectId) : "postgres"]();
}
