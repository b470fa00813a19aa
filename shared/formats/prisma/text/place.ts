/** What every part of a schema is read with: the lexer, faults, and where a block begins. */
import type { Word } from "./ast.ts";
import type { Lexer } from "./lexer.ts";

export type Block = "model" | "view" | "type" | "enum" | "datasource" | "generator";
/** The words that begin a block. */
export const BLOCKS: ReadonlySet<string> = new Set(["model", "view", "type", "enum", "datasource", "generator"]);

/** Where a reader stands. */
export class Place {
  readonly lexer: Lexer;

  constructor(lexer: Lexer) {
    this.lexer = lexer;
  }

  /** Tells that something else should stand here. */
  expected(what: string): void {
    const { start, end, shown } = this.lexer;
    this.lexer.tell({ start, end: Math.max(end, start), code: "text.expected", what, found: shown });
  }

  /** Past the rest of a line, and of parentheses that are open in it. */
  line(): void {
    const lexer = this.lexer;
    do lexer.next();
    while (lexer.kind !== "end" && !lexer.fresh && !lexer.is("}"));
  }

  /** The word that is next; past it. */
  word(): Word {
    const { value: text, start, end } = this.lexer;
    this.lexer.next();
    return { text, start, end };
  }

  /** `model User {` in one line is a block, whatever it stands in; `model String` is a field. */
  another(): boolean {
    const { kind, value, fresh } = this.lexer;
    return kind === "word" && fresh && BLOCKS.has(value) && this.opens();
  }

  /** Do a name and a brace follow in the line? */
  opens(): boolean {
    const { text, end } = this.lexer;
    const opening = /[ \t]+[\w-]+[ \t]*\{/y;
    opening.lastIndex = end;
    return opening.test(text);
  }
}
