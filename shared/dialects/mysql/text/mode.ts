/** What `sql_mode` changes for a reader: MySQL manual, "Server SQL Modes". */
export interface Mode {
  /** `"a"` is a name, not a string. */
  readonly ansiQuotes: boolean;
  /** A backslash in a string escapes what follows. */
  readonly backslashes: boolean;
}

export const USUAL: Mode = { ansiQuotes: false, backslashes: true };

const SETS_MODE = /\bsql_mode\s*:?=\s*(?:'([^']*)'|"([^"]*)"|(\S))/i;
const ANSI = /\b(ANSI_QUOTES|ANSI|DB2|MAXDB|MSSQL|ORACLE|POSTGRESQL)\b/i;

/** The mode after a statement: a SET of `sql_mode` says which, anything else leaves it. A mode put back is the usual one. */
export function modeAfter(mode: Mode, statement: string): Mode {
  if (!/^\W*(?:\d+\s+)?set\b/i.test(statement.slice(0, 40))) return mode;
  const found = SETS_MODE.exec(statement.slice(0, 2000));
  if (!found) return mode;
  const modes = found[1] ?? found[2] ?? "";
  return { ansiQuotes: ANSI.test(modes), backslashes: !/\bNO_BACKSLASH_ESCAPES\b/i.test(modes) };
}
