/**
 * The lexical level of MySQL and MariaDB: MySQL manual, "Language Structure".
 *
 * Executable comments are code: their marks are blanked out before anything else looks at a statement, so that offsets stay.
 */
import type { Mode } from "./mode.ts";

export type TokenKind = "word" | "quoted" | "string" | "number" | "symbol";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A word in capitals, or the symbol itself; empty for the others. */
  readonly word: string;
  /** False when the text ends inside it. */
  readonly closed: boolean;
}

const WORD = /[\p{L}\p{N}_$\u0080-\uffff]+/uy;
const NUMBER = /0x[\da-f]+|0b[01]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
const EXECUTABLE = /\/\*(M?!\d{0,6})/y;
const LINE_COMMENT = /--(?=[\s\p{Cc}]|$)|#/uy;

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

const ENDS_QUOTED: Readonly<Record<string, RegExp>> = { "'": /['\\]/g, '"': /["\\]/g };

/** The offset after a quoted stretch that opens at `at`; -1 when it is not closed. */
export function quotedEnd(text: string, at: number, mode: Mode): number {
  const quote = text.charAt(at);
  const escapes = mode.backslashes && quote !== "`" && !(quote === '"' && mode.ansiQuotes);
  const ends = escapes ? ENDS_QUOTED[quote] : undefined;
  for (let i = at + 1; ; i += 2) {
    if (ends) {
      ends.lastIndex = i;
      i = ends.exec(text)?.index ?? -1;
    } else i = text.indexOf(quote, i);
    if (i < 0) return -1;
    if (text[i] === quote && text[i + 1] !== quote) return i + 1;
  }
}

/** The offset after a comment that starts at `at`, `at` itself where none does, -1 when it is not closed. */
export function commentEnd(text: string, at: number): number {
  const c = text[at];
  if (c === "/" && text[at + 1] === "*") {
    const end = text.indexOf("*/", at + 2);
    return end < 0 ? -1 : end + 2;
  }
  if ((c !== "-" && c !== "#") || match(LINE_COMMENT, text, at) === null) return at;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The mark that opens an executable comment at `at`: `/*!50100`; null where there is none. */
export function executableMark(text: string, at: number): string | null {
  return text[at] === "/" ? match(EXECUTABLE, text, at) : null;
}

/**
 * A statement whose executable comments stand open: the marks of those that the server executes are blanks. `executes` is given
 * the mark without its slash and star: `!50100`, `M!100100`, `!`.
 */
export function openExecutable(text: string, mode: Mode, executes: (mark: string) => boolean): string {
  if (!/\/\*M?!/.test(text)) return text;
  let out = "";
  let last = 0;
  let depth = 0;
  const blank = (from: number, length: number): void => {
    out += text.slice(last, from) + " ".repeat(length);
    last = from + length;
  };
  for (let at = 0; at < text.length;) {
    const c = text.charAt(at);
    if (c === "'" || c === '"' || c === "`") {
      const end = quotedEnd(text, at, mode);
      at = end < 0 ? text.length : end;
      continue;
    }
    const mark = executableMark(text, at);
    if (mark !== null && executes(mark.slice(2))) {
      blank(at, mark.length);
      depth += 1;
      at += mark.length;
    } else if (depth > 0 && c === "*" && text[at + 1] === "/") {
      blank(at, 2);
      depth -= 1;
      at += 2;
    } else {
      const end = commentEnd(text, at);
      at = end < 0 ? text.length : Math.max(end, at + 1);
    }
  }
  return out + text.slice(last);
}

function wordOrNumber(text: string, at: number): Token {
  const number = match(NUMBER, text, at);
  const word = match(WORD, text, at);
  // `2fa_tokens` is a name; `1e5` and `0x1F` are numbers.
  if (number !== null && number.length >= (word?.length ?? 0))
    return { kind: "number", start: at, end: at + number.length, word: "", closed: true };
  if (word === null) return { kind: "symbol", start: at, end: at + 1, word: text.charAt(at), closed: true };
  return { kind: "word", start: at, end: at + word.length, word: word.toUpperCase(), closed: true };
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;

/** The tokens of a statement without its spaces and comments. */
export function tokenize(text: string, mode: Mode): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
      continue;
    }
    const c = text.charAt(at);
    if (c === "'" || c === '"' || c === "`") {
      const end = quotedEnd(text, at, mode);
      const kind = c === "`" || (c === '"' && mode.ansiQuotes) ? "quoted" : "string";
      tokens.push({ kind, start: at, end: end < 0 ? text.length : end, word: "", closed: end >= 0 });
      at = end < 0 ? text.length : end;
      continue;
    }
    const end = commentEnd(text, at);
    if (end !== at) {
      at = end < 0 ? text.length : end;
      continue;
    }
    const simple = c === "(" || c === ")" || c === "," || c === "=" || c === ";" || c === "@";
    const token: Token = simple ? { kind: "symbol", start: at, end: at + 1, word: c, closed: true } : wordOrNumber(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** What a quoted name says. */
export const unquoteName = (raw: string): string => {
  const quote = raw.charAt(0);
  return raw.slice(1, -1).replaceAll(quote + quote, quote);
};

const ESCAPES: Readonly<Record<string, string>> = { 0: "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\u001a" };

/** What a string literal says: MySQL manual, "String Literals". */
export function unquoteString(raw: string, mode: Mode): string {
  const quote = raw.charAt(0);
  const inner = raw.slice(1, -1);
  if (!inner.includes("\\") || !mode.backslashes) return inner.replaceAll(quote + quote, quote);
  return inner.replace(/\\([\s\S])|''|""/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return ESCAPES[escaped] ?? escaped;
    return found.startsWith(quote) ? quote : found;
  });
}
