/**
 * The data folder of an empty PGlite, made once per PGlite version: with it an engine opens in a third of the time, because initdb
 * does not run. It lies in `.cache/pglite.snapshot` and is an asset of the app.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isFresh, markFresh, root, say } from "./lib.mjs";

const FILE = ".cache/pglite.snapshot";

export async function ensureSnapshot() {
  const packageFile = join(root, "node_modules/@electric-sql/pglite/package.json");
  const print = existsSync(packageFile) ? JSON.parse(readFileSync(packageFile, "utf8")).version : "none";
  if (isFresh("snapshot", print, [FILE])) return;
  say("making the snapshot that the PostgreSQL engine starts from");
  const { PGlite } = await import("@electric-sql/pglite");
  const db = await PGlite.create();
  const blob = await db.dumpDataDir("gzip");
  await db.close();
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(join(root, `${FILE}.new`), Buffer.from(await blob.arrayBuffer()));
  renameSync(join(root, `${FILE}.new`), join(root, FILE));
  markFresh("snapshot", print);
}
