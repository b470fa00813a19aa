/** What all elements share: names, values, settings, blocks, and how to go on after a fault. */
import type { Endpoint, Name, Note, Setting, Span, TypeText, Value } from "./ast.ts";
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

const RELATIONS: ReadonlySet<string> = new Set(
  ["<", ">", "-", "<>"].flatMap((sign) => ["", "?"].flatMap((left) => ["", "?"].map((right) => left + sign + right))),
);

/** An operator of a relation, with its marks of what is optional. */
export const isRelation = (operator: string): boolean => RELATIONS.has(operator);

const NONE: readonly never[] = [];

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

  /** `t.c`, `s.t.c`, `t.(a, b)`, or `c` alone. */
  endpoint(): Endpoint | null {
    const { start } = this;
    const name = this.is("(") ? null : this.name("A table and its column, such as users.id,");
    if (!name && !this.is("(")) return null;
    const listed = name ? this.skip(".") : true;
    if (!listed || !this.is("(")) {
      const parts = name?.parts ?? [];
      return { table: parts.slice(0, -1), columns: parts.slice(-1), start, end: this.last };
    }
    this.next();
    const columns: string[] = [];
    for (;;) {
      const column = this.part();
      if (column === null) {
        this.expected("The name of a column");
        return null;
      }
      columns.push(column);
      if (this.skip(")")) break;
      if (this.skip(",")) continue;
      this.expected("A comma or )");
      return null;
    }
    return { table: name?.parts ?? [], columns, start, end: this.last };
  }

  value(): Value {
    const { start } = this;
    switch (this.kind) {
      case "string":
      case "expression":
      case "colour": {
        const { kind, source } = this;
        this.next();
        return { kind, text: kind === "colour" ? source : contents(source), start, end: this.last };
      }
      case "word":
      case "quoted":
        return this.#words();
      case "number":
        return this.#number(1);
      case "operator":
        return this.#signed();
      default:
        this.expected("A value");
        return { kind: "other", start, end: this.end };
    }
  }

  #number(sign: number): Value {
    const { start, source } = this;
    this.next();
    return { kind: "number", text: sign < 0 ? `-${source}` : source, start, end: this.last };
  }

  /** `-1`, `+-2`, or a relation. */
  #signed(): Value {
    const { start } = this;
    const operator = this.source;
    const mark = this.mark();
    let sign = 1;
    while (this.is("operator") && /^[+-]$/.test(this.source)) {
      if (this.source === "-") sign = -sign;
      this.next();
    }
    // The mark stands: other kinds than a number follow a relation's sign.
    if (this.is("number")) return { ...this.#number(sign), start };
    this.back(mark);
    if (!isRelation(operator) && operator !== "<-" && operator !== "->") {
      this.expected("A value");
      return { kind: "other", start, end: this.end };
    }
    this.next();
    const to = this.endpoint();
    return to ? { kind: "link", operator, to, start, end: this.last } : { kind: "other", start, end: this.last };
  }

  #words(): Value {
    const { start } = this;
    const quoted = this.is("quoted");
    const name = this.name("A value");
    const parts = name?.parts ?? [];
    if (quoted || parts.length > 1) return { kind: "name", parts, start, end: this.last };
    let text = parts[0] ?? "";
    while (this.is("word")) {
      text += ` ${this.source}`;
      this.next();
    }
    return { kind: "words", text, start, end: this.last };
  }

  /** `[a, b: c]`, where there is one in this line. */
  settings(): readonly Setting[] {
    if (!this.is("[") || this.fresh) return NONE;
    const found: Setting[] = [];
    this.next();
    for (;;) {
      const setting = this.#setting();
      if (setting) {
        found.push(setting);
        if (this.skip("]")) return found;
        if (this.skip(",")) continue;
      }
      this.expected(setting ? "A comma or ]" : "A setting");
      this.#closeSettings();
      return found;
    }
  }

  /** After a fault: to the end of the settings if they end in this line, else to the end of the line. */
  #closeSettings(): void {
    while (!this.is("end") && !this.is("{") && !this.is("}") && !this.fresh) {
      if (this.skip("]")) return;
      this.next();
    }
  }

  #setting(): Setting | null {
    const { start } = this;
    if (!this.is("word")) return null;
    let written = this.source;
    this.next();
    while (this.is("word") && !(this.fresh && this.#beginsField())) {
      written += ` ${this.source}`;
      this.next();
    }
    const value = this.skip(":") ? this.value() : null;
    return { name: written.toLowerCase(), written, value, start, end: this.last };
  }

  /** A line inside settings that looks like the next field: the bracket before it was left open. */
  #beginsField(): boolean {
    const { kind, fresh } = this.peek();
    return kind === "word" && !fresh;
  }

  /** `: 'text'`, `{ 'text' }`; the word before it is read. */
  note(): Note | null {
    const braced = this.skip("{");
    if (!braced && !this.skip(":")) {
      this.expected("A colon and a text in quotes");
      return null;
    }
    const { start, kind } = this;
    if (kind !== "string" && kind !== "quoted") {
      this.expected("A text in quotes");
      if (braced) this.closeAfter();
      return null;
    }
    const text = contents(this.source);
    this.next();
    const found = { text, start, end: this.last };
    if (braced) this.closeAfter();
    return found;
  }

  /** To the closing brace of a block that held what it should. */
  closeAfter(): void {
    if (this.skip("}")) return;
    this.expected("}");
    while (!this.is("end") && !this.is("}")) this.skipLine();
    this.skip("}");
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
