/** The registry of dialects: one line each. */
import type { Dialect } from "./dialect.ts";
import { mariadb } from "./mariadb/index.ts";
import { mysql } from "./mysql/index.ts";
import { postgres } from "./postgres/index.ts";
import { sqlite } from "./sqlite/index.ts";

export type DialectId = "postgres" | "mysql" | "mariadb" | "sqlite";

export const dialects = { postgres, mysql, mariadb, sqlite } as const satisfies Record<DialectId, Dialect>;

/** The dialect of a schema; null for one that this version does not know. */
export function dialectOf(id: string): Dialect | null {
  return Object.hasOwn(dialects, id) ? dialects[id as DialectId] : null;
}
