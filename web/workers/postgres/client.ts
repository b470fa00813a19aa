/** PostgreSQL (PGlite) in a worker. */
import type { DatabaseClient } from "../database.ts";
import { WorkerDatabase } from "../database-client.ts";

export function postgresClient(): DatabaseClient {
  return new WorkerDatabase(
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "postgres" }),
    "PostgreSQL",
  );
}
