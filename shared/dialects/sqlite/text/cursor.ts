/** A walk over the tokens of one statement, without its spaces and comments. */
import { type Token, tokenName, tokens } from "../../kit/scanner.ts";
import { LEXICAL } from "../splitter.ts";

export class Cursor {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = [...tokens(text, LEXICAL)].filter(({ kind }) => kind !== "space" && kind !== "comment");
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Offset of the next token; the end of the text when there is none. */
  get offset(): number {
    return this.#tokens[this.#at]?.start ?? this.text.length;
  }

  /** The next unquoted word in lower case, or the next symbol; empty for anything else. */
  peek(ahead = 0): string {
    const token = this.#tokens[this.#at + ahead];
    if (!token || (token.kind !== "word" && token.kind !== "symbol")) return "";
    return this.text.slice(token.start, token.end).toLowerCase();
  }

  next(): void {
    this.#at += 1;
  }

  /** Passes over the words (or symbols) when all of them are next, in order. */
  skip(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.peek(ahead) === word)) return false;
    this.#at += words.length;
    return true;
  }

  /** The next token as a name: a word, a quoted name, or a string, which SQLite takes for a name too. */
  name(): string {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (!token) return "";
    if (token.kind !== "string") return tokenName(this.text, token);
    return this.text.slice(token.start + 1, token.end - 1).replaceAll("''", "'");
  }

  /** After `(` has been passed: the text up to the matching `)`, which is passed too. */
  inside(): string {
    const start = this.offset;
    let end = start;
    for (let depth = 1; !this.done; this.#at += 1) {
      const symbol = this.peek();
      if (symbol === "(") depth += 1;
      if (symbol === ")") depth -= 1;
      if (depth === 0) break;
      end = this.#tokens[this.#at]?.end ?? end;
    }
    this.#at += 1;
    return this.text.slice(start, end);
  }

  /** Passes tokens up to one of the words or symbols outside parentheses, or the closing `)`. Gives the text passed over. */
  until(...stops: readonly string[]): string {
    const start = this.offset;
    let end = start;
    for (let depth = 0; !this.done; this.#at += 1) {
      const symbol = this.peek();
      if (depth === 0 && (symbol === ")" || stops.includes(symbol))) break;
      if (symbol === "(") depth += 1;
      if (symbol === ")") depth -= 1;
      end = this.#tokens[this.#at]?.end ?? end;
    }
    return this.text.slice(start, end);
  }

  /** Everything that is left, as it is written. */
  rest(): string {
    return this.text.slice(this.offset).trim();
  }
}
