/** Attributes, their arguments, and values. */
import type { Argument, Attribute, Expression } from "./ast.ts";
import type { Place } from "./place.ts";

/** Arguments within arguments are read this deep; the language needs four. */
const DEEPEST = 20;

/** Reads them at a place. */
export class Values {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** All that stand in this line. */
  attributes(): Attribute[] {
    const found: Attribute[] = [];
    while (this.#place.lexer.is("@") && !this.#place.lexer.fresh) {
      const attribute = this.attribute();
      if (attribute) found.push(attribute);
    }
    return found;
  }

  /** From its `@` or `@@`; null where no name follows. */
  attribute(): Attribute | null {
    const lexer = this.#place.lexer;
    const { start } = lexer;
    lexer.next();
    if (lexer.kind !== "word" || lexer.fresh) {
      this.#place.expected("The name of an attribute");
      return null;
    }
    let { text: name, end } = this.#place.word();
    while (lexer.is(".") && !lexer.fresh) {
      lexer.next();
      if (lexer.kind !== "word") break;
      const part = this.#place.word();
      name += `.${part.text}`;
      end = part.end;
    }
    const args = lexer.is("(") && !lexer.fresh ? this.arguments() : [];
    return { name, args, start, end };
  }

  /** From the opening parenthesis past the closing one. */
  arguments(depth = 0): Argument[] {
    const lexer = this.#place.lexer;
    const from = lexer.start;
    const args: Argument[] = [];
    lexer.next();
    while (!lexer.is(")")) {
      if (this.#unclosed()) {
        lexer.tell({ start: from, end: from + 1, code: "text.unclosed", what: "The list in parentheses", from });
        return args;
      }
      args.push(this.#argument(depth));
      if (!this.#comma(")")) return args;
    }
    lexer.next();
    return args;
  }

  #argument(depth: number): Argument {
    const lexer = this.#place.lexer;
    const { start } = lexer;
    const value = this.expression(depth);
    if (value.kind !== "word" || !lexer.is(":")) return { name: null, value, start, end: value.end };
    lexer.next();
    const named = this.expression(depth);
    return { name: value.text, value: named, start, end: named.end };
  }

  /** A list ends with the text, with the block, or where another block begins. */
  #unclosed(): boolean {
    return (
      this.#place.lexer.kind === "end" ||
      this.#place.lexer.is("}") ||
      this.#place.lexer.is("{") ||
      this.#place.another() ||
      (this.#place.lexer.fresh && this.#place.lexer.is("@@"))
    );
  }

  /** Past a comma, or up to the list's end. False where neither is: the line was passed over. */
  #comma(close: string): boolean {
    const lexer = this.#place.lexer;
    if (lexer.is(",")) {
      lexer.next();
      if (lexer.is(close)) this.#place.expected("Another value after the comma");
      return true;
    }
    if (lexer.is(close) || this.#unclosed()) return true;
    this.#place.expected(`A comma or ${close}`);
    while (!lexer.is(close) && !this.#unclosed() && !lexer.fresh) lexer.next();
    if (lexer.is(close)) lexer.next();
    return false;
  }

  /** One value; `broken` where none stands. */
  expression(depth = 0): Expression {
    const lexer = this.#place.lexer;
    const { kind, value: text, start, end } = lexer;
    if (depth > DEEPEST) {
      lexer.tell({ start, end, code: "text.place", what: "This list", why: "it lies too deep in others" });
      this.#place.line();
      return { kind: "broken", start, end };
    }
    if (kind === "string" || kind === "number") {
      lexer.next();
      return { kind, text, start, end };
    }
    if (kind === "word") return this.#named(depth);
    if (lexer.is("[")) return this.#array(depth);
    this.#place.expected("A value");
    // A comma or the end of a list is the list's own to see.
    if (!lexer.is(",") && !lexer.is(")") && !lexer.is("]") && !this.#unclosed()) lexer.next();
    return { kind: "broken", start, end };
  }

  #named(depth: number): Expression {
    const lexer = this.#place.lexer;
    const { start, ...word } = this.#place.word();
    let { text, end } = word;
    while (lexer.is(".") && !lexer.fresh) {
      lexer.next();
      if (lexer.kind !== "word") break;
      const part = this.#place.word();
      text += `.${part.text}`;
      end = part.end;
    }
    if (!lexer.is("(") || lexer.fresh) return { kind: "word", text, start, end };
    const args = this.arguments(depth + 1);
    return { kind: "call", name: text, args, start, end };
  }

  #array(depth: number): Expression {
    const lexer = this.#place.lexer;
    const { start, end } = lexer;
    const items: Expression[] = [];
    lexer.next();
    while (!lexer.is("]")) {
      if (this.#unclosed()) {
        lexer.tell({ start, end, code: "text.unclosed", what: "The list in brackets", from: start });
        return { kind: "array", items, start, end };
      }
      items.push(this.expression(depth + 1));
      if (!this.#comma("]")) return { kind: "array", items, start, end };
    }
    const last = lexer.end;
    lexer.next();
    return { kind: "array", items, start, end: last };
  }
}
