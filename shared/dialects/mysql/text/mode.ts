/** What `sql_mode` changes for a reader: MySQL manual, "Server SQL Modes". */
export interface Mode {
  /** `"a"` is a name, not a string. */
  readonly ansiQuotes: boolean;
  /** A backslash in a string escapes what follows. */
  readonly backslashes: boolean;
  /** The modes as they were set, where one of them changes what a text means; otherwise empty. */
  readonly sql: string;
}

export const USUAL: Mode = { ansiQuotes: false, backslashes: true, sql: "" };

const SETS_MODE = /\bsql_mode\s*:?=\s*(?:'([^']*)'|"([^"]*)"|(\S))/i;
const ANSI = /\b(ANSI_QUOTES|ANSI|DB2|MAXDB|MSSQL|ORACLE|POSTGRESQL)\b/i;
const CHANGES_MEANING = /\b(PIPES_AS_CONCAT|IGNORE_SPACE|HIGH_NOT_PRECEDENCE|EMPTY_STRING_IS_NULL)\b/i;

/** What a list of modes, as the server prints it, means for a reader. */
export function modeOf(modes: string): Mode {
  const ansiQuotes = ANSI.test(modes);
  const backslashes = !/\bNO_BACKSLASH_ESCAPES\b/i.test(modes);
  return { ansiQuotes, backslashes, sql: ansiQuotes || !backslashes || CHANGES_MEANING.test(modes) ? modes : "" };
}

/** The list that a SET of `sql_mode` gives; `literal` is null where it gives a variable or the like. Null for any other statement. */
export function modesSet(statement: string): { readonly literal: string | null } | null {
  if (!/^\W*(?:\d+\s+)?set\b/i.test(statement.slice(0, 40))) return null;
  const found = SETS_MODE.exec(statement.slice(0, 2000));
  return found && { literal: found[1] ?? found[2] ?? null };
}

/** The mode after a statement: a SET of `sql_mode` says which, anything else leaves it. A mode put back is the usual one. */
export function modeAfter(mode: Mode, statement: string): Mode {
  const set = modesSet(statement);
  return set ? modeOf(set.literal ?? "") : mode;
}
