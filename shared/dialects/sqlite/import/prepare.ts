/** What is done with one statement of a dump: run, run as something else, or passed over with a reason. */
import { Cursor } from "../text/cursor.ts";

export type Prepared =
  | { readonly do: "run"; readonly sql: string }
  | { readonly do: "data" }
  /** `silent`: passing over it loses nothing that anyone would miss. */
  | { readonly do: "skip"; readonly what: string; readonly why: string; readonly silent: boolean };

const TRANSACTION = /^(begin|commit|end|rollback|savepoint|release)\b/i;
const UPKEEP = /^(analyze|vacuum|reindex|explain)\b/i;
const CATALOGUE_ROW = /^(insert|replace)\b[\s\S]*?\bsqlite_(schema|master)\b/i;
const TEMPORARY = /^create\s+temp(orary)?\b/i;
/** Settings of the file that a person chose; everything else a PRAGMA sets is about the session. */
const CHOSEN = /^pragma\s+(main\.)?(user_version|application_id)\b/i;

const quietly: Prepared = { do: "skip", what: "", why: "", silent: true };
const because = (sql: string, why: string): Prepared => {
  const line = sql.replace(/\s+/g, " ");
  return { do: "skip", what: line.length > 60 ? `${line.slice(0, 60)}…` : line, why, silent: false };
};

export function prepare(sql: string): Prepared {
  if (CATALOGUE_ROW.test(sql)) {
    const definition = lastString(sql);
    return definition === null ? { do: "data" } : { do: "run", sql: definition };
  }
  if (TRANSACTION.test(sql) || UPKEEP.test(sql)) return quietly;
  if (CHOSEN.test(sql)) return because(sql, "a setting of the file, not of its schema");
  if (/^pragma\b/i.test(sql)) return quietly;
  if (/^(attach|detach)\b/i.test(sql)) return because(sql, "other database files are not opened");
  if (TEMPORARY.test(sql)) return because(sql, "temporary objects are not part of a schema");
  return { do: "run", sql };
}

/** `.dump` writes a virtual table as a row of sqlite_schema, whose last value is the CREATE statement. */
function lastString(sql: string): string | null {
  const cursor = new Cursor(sql);
  let last: string | null = null;
  while (!cursor.done) {
    const quoted = sql[cursor.offset] === "'";
    const value = cursor.name();
    if (quoted) last = value;
  }
  return last !== null && /^create\b/i.test(last) ? last : null;
}
