/** The syntax of a Prisma schema. A fault is told and its line passed over; a word that begins a block ends one that is left open. */
import type { Tell } from "../../kit/faults.ts";
import type { Attribute, Enumeration, Field, Model, PrismaFile, Settings, Word } from "./ast.ts";
import { Lexer } from "./lexer.ts";
import { type Block, BLOCKS, Place } from "./place.ts";
import { Values } from "./values.ts";

class Parser {
  readonly models: Model[] = [];
  readonly enums: Enumeration[] = [];
  readonly settings: Settings[] = [];
  readonly #lexer: Lexer;
  readonly #place: Place;
  readonly #values: Values;
  /** `///` lines that wait for what they speak of. */
  #comment: string[] = [];

  constructor(text: string, tell: Tell) {
    this.#lexer = new Lexer(text, tell);
    this.#place = new Place(this.#lexer);
    this.#values = new Values(this.#place);
  }

  file(): void {
    const lexer = this.#lexer;
    while (lexer.kind !== "end") {
      if (lexer.kind === "doc") this.#doc();
      else if (lexer.kind === "word" && BLOCKS.has(lexer.value)) this.#block(lexer.value as Block);
      else {
        this.#place.expected("model, enum, datasource, generator, type or view");
        if (lexer.kind === "word" && this.#place.opens()) this.#skip();
        else this.#place.line();
      }
    }
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

  #block(kind: Block): void {
    const lexer = this.#lexer;
    const { start } = lexer;
    const comment = this.#spoken();
    lexer.next();
    if (lexer.kind !== "word" || lexer.fresh) {
      this.#place.expected(`A name after ${kind}`);
      if (!lexer.is("{")) return;
    }
    const name = lexer.kind === "word" ? this.#place.word() : { text: "", start, end: start };
    if (!lexer.is("{")) {
      this.#place.expected(`{ after ${name.text}`);
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
      if (lexer.kind === "end" || this.#place.another()) {
        const { start: at, end } = lexer;
        lexer.tell({ start: at, end, code: "text.unclosed", what: "The block", from: start });
        return made;
      }
      if (lexer.kind === "doc") this.#doc();
      else if (lexer.is("@@")) {
        const attribute = this.#values.attribute();
        if (attribute) made.attributes.push(attribute);
        this.#lineEnd();
      } else if (lexer.kind !== "word") {
        this.#place.expected("A name, @@ or }");
        this.#place.line();
      } else if (kind === "enum") made.values.push(this.#value());
      else if (kind === "datasource" || kind === "generator") this.#pair(made.pairs);
      else made.fields.push(this.#field());
    }
  }

  /** Past a block of a kind that there is not. */
  #skip(): void {
    const lexer = this.#lexer;
    do lexer.next();
    while (lexer.kind !== "end" && !lexer.is("}") && !this.#place.another());
    if (lexer.is("}")) lexer.next();
  }

  /** What else stands in a line that is over. */
  #lineEnd(): void {
    const lexer = this.#lexer;
    if (lexer.fresh || lexer.kind === "end" || lexer.is("}") || lexer.kind === "doc") return;
    this.#place.expected("The end of the line");
    this.#place.line();
  }

  #value(): Value {
    const name = this.#place.word();
    this.#comment = [];
    const attributes = this.#values.attributes();
    if (this.#lexer.kind === "doc" && !this.#lexer.fresh) this.#lexer.next();
    this.#lineEnd();
    return { name, attributes };
  }

  #pair(pairs: Pair[]): void {
    const name = this.#place.word();
    if (!this.#lexer.is("=")) {
      this.#place.expected(`= after ${name.text}`);
      this.#place.line();
      return;
    }
    this.#lexer.next();
    pairs.push({ name, value: this.#values.expression() });
    this.#lineEnd();
  }

  #field(): Field {
    const lexer = this.#lexer;
    const name = this.#place.word();
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
          this.#place.expected("]");
          break;
        }
      }
    }
    const attributes = this.#values.attributes();
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
    const word = this.#place.word();
    if (word.text !== "Unsupported" || !lexer.is("(")) return { ...word, unsupported: false };
    const [first] = this.#values.arguments();
    const text = first?.value.kind === "string" ? first.value.text : "";
    if (first?.value.kind !== "string")
      lexer.tell({ start: word.start, end: word.end, code: "text.value", name: "Unsupported", wanted: "a type in quotes" });
    return { ...word, text, unsupported: true };
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
