/** A walk over the tokens of one statement. It never fails: what is not there reads as empty. */
import { type Token, tokenize, unquoteName, unquoteString } from "./lexer.ts";
import type { Mode } from "./mode.ts";

const NOTHING: Token = { kind: "symbol", start: 0, end: 0, word: "", closed: true };

export class Cursor {
  readonly text: string;
  readonly mode: Mode;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string, mode: Mode) {
    this.text = text;
    this.mode = mode;
    this.#tokens = tokenize(text, mode);
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** False when the text ends inside a string, a quoted name, or parentheses. */
  get whole(): boolean {
    const depth = this.#tokens.reduce((sum, { word }) => sum + (word === "(" ? 1 : word === ")" ? -1 : 0), 0);
    return depth <= 0 && this.#tokens.at(-1)?.closed !== false;
  }

  get token(): Token {
    return this.#tokens[this.#at] ?? NOTHING;
  }

  /** Offset of the next token; the end of the text when there is none. */
  get offset(): number {
    return this.#tokens[this.#at]?.start ?? this.text.length;
  }

  /** The next unquoted word in capitals, or the next symbol; empty for anything else. */
  peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead]?.word ?? "";
  }

  next(): Token {
    const { token } = this;
    this.#at += 1;
    return token;
  }

  /** Passes over the words (or symbols) when all of them are next, in order. */
  skip(...words: readonly string[]): boolean {
    for (let ahead = 0; ahead < words.length; ahead += 1) if (this.peek(ahead) !== words[ahead]) return false;
    this.#at += words.length;
    return true;
  }

  /** Is the next token something that can be a name? */
  get atName(): boolean {
    const { kind } = this.token;
    return !this.done && (kind === "word" || kind === "quoted" || kind === "string");
  }

  /** The next token as a name. */
  name(): string {
    if (!this.atName) return "";
    const { kind, start, end } = this.next();
    const raw = this.text.slice(start, end);
    if (kind === "quoted") return unquoteName(raw);
    return kind === "string" ? unquoteString(raw, this.mode) : raw;
  }

  /** `a` or `a.b`: the last name, and what stands before it. */
  qualifiedName(): { readonly namespace: string | null; readonly name: string } {
    const first = this.name();
    if (!this.skip(".")) {
      // `.b` of `a .b` may be one number-like token: `db.1` is not written by anyone.
      return { namespace: null, name: first };
    }
    return { namespace: first, name: this.name() };
  }

  /** The next token as the value of a string literal, its character set introducer passed over; null when there is none. */
  string(): string | null {
    if (this.token.kind === "word" && this.#tokens[this.#at + 1]?.kind === "string" && /^(_\w+|N)$/.test(this.token.word))
      this.#at += 1;
    if (this.done || this.token.kind !== "string") return null;
    let value = "";
    // Strings side by side are one.
    while (!this.done && this.token.kind === "string") {
      const { start, end } = this.next();
      value += unquoteString(this.text.slice(start, end), this.mode);
    }
    return value;
  }

  /** `a, b, c)` after its opening parenthesis, each read by `read`; the closing one is passed. */
  list<T>(read: () => T): T[] {
    const items: T[] = [];
    while (!this.done && !this.skip(")")) {
      const before = this.#at;
      items.push(read());
      if (this.#at === before) this.next();
      this.skip(",");
    }
    return items;
  }

  /** Where parentheses are next: the text inside them, which is passed; null where they are not. */
  inside(): string | null {
    if (!this.skip("(")) return null;
    const start = this.offset;
    let end = start;
    for (let depth = 1; !this.done; this.#at += 1) {
      const { word } = this.token;
      if (word === "(") depth += 1;
      if (word === ")") depth -= 1;
      if (depth === 0) break;
      end = this.token.end;
    }
    this.#at += 1;
    return this.text.slice(start, end);
  }

  /** Passes tokens up to one of the words outside parentheses, or a closing one. Gives the text passed over. */
  until(...stops: readonly string[]): string {
    const start = this.offset;
    let end = start;
    for (let depth = 0; !this.done; this.#at += 1) {
      const { word } = this.token;
      if (depth === 0 && (word === ")" || stops.includes(word))) break;
      if (word === "(") depth += 1;
      if (word === ")") depth -= 1;
      end = this.token.end;
    }
    return this.text.slice(start, end);
  }

  /** Everything that is left, as it is written. */
  rest(): string {
    const text = this.text.slice(this.offset).trim();
    this.#at = this.#tokens.length;
    return text;
  }
}
