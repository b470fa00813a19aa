/** A real PGlite in memory for tests. */
import { createRequire } from "node:module";
import { PGlite, type Extension } from "@electric-sql/pglite";
import type { Engine } from "#shared/dialects/dialect.ts";
import { pgliteEngine } from "#shared/dialects/postgres/pglite-engine.ts";

const require = createRequire(import.meta.url);

/** Module and export of an extension that PGlite ships: `uuid-ossp` is `uuid_ossp`. */
async function load(name: string): Promise<Extension | null> {
  const key = name.replaceAll("-", "_");
  try {
    require.resolve(`@electric-sql/pglite/contrib/${key}`);
  } catch {
    return null;
  }
  const module = (await import(`@electric-sql/pglite/contrib/${key}`)) as Record<string, Extension>;
  return module[key] ?? null;
}

/** An empty data folder, made once by initdb; opening from it takes a fraction of the time. */
const emptyFolder = once(async () => {
  const db = await PGlite.create();
  const folder = await db.dumpDataDir("none");
  await db.close();
  return folder;
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** Opens an empty database that has the files of the named extensions. */
export async function openPglite(extensions: readonly string[] = []): Promise<{ engine: Engine; close: () => Promise<void> }> {
  const found = await Promise.all(extensions.map(async (name) => [name.replaceAll("-", "_"), await load(name)] as const));
  const known = Object.fromEntries(found.flatMap(([key, extension]) => (extension ? [[key, extension]] : [])));
  const db = await PGlite.create({ extensions: known, loadDataDir: await emptyFolder() });
  const { rows } = await db.query<{ version: string }>("select version()");
  const engine = pgliteEngine(db, rows[0]?.version ?? "", (name) => Promise.resolve(name.replaceAll("-", "_") in known));
  return { engine, close: () => db.close() };
}
