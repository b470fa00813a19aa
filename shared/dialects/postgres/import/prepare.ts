/** What becomes of one statement before it is run: some are the client's affair, some need a word changed. */
import { rolesIn } from "./scan.ts";

export type Prepared =
  | { readonly do: "run"; readonly sql: string; readonly roles: readonly string[] }
  | { readonly do: "skip"; readonly what: string; readonly why: string; readonly silent: boolean };

const run = (sql: string): Prepared => ({ do: "run", sql, roles: rolesIn(sql) });
const skip = (what: string, why: string, silent = false): Prepared => ({ do: "skip", what, why, silent });

const firstWords = (sql: string): string => sql.replace(/\s+/g, " ").slice(0, 60);

/**
 * Each rule: what it looks like, and what to do. The first that fits decides; a statement none fits is run as it is.
 */
const RULES: readonly (readonly [pattern: RegExp, act: (sql: string) => Prepared])[] = [
  [
    /^(begin|commit|rollback|start\s+transaction|end|abort|savepoint|release)\b/i,
    (sql) => skip(firstWords(sql), "each statement runs on its own", true),
  ],
  [
    /^set\s+(session\s+|local\s+)?(client_encoding|default_tablespace|default_table_access_method|role|session\s+authorization|transaction_timeout)\b/i,
    (sql) => skip(firstWords(sql), "a setting of the session that wrote it", true),
  ],
  [/^(set|select\s+pg_catalog\.set_config)\b/i, run],
  [
    /^(create|alter|drop)\s+(role|user|group)\b(?!\s+mapping)/i,
    (sql) => skip(firstWords(sql), "roles belong to the server, not to the design"),
  ],
  [/^(create|alter|drop)\s+(database|tablespace|subscription)\b/i, (sql) => skip(firstWords(sql), "it is about the server")],
  [
    /^alter\s+(table|sequence|view|materialized\s+view|function|procedure|aggregate|type|domain|schema|foreign\s+table)\b[\s\S]*\bowner\s+to\b/i,
    (sql) => skip(firstWords(sql), "ownership is not part of a design", true),
  ],
  [
    /^(vacuum|analyze|reindex|checkpoint|lock|listen|notify|discard|reset|show|explain|refresh)\b/i,
    (sql) => skip(firstWords(sql), "it changes no schema", true),
  ],
  [/^create\s+(unique\s+)?index\s+concurrently\b/i, (sql) => run(sql.replace(/\bconcurrently\b/i, ""))],
  [
    /^alter\s+(table|index|materialized\s+view)\b[\s\S]*\bset\s+tablespace\b/i,
    (sql) => skip(firstWords(sql), "tablespaces belong to the server", true),
  ],
];

export function prepare(sql: string): Prepared {
  const rule = RULES.find(([pattern]) => pattern.test(sql));
  return rule ? rule[1](sql) : run(sql);
}
