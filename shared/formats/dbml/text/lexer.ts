/**
 * DBML as tokens, one at a time: the current token lies in the lexer's own fields, so that a long text makes no objects. Never
 * throws; what cannot be a token is told and passed over. One pass, but for the few tokens the parser looks ahead.
 */
import type { Tell } from "../../kit/faults.ts";
import { escape } from "./strings.ts";

/** Punctuation and operators are their own kind. */
export type Kind =
  | "word"
  | "quoted"
  | "string"
  | "expression"
  | "number"
  | "colour"
  | "end"
  | "{"
  | "}"
  | "["
  | "]"
  | "("
  | ")"
  | ":"
  | ","
  | "."
  | "~"
  | "*"
  | ";"
  | "operator";

const WORD = 1;
const DIGIT = 2;
const OPERATOR = 4;
/** What each ASCII character may be part of. */
const CLASS = new Uint8Array(128);
for (const c of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") CLASS[c.charCodeAt(0)] = WORD;
for (const c of "0123456789") CLASS[c.charCodeAt(0)] = WORD | DIGIT;
for (const c of "<>-?=!+/%&|^") CLASS[c.charCodeAt(0)] = OPERATOR;
const LETTER = /[\p{L}\p{M}]/u;
const SINGLE: readonly (Kind | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  "{}[]():,.~*;".includes(String.fromCharCode(code)) && code > 32 ? (String.fromCharCode(code) as Kind) : undefined,
);
/** Operators of more than one character, longest first. */
const LONG = [
  "?<>?",
  "?<>",
  "<>?",
  "?-?",
  "?>?",
  "?<?",
  "<>",
  "?>",
  ">?",
  "?<",
  "<?",
  "?-",
  "-?",
  "<-",
  "->",
  "==",
  "!=",
  "<=",
  ">=",
];

/** So many characters after a token may have been looked at, to see that it ends there. */
const BEYOND = 4;

const NEWLINE = 10;
const BACKSLASH = 92;

const isWord = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (code < 128) return ((CLASS[code] ?? 0) & WORD) !== 0;
  // Halves of characters beyond the first plane: emoji, mostly.
  return code < 0xd800 || code > 0xdfff ? LETTER.test(text[at] ?? "") : false;
};
const isDigit = (text: string, at: number): boolean => ((CLASS[text.charCodeAt(at)] ?? 0) & DIGIT) !== 0;

/** Where a lexer stands. */
export interface Mark {
  readonly start: number;
  readonly last: number;
  readonly fresh: boolean;
}

export class Lexer {
  kind: Kind = "end";
  start = 0;
  end = 0;
  /** The token begins a line. */
  fresh = true;
  /** Where the token before ended. */
  last = 0;
  /** Up to here faults of tokens have been told: looking ahead tells them once. */
  told: number;
  #farthest = 0;

  readonly text: string;
  readonly tell: Tell;

  constructor(text: string, tell: Tell, told = -1) {
    this.text = text;
    this.tell = tell;
    this.told = told;
    this.next();
  }

  /** Nothing from here on was looked at since `here`. */
  get reach(): number {
    return this.#farthest + BEYOND;
  }

  /** What is looked at from the current token on counts. */
  here(): void {
    this.#farthest = this.end;
  }

  is(kind: Kind): boolean {
    return this.kind === kind;
  }

  mark(): Mark {
    return { start: this.start, last: this.last, fresh: this.fresh };
  }

  /** Back to where `mark` was taken. */
  back({ start, last, fresh }: Mark): void {
    this.end = start;
    this.next();
    this.last = last;
    this.fresh = fresh;
  }

  /** The token as it is written. */
  get source(): string {
    return this.text.slice(this.start, this.end);
  }

  next(): void {
    const { text } = this;
    this.last = this.end;
    let at = this.end;
    this.fresh = at === 0;
    for (;;) {
      at = this.#blank(at);
      this.start = at;
      if (at >= text.length) {
        this.#made("end", at);
        return;
      }
      const code = text.charCodeAt(at);
      const single = SINGLE[code];
      if (single !== undefined) {
        this.#made(single, at + 1);
        return;
      }
      if (this.#token(at, code)) return;
      at += 1;
      while (at < text.length && this.#strange(at)) at += 1;
      this.#fault(this.start, at, {
        code: "text.expected",
        what: "A name or a value",
        found: text.slice(this.start, Math.min(at, this.start + 20)),
      });
    }
  }

