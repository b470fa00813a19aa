/**
 * What a refused statement misses. PostgreSQL tells by SQLSTATE that something does not exist, and mostly where in the statement it
 * is spoken of; what it is called is read there, never in the sentence, which is in the server's language.
 */
import type { EngineError, Statement } from "../../dialect.ts";
import { type Token, tokenName, tokens } from "../../kit/scanner.ts";
import { LEXICAL } from "../splitter.ts";

export const NO_TABLE = "42P01";
export const NO_COLUMN = "42703";
/** A type, a collation, an operator class, an access method, a role. */
export const NO_OBJECT = "42704";
export const NO_FUNCTION = "42883";
export const NO_NAMESPACE = "3F000";

const DOES_NOT_EXIST: ReadonlySet<string> = new Set([NO_TABLE, NO_COLUMN, NO_OBJECT, NO_FUNCTION, NO_NAMESPACE]);

/** A name as it stands in a statement, with the namespace written before it. */
export interface Spoken {
  readonly namespace: string | null;
  readonly name: string;
}

const folded = (sql: string, token: Token): string =>
  token.kind === "quoted" ? tokenName(sql, token) : tokenName(sql, token).toLowerCase();

/** Every name in a statement, strings that hold one (`'public.a'::regclass`) included. */
function allNames(sql: string): string[] {
  const found: string[] = [];
  for (const token of tokens(sql, LEXICAL)) {
    if (token.kind === "word" || token.kind === "quoted") found.push(folded(sql, token));
    else if (token.kind === "string") found.push(...sql.slice(token.start, token.end).split(/[^\p{L}\p{N}_$]+/u));
  }
  return found;
}

/** The name that begins at an offset; null where there is none, or only the engine's own word (COLLATE). */
export function spokenAt(sql: string, at: number): Spoken | null {
  const parts: string[] = [];
  let wanted = true;
  for (const token of tokens(sql, LEXICAL, at)) {
    const name = token.kind === "word" || token.kind === "quoted";
    if (name !== wanted || (!name && sql.slice(token.start, token.end) !== ".")) break;
    if (name) parts.push(folded(sql, token));
    wanted = !wanted;
  }
  const name = parts.at(-1);
  if (name === undefined || (parts.length === 1 && name === "collate")) return null;
  return { namespace: parts.at(-2) ?? null, name };
}

/** What is not there, by the engine's own position; null when it gave none, or refuses for another reason. */
export function spokenOf(error: EngineError, { sql }: Statement): Spoken | null {
  return DOES_NOT_EXIST.has(error.code ?? "") && error.position !== null ? spokenAt(sql, error.position) : null;
}

/** Names one of which is missing: the one that the engine points at, else all that the statement speaks of. */
export function missing(error: EngineError, statement: Statement): readonly string[] | null {
  if (!DOES_NOT_EXIST.has(error.code ?? "")) return null;
  const spoken = spokenOf(error, statement);
  if (spoken) return spoken.namespace === null ? [spoken.name] : [spoken.namespace, spoken.name];
  return allNames(statement.sql);
}
