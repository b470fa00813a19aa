/** The syntax of a Prisma schema. A fault is told and its line passed over; a word that begins a block ends one that is left open. */
import type { Tell } from "../../kit/faults.ts";
import type { Argument, Attribute, Enumeration, Expression, Field, Model, PrismaFile, Settings, Word } from "./ast.ts";
import { Lexer } from "./lexer.ts";

type Block = "model" | "view" | "type" | "enum" | "datasource" | "generator";
const BLOCKS: ReadonlySet<string> = new Set(["model", "view", "type", "enum", "datasource", "generator"]);
/** Arguments within arguments are read this deep; the language needs four. */
const DEEPEST = 20;

class Parser {
  readonly models: Model[] = [];
  readonly enums: Enumeration[] = [];
  readonly settings: Settings[] = [];
  readonly #lexer: Lexer;
  /** `///` lines that wait for what they speak of. */
  #comment: string[] = [];

  constructor(text: string, tell: Tell) {
    this.#lexer = new Lexer(text, tell);
  }

  file(): void {
    const lexer = this.#lexer;
    while (lexer.kind !== "end") {
      if (lexer.kind === "doc") this.#doc();
      else if (lexer.kind === "word" && BLOCKS.has(lexer.value)) this.#block(lexer.value as Block);
      else {
        this.#expected("model, enum, datasource, generator, type or view");
        if (lexer.kind === "word" && this.#opens()) this.#skip();
        else this.#line();
      }
    }
  }

  #expected(what: string): void {
    const { start, end, shown } = this.#lexer;
    this.#lexer.tell({ start, end: Math.max(end, start), code: "text.expected", what, found: shown });
  }

  #doc(): void {
    if (this.#lexer.fresh) this.#comment.push(this.#lexer.value);
    this.#lexer.next();
  }

