/**
 * The schemas of the reference files, each run by its engine once and then kept in `.cache/reference`, for tests whose subject is not
 * the import. What is kept is found by the text of the file and of everything that reads it: a change of an importer makes it anew.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "#shared/dialects/dialect.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import type { Schema } from "#shared/model/index.ts";
import { openPglite } from "./pglite.ts";
import { openSqlite } from "./sqljs.ts";

const root = join(import.meta.dirname, "..", "..");
const kept = join(root, ".cache", "reference");
const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

/** Everything that has a say in what is read. */
function codeHash(): string {
  const hash = createHash("sha256");
  for (const room of ["shared/dialects", "shared/model", "shared/result", "server/engines"])
    for (const entry of readdirSync(join(root, room), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && !entry.name.endsWith(".test.ts")) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.update(readFileSync(join(root, "package-lock.json"))).digest("hex");
}

let code: string | null = null;

async function run(id: DialectId, text: string): Promise<Schema> {
  const dialect: Dialect = dialects[id];
  const { engine, close } = !dialect.features.engine
    ? { engine: noEngine(dialect.label), close: () => Promise.resolve() }
    : id === "postgres"
      ? await openPglite(dialect.needs(text))
      : { engine: await openSqlite(), close: () => Promise.resolve() };
  const { value } = await dialect.importer.run(text, engine, quiet);
  await close();
  if (!value) throw new Error("nothing was read");
  return value;
}

/** The schema of a dump, as its importer reads it. */
export async function referenceSchema(id: DialectId, path: string): Promise<Schema> {
  const text = readFileSync(path, "utf8");
  code ??= codeHash();
  const name = createHash("sha256").update(code).update(id).update(text).digest("hex").slice(0, 32);
  const file = join(kept, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Schema;
  const schema = await run(id, text);
  mkdirSync(kept, { recursive: true });
  // Several tests may do this at once: each sees a whole file.
  writeFileSync(`${file}.${String(process.pid)}`, JSON.stringify(schema));
  renameSync(`${file}.${String(process.pid)}`, file);
  return schema;
}
