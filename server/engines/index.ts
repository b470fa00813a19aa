/** The engines of the browser, in Node: what import, proof and export of the command line run on. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine } from "#shared/dialects/dialect.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

export { sqljsOpener } from "./sqlite.ts";

export interface Opened {
  readonly engine: Engine;
  readonly close: () => Promise<void>;
}

/** Made by the build, two folders above the bundle's own (`dist/server`). */
const SNAPSHOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", ".cache", "pglite.snapshot");

type Opener = (extensions: readonly string[]) => Promise<Opened>;

/** What stands where an engine would. Callers ask `features.engine` before they ask it anything. */
const absent = (dialect: DialectId): Opener => {
  const engine = noEngine(dialects[dialect].label);
  return () => Promise.resolve({ engine, close: () => Promise.resolve() });
};

const OPENERS: Readonly<Record<DialectId, Opener>> = {
  postgres: (extensions) => openPostgres(extensions, existsSync(SNAPSHOT) ? SNAPSHOT : null),
  mysql: absent("mysql"),
  mariadb: absent("mariadb"),
  sqlite: () => openSqlite(),
};

/** Opens an empty engine of a dialect, with the files of the named extensions where it has them. */
export const openEngine = (dialect: DialectId, extensions: readonly string[]): Promise<Opened> => OPENERS[dialect](extensions);