  #made(kind: Kind, end: number): true {
    this.kind = kind;
    this.end = end;
    if (end > this.#farthest) this.#farthest = end;
    return true;
  }

  #strange(at: number): boolean {
    const code = this.text.charCodeAt(at);
    if (code <= 32 || SINGLE[code] !== undefined || code === 34 || code === 35 || code === 39 || code === 96) return false;
    return !isWord(this.text, at) && ((CLASS[code] ?? 0) & OPERATOR) === 0;
  }

  /** Past spaces and comments. */
  #blank(from: number): number {
    const { text } = this;
    let at = from;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) this.fresh = true;
      else if (code === 47 && text.charCodeAt(at + 1) === 47) {
        const end = text.indexOf("\n", at);
        at = (end < 0 ? text.length : end) - 1;
      } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
        const end = text.indexOf("*/", at + 2);
        if (end < 0) this.#fault(at, text.length, { code: "text.unclosed", what: "The comment", from: at });
        at = end < 0 ? text.length - 1 : end + 1;
      } else if (code !== 32 && code !== 9 && code !== 13 && code !== 0xfeff && code !== 0xa0) return at;
    }
    return at;
  }

  #token(at: number, code: number): boolean {
    const { text } = this;
    if (isDigit(text, at)) return this.#number(at);
    if (isWord(text, at)) return this.#made("word", this.#wordEnd(at));
    switch (code) {
      case 39:
        return text.startsWith("'''", at) ? this.#long(at) : this.#quotes(at, "string", 39);
      case 34:
        return this.#quotes(at, "quoted", 34);
      case 96: {
        const end = text.indexOf("`", at + 1);
        if (end < 0) this.#fault(at, text.length, { code: "text.unclosed", what: "The expression", from: at });
        return this.#made("expression", end < 0 ? text.length : end + 1);
      }
      case 35:
        return this.#made("colour", this.#wordEnd(at + 1));
      default:
    }
    if (((CLASS[code] ?? 0) & OPERATOR) === 0) return false;
    const long = LONG.find((operator) => text.startsWith(operator, at));
    return this.#made("operator", at + (long?.length ?? 1));
  }

  #wordEnd(from: number): number {
    let at = from;
    while (at < this.text.length && isWord(this.text, at)) at += 1;
    return at;
  }

  /** `12`, `1.5`, `2e-3`; `12abc` is a word. */
  #number(from: number): true {
    const { text } = this;
    let at = from;
    while (isDigit(text, at)) at += 1;
    const whole = at;
    if (text[at] === "." && isDigit(text, at + 1)) for (at += 1; isDigit(text, at);) at += 1;
    if (/[eE]/.test(text[at] ?? "")) {
      const digits = /[+-]/.test(text[at + 1] ?? "") ? at + 2 : at + 1;
      if (isDigit(text, digits)) for (at = digits; isDigit(text, at);) at += 1;
    }
    if (!isWord(text, at) && text[at] !== ".") return this.#made("number", at);
    if (at === whole && text[at] !== ".") return this.#made("word", this.#wordEnd(at));
    while (isWord(text, at) || text[at] === ".") at += 1;
    this.#fault(from, at, { code: "text.expected", what: "A number", found: text.slice(from, at) });
    return this.#made("number", at);
  }

  /** To the closing quote in the same line. */
  #quotes(from: number, kind: "string" | "quoted", quote: number): true {
    const { text } = this;
    let at = from + 1;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) return this.#made(kind, at + 1);
      if (code === NEWLINE) break;
      if (code === BACKSLASH) at = escape(text, at).end - 1;
    }
    at = Math.min(at, text.length);
    this.#fault(from, at, { code: "text.unclosed", what: kind === "string" ? "The text in quotes" : "The name in quotes", from });
    return this.#made(kind, at);
  }

  #long(from: number): true {
    const { text } = this;
    for (let at = from + 3; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 39 && text.startsWith("'''", at)) return this.#made("string", at + 3);
      if (code === BACKSLASH) at = escape(text, at).end - 1;
    }
    this.#fault(from, text.length, { code: "text.unclosed", what: "The text in quotes", from });
    return this.#made("string", text.length);
  }

  #fault(
    start: number,
    end: number,
    fault: { code: "text.expected"; what: string; found: string } | { code: "text.unclosed"; what: string; from: number },
  ): void {
    if (start <= this.told) return;
    this.told = start;
    this.tell({ ...fault, start, end });
  }
}
