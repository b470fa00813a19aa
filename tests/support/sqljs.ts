/** A real sql.js in memory for tests. */
import initSqlJs, { type Database } from "sql.js";
import type { Engine } from "#shared/dialects/dialect.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";

const loading = initSqlJs();

/** Opens an empty database, or a file's bytes. */
export async function openDatabase(bytes?: Uint8Array): Promise<Database> {
  const { Database } = await loading;
  return new Database(bytes);
}

export async function openSqlite(): Promise<Engine> {
  return openSqljs(await openDatabase());
}
