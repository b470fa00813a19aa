/** The language of Prisma as tokens, one at a time; what cannot be a token is told and passed over. One pass. */
import type { Tell } from "../../kit/faults.ts";
import { unescaped } from "./strings.ts";

export type Kind = "word" | "string" | "number" | "doc" | "sign" | "end";

/** Sticky: each begins where the lexer stands. `-` is part of a name. */
const BLANK = /[ \t\r\f\v\u00a0\ufeff]+/y;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_])/uy;
const SIGN = /@@|[{}()[\]@,:=?.!]/y;
const STRANGE = /[^\s\p{L}\p{N}_"{}()[\]@,:=?.!/-]+|[/-]/uy;

export class Lexer {
  kind: Kind = "end";
  /** Of a string what it means, of a doc comment its text, else the token as it is written. */
  value = "";
  start = 0;
  end = 0;
  /** The token begins a line. */
  fresh = true;
  readonly text: string;
  readonly tell: Tell;

  constructor(text: string, tell: Tell) {
    this.text = text;
    this.tell = tell;
    this.next();
  }

  is(sign: string): boolean {
    return this.kind === "sign" && this.value === sign;
  }

  /** How the token is called in a sentence. */
  get shown(): string {
    if (this.kind === "end") return "the end of the text";
    return this.text.slice(this.start, Math.min(this.end, this.start + 30));
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.end;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined || found === "") return null;
    this.start = this.end;
    this.end += found.length;
    return found;
  }

  #blank(): void {
    for (;;) {
      if (this.text[this.end] === "\n") {
        this.fresh = true;
        this.end += 1;
      } else if (this.text.startsWith("/*", this.end)) {
        const close = this.text.indexOf("*/", this.end + 2);
        const [start, end] = [this.end, close < 0 ? this.text.length : close + 2];
        if (close < 0) this.tell({ start, end, code: "text.unclosed", what: "The comment", from: start });
        if (this.text.slice(start, end).includes("\n")) this.fresh = true;
        this.end = end;
      } else if (this.text.startsWith("//", this.end) && this.text[this.end + 2] !== "/") {
        const newline = this.text.indexOf("\n", this.end);
        this.end = newline < 0 ? this.text.length : newline;
      } else if (this.#take(BLANK) === null) return;
    }
  }

  next(): void {
    this.fresh = this.end === 0;
    for (;;) {
      this.#blank();
      this.start = this.end;
      if (this.end >= this.text.length) {
        this.kind = "end";
        this.value = "";
        return;
      }
      if (this.#token()) return;
      const strange = this.#take(STRANGE) ?? this.text.slice(this.end, (this.end += 1));
      this.tell({
        start: this.end - strange.length,
        end: this.end,
        code: "text.expected",
        what: "A name or a value",
        found: strange.slice(0, 20),
      });
    }
  }

  #token(): boolean {
    if (this.text.startsWith("///", this.end)) return this.#doc();
    const number = this.#take(NUMBER);
    if (number !== null) return this.#made("number", number);
    const word = this.#take(WORD);
    if (word !== null) return this.#made("word", word);
    if (this.text[this.end] === '"') return this.#string();
    const sign = this.#take(SIGN);
    return sign !== null && this.#made("sign", sign);
  }

  #made(kind: Kind, value: string): true {
    this.kind = kind;
    this.value = value;
    return true;
  }

  #doc(): true {
    const newline = this.text.indexOf("\n", this.end);
    this.start = this.end;
    this.end = newline < 0 ? this.text.length : newline;
    const line = this.text.slice(this.start + 3, this.end).replace(/\r$/, "");
    return this.#made("doc", line.startsWith(" ") ? line.slice(1) : line);
  }

  #string(): true {
    const from = this.end;
    let at = from + 1;
    while (at < this.text.length && this.text[at] !== '"' && this.text[at] !== "\n") at += this.text[at] === "\\" ? 2 : 1;
    at = Math.min(at, this.text.length);
    const closed = this.text[at] === '"';
    [this.start, this.end] = [from, closed ? at + 1 : at];
    if (!closed) this.tell({ start: from, end: at, code: "text.unclosed", what: "The text in quotes", from });
    return this.#made("string", unescaped(this.text.slice(from + 1, at)));
  }
}
