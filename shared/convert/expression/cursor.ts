/** Where a reader of an expression stands, and the words and symbols from there. */
import type { NameToken } from "../../dialects/dialect.ts";

/** Leaves the reader from anywhere in it; caught where reading began, and nowhere else. */
export class Uncertain extends Error {}

/** To be called where the meaning is not certain. */
export const unsure = (): never => {
  throw new Uncertain();
};

/** A place among the tokens of a text; it only goes on. */
export class Cursor {
  /** The token that is next, counted from 0. */
  at = 0;
  readonly #text: string;
  readonly #tokens: readonly NameToken[];

  constructor(text: string, tokens: readonly NameToken[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.at >= this.#tokens.length;
  }

  get length(): number {
    return this.#tokens.length;
  }

  get token(): NameToken | undefined {
    return this.ahead();
  }

  ahead(by = 0): NameToken | undefined {
    return this.#tokens[this.at + by];
  }

  /** As it is written, so many tokens on. */
  raw(by = 0): string {
    const token = this.ahead(by);
    return token ? this.#text.slice(token.start, token.end) : "";
  }

  /** In lower case; empty for what is no plain word and no symbol. */
  word(by = 0): string {
    return this.ahead(by)?.word ?? "";
  }

  /** Symbols that stand side by side, or words. */
  is(...words: readonly string[]): boolean {
    return words.every((word, by) => this.word(by) === word || this.raw(by) === word);
  }

  /** Goes past them if they are next. */
  skip(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** Goes past them; what else is next is not certain. */
  want(...words: readonly string[]): void {
    if (!this.skip(...words)) unsure();
  }

  /** The type behind `::`. */
  cast(): string | null {
    if (!this.skip(":", ":")) return null;
    return this.type();
  }

  /** A type with its arguments, as it is written. */
  type(): string {
    const start = this.token?.start ?? unsure();
    const isName = (by = 0): boolean => this.ahead(by)?.key !== null;
    if (!isName()) unsure();
    const [second] = [this.word(1)];
    this.at += 1;
    while (this.word() === "." && isName(1)) this.at += 2;
    if (second === "varying" || second === "precision") this.at += 1;
    let end = this.ahead(-1)?.end ?? start;
    if (this.skip("(")) {
      while (!this.done && this.word() !== ")") this.at += 1;
      end = this.token?.end ?? end;
      this.want(")");
    }
    const zone = ["with", "without"].find((word) => this.is(word, "time", "zone"));
    if (zone !== undefined) {
      this.at += 3;
      end = this.ahead(-1)?.end ?? end;
    }
    while (this.skip("[", "]")) end = this.ahead(-1)?.end ?? end;
    return this.#text.slice(start, end);
  }
}
