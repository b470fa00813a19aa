/** A dialect of which no engine runs in a browser, in a worker: dumps are read, designs are written, nothing is proved. */
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import type { DatabaseClient } from "../database.ts";
import { WorkerDatabase } from "../database-client.ts";

export function readerClient(dialect: DialectId): DatabaseClient {
  return new WorkerDatabase(
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: dialect }),
    dialects[dialect].label,
  );
}
