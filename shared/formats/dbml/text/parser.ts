/** What all elements are made of: names, types and blocks, and how to go on after a fault. */
import type { Name, Span, TypeText } from "./ast.ts";
import { type Kind, Lexer } from "./lexer.ts";
import { contents } from "./strings.ts";

/** Words that begin an element. */
const ELEMENTS: ReadonlySet<string> = new Set([
  "table",
  "enum",
  "ref",
  "project",
  "tablegroup",
  "tablepartial",
  "diagramview",
  "metadata",
]);

/** A text from its current token on. What stands wrong is told, and passed over. */
export class Parser extends Lexer {
  /** Thousands of columns have a few dozen types. */
  readonly #types = new Map<string, TypeText>();

  get word(): string {
    return this.is("word") ? this.source.toLowerCase() : "";
  }

  /** Tells what should stand where the current token is. */
  expected(what: string): void {
    const found = this.is("end") ? "the end of the text" : this.source.slice(0, 20).replace(/\s+/g, " ");
    this.tell({ code: "text.expected", what, found, start: this.start, end: this.end });
  }

  misplaced(what: string, why: string, span: Span): void {
    this.tell({ code: "text.place", what, why, start: span.start, end: span.end });
  }

  skip(kind: Kind): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  /** The token after the current one, without going there. */
  peek(): { readonly kind: Kind; readonly fresh: boolean; readonly start: number } {
    const mark = this.mark();
    this.next();
    const { kind, fresh, start } = this;
    this.back(mark);
    return { kind, fresh, start };
  }

  /** Past the rest of the line; what is in braces is passed over whole. */
  skipLine(): void {
    let depth = 0;
    do {
      if (this.is("{")) depth += 1;
      else if (this.is("}") && (depth -= 1) < 0) return;
      this.next();
    } while (!this.is("end") && (depth > 0 || !this.fresh));
  }

  /** The type that is written so: the same object each time, if it is one of no namespace. */
  type(parts: readonly string[], args: string, array: string): TypeText {
    if (parts.length > 1) return { parts, args, array };
    const written = (parts[0] ?? "") + args + array;
    let known = this.#types.get(written);
    if (known?.args !== args || known.array !== array) this.#types.set(written, (known = { parts, args, array }));
    return known;
  }

  /** A word or a name in double quotes. */
  part(): string | null {
    if (!this.is("word") && !this.is("quoted") && !this.is("number")) return null;
    const { source } = this;
    const part = this.is("quoted") ? contents(source) : source;
    this.next();
    return part;
  }

  /** `a`, `s.a`, `"s"."a"."c"`; tells when there is none. */
  name(what: string): Name | null {
    const { start } = this;
    const first = this.part();
    if (first === null) {
      this.expected(what);
      return null;
    }
    if (!this.is(".")) return { parts: [first], start, end: this.last };
    const parts = [first];
    while (this.is(".") && !this.fresh) {
      const mark = this.mark();
      this.next();
      if (this.is("(")) {
        this.back(mark);
        break;
      }
      const part = this.part();
      if (part === null) {
        this.expected("A name after the dot");
        break;
      }
      parts.push(part);
    }
    return { parts, start, end: this.last };
  }

  /**
   * `{ item ⏎ item … }`. `item` reads one, or tells and gives false, after which the rest of its line is passed over. Where `closes`,
   * the beginning of an element ends a block that was not closed.
   */
  block(what: string, item: () => boolean, owner: Span, closes = true): void {
    if (!this.is("{")) {
      this.expected(`{ and ${what}`);
      return;
    }
    this.next();
    while (!this.is("}")) {
      if (this.is("end") || (closes && this.fresh && this.#beginsElement())) {
        this.tell({ code: "text.unclosed", what: "The block", from: owner.start, start: this.start, end: this.end });
        return;
      }
      const { start } = this;
      const fine = item();
      if (!fine) this.skipLine();
      else if (!this.fresh && !this.is("}") && !this.is("end")) {
        this.expected("A new line");
        this.skipLine();
      }
      if (this.start === start && !this.is("}")) this.next();
    }
    this.next();
  }

  /** `Table x {`: nothing that may stand in a block looks like this. */
  #beginsElement(): boolean {
    if (!this.is("word") || !ELEMENTS.has(this.source.toLowerCase())) return false;
    const mark = this.mark();
    this.next();
    let named = false;
    while (!this.fresh && (this.is("word") || this.is("quoted") || this.is("."))) {
      named = true;
      this.next();
    }
    const opens = named && this.is("{");
    this.back(mark);
    return opens;
  }
}
