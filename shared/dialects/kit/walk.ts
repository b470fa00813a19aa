/** A walk over the tokens of one statement. It never fails: what is not there reads as empty. */

export interface WalkToken {
  readonly start: number;
  readonly end: number;
  /** An unquoted word as the dialect folds it, or the symbol itself; empty for anything else. */
  readonly word: string;
}

const NOTHING: WalkToken = { start: 0, end: 0, word: "" };

export class Walk<T extends WalkToken> {
  readonly text: string;
  readonly #tokens: readonly T[];
  #at = 0;

  constructor(text: string, tokens: readonly T[]) {
    this.text = text;
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Offset of the next token; the end of the text when there is none. */
  get offset(): number {
    return this.#tokens[this.#at]?.start ?? this.text.length;
  }

  /** The next token, or one further on. */
  ahead(by = 0): T | null {
    return this.#tokens[this.#at + by] ?? null;
  }

  peek(by = 0): string {
    return this.#tokens[this.#at + by]?.word ?? "";
  }

  /** Passes a token. */
  next(): WalkToken {
    const token = this.#tokens[this.#at] ?? NOTHING;
    this.#at += 1;
    return token;
  }

  /** Passes over the words (or symbols) when all of them are next, in order. */
  skip(...words: readonly string[]): boolean {
    for (let by = 0; by < words.length; by += 1) if (this.peek(by) !== words[by]) return false;
    this.#at += words.length;
    return true;
  }

  /** After `(` has been passed: the text up to the matching `)`, which is passed too. */
  inside(): string {
    const text = this.#upTo(() => false);
    this.#at += 1;
    return text;
  }

  /** Passes tokens up to one of the words or symbols outside parentheses, or the closing `)`. Gives the text passed over. */
  until(...stops: readonly string[]): string {
    return this.#upTo((word) => stops.includes(word));
  }

  /** Everything that is left, as it is written; it is not passed. */
  rest(): string {
    return this.text.slice(this.offset).trim();
  }

  #upTo(stops: (word: string) => boolean): string {
    const start = this.offset;
    let end = start;
    let depth = 0;
    for (let token = this.ahead(); token; token = this.ahead()) {
      if (depth === 0 && (token.word === ")" || stops(token.word))) break;
      if (token.word === "(") depth += 1;
      if (token.word === ")") depth -= 1;
      end = token.end;
      this.#at += 1;
    }
    return this.text.slice(start, end);
  }
}
