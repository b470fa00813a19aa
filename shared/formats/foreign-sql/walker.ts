/** A walk over the tokens of one statement. It never fails: what is not there reads as empty. */
import type { Lexeme } from "./lexer.ts";

export class Walker {
  readonly text: string;
  readonly #tokens: readonly Lexeme[];
  #at = 0;

  constructor(text: string, tokens: readonly Lexeme[]) {
    this.text = text;
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get start(): number {
    return this.#tokens[this.#at]?.start ?? this.#tokens.at(-1)?.end ?? 0;
  }

  token(by = 0): Lexeme | null {
    return this.#tokens[this.#at + by] ?? null;
  }

  /** The next word or symbol; empty for anything else. */
  peek(by = 0): string {
    const token = this.#tokens[this.#at + by];
    return token?.kind === "word" || token?.kind === "symbol" ? token.text : "";
  }

  next(): Lexeme | null {
    const token = this.token();
    this.#at += 1;
    return token;
  }

  skip(...words: readonly string[]): boolean {
    if (!words.every((word, by) => this.peek(by) === word)) return false;
    this.#at += words.length;
    return true;
  }

  /** Passes one of the words. */
  any(...words: readonly string[]): string | null {
    const found = words.find((word) => this.peek() === word);
    if (found !== undefined) this.#at += 1;
    return found ?? null;
  }

  /** After `(`: what stands up to its `)`, which is passed too. */
  group(): Walker | null {
    if (!this.skip("(")) return null;
    const from = this.#at;
    let depth = 1;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const word = this.peek();
      if (word === "(") depth += 1;
      if (word === ")" && (depth -= 1) === 0) break;
    }
    const inside = this.#tokens.slice(from, this.#at);
    this.#at += 1;
    return new Walker(this.text, inside);
  }

  /** What stands up to one of the words outside parentheses. */
  until(isStop: (walker: Walker) => boolean): Walker {
    const from = this.#at;
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const word = this.peek();
      if (depth === 0 && this.#at > from && isStop(this)) break;
      if (word === "(") depth += 1;
      if (word === ")") depth -= 1;
    }
    return new Walker(this.text, this.#tokens.slice(from, this.#at));
  }

  /** What stands between commas. */
  list(): readonly Walker[] {
    const found: Walker[] = [];
    while (!this.done) {
      const item = this.peek() === "," ? new Walker(this.text, []) : this.until((walker) => walker.peek() === ",");
      if (!item.done) found.push(item);
      this.skip(",");
    }
    return found;
  }

  /** The text of all that is left. */
  rest(): string {
    const [from, last] = [this.token(), this.#tokens.at(-1)];
    return from && last ? this.text.slice(from.start, last.end) : "";
  }

  get left(): readonly Lexeme[] {
    return this.#tokens.slice(this.#at);
  }
}
