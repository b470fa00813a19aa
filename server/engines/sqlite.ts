/** Opens sql.js in Node. The package stays outside the bundle, so that it finds its own wasm. */
import type { Database } from "sql.js";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import type { Opened } from "./index.ts";

/** An empty database, or one over a file's bytes. The caller closes it. */
export async function sqljsOpener(): Promise<(bytes?: Uint8Array) => Database> {
  const { default: initSqlJs } = await import("sql.js");
  const { Database } = await initSqlJs();
  return (bytes) => new Database(bytes);
}

export async function openSqlite(): Promise<Opened> {
  const db = (await sqljsOpener())();
  return {
    engine: openSqljs(db),
    close: () => {
      db.close();
      return Promise.resolve();
    },
  };
}
