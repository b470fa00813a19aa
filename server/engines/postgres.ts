/** Opens PGlite in Node. The package stays outside the bundle, so that it finds its own wasm and extension files. */
import { openAsBlob } from "node:fs";
import { createRequire } from "node:module";
import type { Extension } from "@electric-sql/pglite";
import { pgliteEngine } from "#shared/dialects/postgres/pglite-engine.ts";
import type { Opened } from "./index.ts";

const require = createRequire(import.meta.url);

/** Module and export of an extension that PGlite ships: `uuid-ossp` is `uuid_ossp`. Null for one it does not have. */
async function load(key: string): Promise<Extension | null> {
  if (!/^\w+$/.test(key)) return null;
  const path = `@electric-sql/pglite/contrib/${key}`;
  try {
    require.resolve(path);
  } catch {
    return null;
  }
  const module = (await import(path)) as Readonly<Record<string, Extension>>;
  return module[key] ?? null;
}

/** `snapshot`: the data folder that the build made, which spares initdb; null where there is none. */
export async function openPostgres(names: readonly string[], snapshot: string | null): Promise<Opened> {
  const { PGlite } = await import("@electric-sql/pglite");
  const keys = names.map((name) => name.replaceAll("-", "_"));
  const loaded = await Promise.all(keys.map(async (key) => [key, await load(key)] as const));
  const extensions = Object.fromEntries(loaded.flatMap(([key, extension]) => (extension ? [[key, extension]] : [])));
  const start = snapshot === null ? {} : { loadDataDir: await openAsBlob(snapshot) };
  const db = await PGlite.create({ extensions, ...start });
  const { rows } = await db.query<{ version: string }>("select version()");
  const has = (name: string): Promise<boolean> => Promise.resolve(name.replaceAll("-", "_") in extensions);
  return { engine: pgliteEngine(db, rows[0]?.version ?? "", has), close: () => db.close() };
}
