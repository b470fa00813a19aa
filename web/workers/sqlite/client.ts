/** SQLite (sql.js) in a worker. */
import type { DatabaseClient } from "../database.ts";
import { WorkerDatabase } from "../database-client.ts";

export function sqliteClient(): DatabaseClient {
  return new WorkerDatabase(
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "sqlite" }),
    "SQLite",
  );
}
