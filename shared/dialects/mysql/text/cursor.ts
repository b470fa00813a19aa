/** A walk over the tokens of one statement, with the names and strings of this dialect; words in capitals. */
import { Walk } from "../../kit/walk.ts";
import { type Token, type TokenKind, tokenize, unquoteName, unquoteString } from "./lexer.ts";
import type { Mode } from "./mode.ts";

export class Cursor extends Walk<Token> {
  readonly mode: Mode;
  #line = { line: 0, start: 0 };

  constructor(text: string, mode: Mode) {
    super(text, tokenize(text, mode));
    this.mode = mode;
  }

  /** The line of an offset, from 0, and how far into it that is. Asked in the order of the text it passes the text once. */
  lineAt(offset: number): { readonly line: number; readonly column: number } {
    if (offset < this.#line.start) this.#line = { line: 0, start: 0 };
    let { line, start } = this.#line;
    for (let end = this.text.indexOf("\n", start); end >= 0 && end < offset; end = this.text.indexOf("\n", start)) {
      line += 1;
      start = end + 1;
    }
    this.#line = { line, start };
    return { line, column: offset - start };
  }

  /** What the next token is; null at the end. */
  get kind(): TokenKind | null {
    return this.ahead()?.kind ?? null;
  }

  /** Is the next token something that can be a name? */
  get atName(): boolean {
    return this.kind === "word" || this.kind === "quoted" || this.kind === "string";
  }

  /** The next token as it is written; it is passed. */
  raw(): string {
    const { start, end } = this.next();
    return this.text.slice(start, end);
  }

  /** The next token as a name. */
  name(): string {
    const { kind } = this;
    if (!this.atName) return "";
    const raw = this.raw();
    if (kind === "quoted") return unquoteName(raw);
    return kind === "string" ? unquoteString(raw, this.mode) : raw;
  }

  /** `a` or `a.b`: the last name, and what stands before it. */
  qualifiedName(): { readonly namespace: string | null; readonly name: string } {
    const first = this.name();
    return this.skip(".") ? { namespace: first, name: this.name() } : { namespace: null, name: first };
  }

  /** The next token as the value of a string literal, its character set introducer passed over; null when there is none. */
  string(): string | null {
    if (this.kind === "word" && this.ahead(1)?.kind === "string" && /^(_\w+|N)$/.test(this.peek())) this.next();
    if (this.kind !== "string") return null;
    let value = "";
    // Strings side by side are one.
    while (this.kind === "string") value += unquoteString(this.raw(), this.mode);
    return value;
  }

  /** `a, b, c)` after its opening parenthesis, each read by `read`; the closing one is passed. */
  list<T>(read: () => T): T[] {
    const items: T[] = [];
    while (!this.done && !this.skip(")")) {
      const before = this.offset;
      items.push(read());
      if (this.offset === before) this.next();
      this.skip(",");
    }
    return items;
  }

  /** Where parentheses are next: the text inside them, which is passed; null where they are not. */
  group(): string | null {
    return this.skip("(") ? this.inside() : null;
  }
}
