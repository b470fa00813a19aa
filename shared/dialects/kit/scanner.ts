/**
 * The lexical level of SQL that every dialect shares: where strings, quoted names and comments begin and end.
 *
 * Follows the PostgreSQL manual, "Lexical Structure", and sqlite.org/lang_keywords.html; `LexicalRules` holds what differs.
 */

export interface LexicalRules {
  /** `$tag$ ... $tag$` and E'...' strings with backslash escapes. */
  readonly dollarQuotes: boolean;
  /** A comment inside a comment counts. */
  readonly nestedComments: boolean;
  /** Other ways to quote a name: `` `a` `` and `[a]`. */
  readonly backticks: boolean;
  readonly brackets: boolean;
}

export type TokenKind = "space" | "comment" | "string" | "quoted" | "word" | "number" | "symbol";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** False when the text ends inside a string, quoted name or block comment. */
  readonly closed: boolean;
}

const WORD_START = /[\p{L}_]/u;
const WORD = /[\p{L}\p{N}_$]*/uy;
const NUMBER = /[\p{N}.]+(?:[eE][+-]?\d+)?[\p{L}\p{N}_]*/uy;
const SPACE = /\s*/uy;
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;

function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The end of a quoted stretch whose closing mark is doubled to stand for itself; -1 when it is not closed. */
function quotedEnd(text: string, start: number, close: string, backslash: boolean): number {
  for (let i = start; i < text.length; i += 1) {
    const c = text[i];
    if (backslash && c === "\\") i += 1;
    else if (c === close) {
      if (text[i + 1] !== close) return i + 1;
      i += 1;
    }
  }
  return -1;
}

function blockCommentEnd(text: string, start: number, nested: boolean): number {
  if (!nested) {
    const end = text.indexOf("*/", start + 2);
    return end < 0 ? -1 : end + 2;
  }
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return -1;
}

const made = (kind: TokenKind, start: number, end: number, text: string): Token =>
  end < 0 ? { kind, start, end: text.length, closed: false } : { kind, start, end, closed: true };

function quotedToken(text: string, at: number, rules: LexicalRules): Token | null {
  const c = text[at];
  if (c === "'") return made("string", at, quotedEnd(text, at + 1, "'", false), text);
  if (c === '"') return made("quoted", at, quotedEnd(text, at + 1, '"', false), text);
  if (c === "`" && rules.backticks) return made("quoted", at, quotedEnd(text, at + 1, "`", false), text);
  if (c === "[" && rules.brackets) {
    const end = text.indexOf("]", at);
    return made("quoted", at, end < 0 ? -1 : end + 1, text);
  }
  if (c === "$" && rules.dollarQuotes) {
    const open = sticky(DOLLAR_TAG, text, at);
    if (open === at) return null;
    const tag = text.slice(at, open);
    const end = text.indexOf(tag, open);
    return made("string", at, end < 0 ? -1 : end + tag.length, text);
  }
  return null;
}

/** The token that starts at `at`, which must be inside the text. */
export function tokenAt(text: string, at: number, rules: LexicalRules): Token {
  const c = text.charAt(at);
  const space = sticky(SPACE, text, at);
  if (space > at) return made("space", at, space, text);
  if (c === "-" && text[at + 1] === "-") {
    const end = text.indexOf("\n", at);
    return made("comment", at, end < 0 ? text.length : end, text);
  }
  if (c === "/" && text[at + 1] === "*") return made("comment", at, blockCommentEnd(text, at, rules.nestedComments), text);
  const quoted = quotedToken(text, at, rules);
  if (quoted) return quoted;
  if (WORD_START.test(c)) {
    const prefixed = rules.dollarQuotes && /[eEbBxXnN]/.test(c) && text[at + 1] === "'";
    if (prefixed) return made("string", at, quotedEnd(text, at + 2, "'", c === "e" || c === "E"), text);
    return made("word", at, sticky(WORD, text, at), text);
  }
  if (/\p{N}/u.test(c)) return made("number", at, sticky(NUMBER, text, at), text);
  return made("symbol", at, at + 1, text);
}

/** All tokens of a text, spaces and comments included. */
export function* tokens(text: string, rules: LexicalRules, from = 0): Generator<Token> {
  for (let at = from; at < text.length;) {
    const token = tokenAt(text, at, rules);
    yield token;
    at = token.end;
  }
}

/** The name that a word or quoted token speaks of; unquoted words as they are written. */
export function tokenName(text: string, token: Token): string {
  const raw = text.slice(token.start, token.end);
  if (token.kind !== "quoted") return raw;
  const close = raw.at(-1) ?? '"';
  const inner = raw.slice(1, -1);
  return close === "]" ? inner : inner.replaceAll(close + close, close);
}
