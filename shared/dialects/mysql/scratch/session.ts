/** What a SET of a file means for the session that runs it: few settings change what a definition is, and only these are set. */
import { literal } from "../quote.ts";
import { type Mode, modeOf, modesSet, USUAL } from "../text/mode.ts";
import { type Looked, rawAt, valueAt, wordAt } from "./look.ts";

/** Modes that change how a text is read; a session begins without them, whatever the server is used to. */
const LEXICAL = /^(ANSI|ANSI_QUOTES|NO_BACKSLASH_ESCAPES|DB2|MAXDB|MSSQL|MYSQL323|MYSQL40|ORACLE|POSTGRESQL)$/i;

/** The server's modes without those that change how a text is read. */
export const plainModes = (modes: string): string =>
  modes
    .split(",")
    .filter((mode) => /^\w+$/.test(mode) && !LEXICAL.test(mode))
    .join(",");

export const settingModes = (modes: string): string => `SET SESSION sql_mode = '${modes}'`;

export interface Settings {
  readonly sql: readonly string[];
  /** How texts are read once the server has taken them; null where that stays. */
  readonly mode: Mode | null;
  /** What reaches beyond the session: a sentence's part. */
  readonly beyond: string | null;
}

const NOTHING: Settings = { sql: [], mode: null, beyond: null };
const BEYOND: ReadonlySet<string> = new Set(["GLOBAL", "PERSIST", "PERSIST_ONLY"]);
const OF_ACCOUNTS: ReadonlySet<string> = new Set(["PASSWORD", "ROLE", "DEFAULT", "RESOURCE"]);
const OFF: ReadonlySet<string> = new Set(["0", "OFF", "FALSE"]);

/** Where the value of `name = value` or `name := value` stands; -1 when this is no such assignment. */
function assigned(looked: Looked, name: number): number {
  if (wordAt(looked, name + 1) === "=") return name + 2;
  return wordAt(looked, name + 1) === ":" && wordAt(looked, name + 2) === "=" ? name + 3 : -1;
}

/** `plain`: the modes that a session begins with, which a file puts back. `reaches`: which storage engines reach beyond the server. */
export function settingsOf(looked: Looked, under: Mode, plain: string, reaches: (engine: string) => boolean): Settings {
  if (OF_ACCOUNTS.has(wordAt(looked, 1))) return { ...NOTHING, beyond: "it is about accounts" };
  const sql: string[] = [];
  let mode: Mode | null = null;
  for (let at = 1; at < looked.tokens.length; at += 1) {
    const word = wordAt(looked, at);
    if (BEYOND.has(word)) return { ...NOTHING, beyond: "it changes the whole server" };
    const value = assigned(looked, at);
    if (value < 0) continue;
    if (word === "FOREIGN_KEY_CHECKS") {
      const said = rawAt(looked, value).toUpperCase();
      // Anything else is a value that was kept before, and put back.
      sql.push(`SET SESSION foreign_key_checks = ${OFF.has(said) ? "0" : "1"}`);
    } else if (word === "DEFAULT_STORAGE_ENGINE" || word === "STORAGE_ENGINE") {
      const name = valueAt(looked, value, under) ?? "";
      if (reaches(name)) return { ...NOTHING, beyond: `the storage engine ${name} reaches beyond the server` };
      if (/^\w+$/.test(name)) sql.push(`SET SESSION default_storage_engine = ${literal(name)}`);
    }
  }
  const set = modesSet(looked.text);
  if (set) {
    const list = set.literal?.split(",").map((one) => one.trim()) ?? null;
    // The server would refuse what is no mode, and stay as it is.
    const modes = list?.every((one) => /^\w*$/.test(one)) ? list.join(",") : plain;
    sql.push(settingModes(modes));
    mode = modes === plain ? USUAL : modeOf(modes);
  }
  return { sql, mode, beyond: null };
}
