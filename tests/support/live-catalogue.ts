/** The model of a real database as the server's own live session reads it: over HTTP, through the guard, the pool and the driver. */
import { invariants, type Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { databaseClient } from "./database-client.ts";
import type { RunningServer } from "./server.ts";

export interface Read {
  readonly schema: Schema;
  readonly problems: readonly Problem[];
}

/** Reads a database of this machine; throws the sentence where that failed. */
export async function liveCatalogue(server: RunningServer, connection: Readonly<Record<string, unknown>>): Promise<Read> {
  const client = databaseClient(
    () => server,
    () => ({ host: "127.0.0.1", ...connection }),
  );
  const last = (await client.stream(client.fields())).lines.at(-1);
  if (last?.["kind"] !== "schema") throw new Error(String(last?.["error"] ?? "no answer"));
  const { schema, problems } = last as unknown as Read;
  const broken = invariants(schema);
  if (broken.length > 0) throw new Error(JSON.stringify(broken));
  return { schema, problems };
}
