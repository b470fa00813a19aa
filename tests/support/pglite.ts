/** A real PGlite in memory for tests: the one of the command line, from the data folder that the build makes. */
import type { Engine } from "#shared/dialects/dialect.ts";
import { openEngine } from "../../server/engines/index.ts";
import { ensureSnapshot } from "../../tools/snapshot.mjs";

/** Opens an empty database that has the files of the named extensions. */
export async function openPglite(extensions: readonly string[] = []): Promise<{ engine: Engine; close: () => Promise<void> }> {
  await ensureSnapshot();
  return openEngine("postgres", extensions);
}