  #spoken(): string | null {
    const text = this.#comment.length === 0 ? null : this.#comment.join("\n");
    this.#comment = [];
    return text;
  }

  /** Past the rest of a line, and of parentheses that are open in it. */
  #line(): void {
    const lexer = this.#lexer;
    do lexer.next();
    while (lexer.kind !== "end" && !lexer.fresh && !lexer.is("}"));
  }

  #word(): Word {
    const { value: text, start, end } = this.#lexer;
    this.#lexer.next();
    return { text, start, end };
  }

  #block(kind: Block): void {
    const lexer = this.#lexer;
    const { start } = lexer;
    const comment = this.#spoken();
    lexer.next();
    if (lexer.kind !== "word" || lexer.fresh) {
      this.#expected(`A name after ${kind}`);
      if (!lexer.is("{")) return;
    }
    const name = lexer.kind === "word" ? this.#word() : { text: "", start, end: start };
    if (!lexer.is("{")) {
      this.#expected(`{ after ${name.text}`);
      return;
    }
    lexer.next();
    const made = this.#body(kind, start);
    const span = { start, end: lexer.start };
    this.#comment = [];
    if (name.text === "") return;
    const { attributes, fields, values, pairs } = made;
    if (kind === "enum") this.enums.push({ ...span, name, comment, attributes, values });
    else if (kind === "datasource" || kind === "generator") this.settings.push({ ...span, kind, pairs });
    else this.models.push({ ...span, kind, name, comment, attributes, fields });
  }

  #body(kind: Block, start: number): { fields: Field[]; attributes: Attribute[]; values: Value[]; pairs: Pair[] } {
    const lexer = this.#lexer;
    const made = { fields: [] as Field[], attributes: [] as Attribute[], values: [] as Value[], pairs: [] as Pair[] };
    this.#comment = [];
    for (;;) {
      if (lexer.is("}")) {
        lexer.next();
        return made;
      }
      if (lexer.kind === "end" || this.#another()) {
        const { start: at, end } = lexer;
        lexer.tell({ start: at, end, code: "text.unclosed", what: "The block", from: start });
        return made;
      }
      if (lexer.kind === "doc") this.#doc();
      else if (lexer.is("@@")) {
        const attribute = this.#attribute();
        if (attribute) made.attributes.push(attribute);
        this.#lineEnd();
      } else if (lexer.kind !== "word") {
        this.#expected("A name, @@ or }");
        this.#line();
      } else if (kind === "enum") made.values.push(this.#value());
      else if (kind === "datasource" || kind === "generator") this.#pair(made.pairs);
      else made.fields.push(this.#field());
    }
  }

  /** `model User {` in one line is a block, whatever it stands in; `model String` is a field. */
  #another(): boolean {
    const { kind, value, fresh } = this.#lexer;
    return kind === "word" && fresh && BLOCKS.has(value) && this.#opens();
  }

  /** Past a block of a kind that there is not. */
  #skip(): void {
    const lexer = this.#lexer;
    do lexer.next();
    while (lexer.kind !== "end" && !lexer.is("}") && !this.#another());
    if (lexer.is("}")) lexer.next();
  }

  /** Do a name and a brace follow in the line? */
  #opens(): boolean {
    const { text, end } = this.#lexer;
    const opening = /[ \t]+[\w-]+[ \t]*\{/y;
    opening.lastIndex = end;
    return opening.test(text);
  }

  /** What else stands in a line that is over. */
  #lineEnd(): void {
    const lexer = this.#lexer;
    if (lexer.fresh || lexer.kind === "end" || lexer.is("}") || lexer.kind === "doc") return;
    this.#expected("The end of the line");
    this.#line();
  }

  #value(): Value {
    const name = this.#word();
    this.#comment = [];
    const attributes = this.#attributes();
    if (this.#lexer.kind === "doc" && !this.#lexer.fresh) this.#lexer.next();
    this.#lineEnd();
    return { name, attributes };
  }

  #pair(pairs: Pair[]): void {
    const name = this.#word();
    if (!this.#lexer.is("=")) {
      this.#expected(`= after ${name.text}`);
      this.#line();
      return;
    }
    this.#lexer.next();
    pairs.push({ name, value: this.#expression(0) });
    this.#lineEnd();
  }

  #field(): Field {
    const lexer = this.#lexer;
    const name = this.#word();
    const before = this.#comment;
    this.#comment = [];
    const type = this.#type(name);
    let [optional, list] = [false, false];
    for (; !lexer.fresh && (lexer.is("?") || lexer.is("[") || lexer.is("!")); lexer.next()) {
      if (lexer.is("?")) optional = true;
      else if (lexer.is("[")) {
        list = true;
        lexer.next();
        if (!lexer.is("]")) {
          this.#expected("]");
          break;
        }
      }
    }
    const attributes = this.#attributes();
    if (lexer.kind === "doc" && !lexer.fresh) {
      before.push(lexer.value);
      lexer.next();
    }
    this.#lineEnd();
    const comment = before.length === 0 ? null : before.join("\n");
    return { start: name.start, end: lexer.start, name, type, optional, list, attributes, comment };
  }

  #type(name: Word): Field["type"] {
    const lexer = this.#lexer;
    // Older files have a colon between the two.
    if (lexer.is(":") && !lexer.fresh) lexer.next();
    if (lexer.kind !== "word" || lexer.fresh) {
      lexer.tell({
        start: name.start,
        end: name.end,
        code: "text.expected",
        what: `A type after ${name.text}`,
        found: "nothing",
      });
      return null;
    }
    const word = this.#word();
    if (word.text !== "Unsupported" || !lexer.is("(")) return { ...word, unsupported: false };
    const [first] = this.#arguments(0);
    const text = first?.value.kind === "string" ? first.value.text : "";
    if (first?.value.kind !== "string")
      lexer.tell({ start: word.start, end: word.end, code: "text.value", name: "Unsupported", wanted: "a type in quotes" });
    return { ...word, text, unsupported: true };
  }

  #attributes(): Attribute[] {
    const found: Attribute[] = [];
    while (this.#lexer.is("@") && !this.#lexer.fresh) {
      const attribute = this.#attribute();
      if (attribute) found.push(attribute);
    }
    return found;
  }

  #attribute(): Attribute | null {
    const lexer = this.#lexer;
    const { start } = lexer;
    lexer.next();
    if (lexer.kind !== "word" || lexer.fresh) {
      this.#expected("The name of an attribute");
      return null;
    }
    let { text: name, end } = this.#word();
    while (lexer.is(".") && !lexer.fresh) {
      lexer.next();
      if (lexer.kind !== "word") break;
      const part = this.#word();
      name += `.${part.text}`;
      end = part.end;
    }
    const args = lexer.is("(") && !lexer.fresh ? this.#arguments(0) : [];
    return { name, args, start, end };
  }

  /** From the opening parenthesis past the closing one. */
  #arguments(depth: number): Argument[] {
    const lexer = this.#lexer;
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
    const lexer = this.#lexer;
    const { start } = lexer;
    const value = this.#expression(depth);
    if (value.kind !== "word" || !lexer.is(":")) return { name: null, value, start, end: value.end };
    lexer.next();
    const named = this.#expression(depth);
    return { name: value.text, value: named, start, end: named.end };
  }

  /** A list ends with the text, with the block, or where another block begins. */
  #unclosed(): boolean {
    return (
      this.#lexer.kind === "end" ||
      this.#lexer.is("}") ||
      this.#lexer.is("{") ||
      this.#another() ||
      (this.#lexer.fresh && this.#lexer.is("@@"))
    );
  }

  /** Past a comma, or up to the list's end. False where neither is: the line was passed over. */
  #comma(close: string): boolean {
    const lexer = this.#lexer;
    if (lexer.is(",")) {
      lexer.next();
      if (lexer.is(close)) this.#expected("Another value after the comma");
      return true;
    }
    if (lexer.is(close) || this.#unclosed()) return true;
    this.#expected(`A comma or ${close}`);
    while (!lexer.is(close) && !this.#unclosed() && !lexer.fresh) lexer.next();
    if (lexer.is(close)) lexer.next();
    return false;
  }

  #expression(depth: number): Expression {
    const lexer = this.#lexer;
    const { kind, value: text, start, end } = lexer;
    if (depth > DEEPEST) {
      lexer.tell({ start, end, code: "text.place", what: "This list", why: "it lies too deep in others" });
      this.#line();
      return { kind: "broken", start, end };
    }
    if (kind === "string" || kind === "number") {
      lexer.next();
      return { kind, text, start, end };
    }
    if (kind === "word") return this.#named(depth);
    if (lexer.is("[")) return this.#array(depth);
    this.#expected("A value");
    // A comma or the end of a list is the list's own to see.
    if (!lexer.is(",") && !lexer.is(")") && !lexer.is("]") && !this.#unclosed()) lexer.next();
    return { kind: "broken", start, end };
  }

  #named(depth: number): Expression {
    const lexer = this.#lexer;
    const { start, ...word } = this.#word();
    let { text, end } = word;
    while (lexer.is(".") && !lexer.fresh) {
      lexer.next();
      if (lexer.kind !== "word") break;
      const part = this.#word();
      text += `.${part.text}`;
      end = part.end;
    }
    if (!lexer.is("(") || lexer.fresh) return { kind: "word", text, start, end };
    const args = this.#arguments(depth + 1);
    return { kind: "call", name: text, args, start, end };
  }

  #array(depth: number): Expression {
    const lexer = this.#lexer;
    const { start, end } = lexer;
    const items: Expression[] = [];
    lexer.next();
    while (!lexer.is("]")) {
      if (this.#unclosed()) {
        lexer.tell({ start, end, code: "text.unclosed", what: "The list in brackets", from: start });
        return { kind: "array", items, start, end };
      }
      items.push(this.#expression(depth + 1));
      if (!this.#comma("]")) return { kind: "array", items, start, end };
    }
    const last = lexer.end;
    lexer.next();
    return { kind: "array", items, start, end: last };
  }
}

type Value = Enumeration["values"][number];
type Pair = Settings["pairs"][number];

export function parsePrisma(text: string, tell: Tell): PrismaFile {
  const parser = new Parser(text, tell);
  parser.file();
  const { models, enums, settings } = parser;
  return { models, enums, settings };
}
