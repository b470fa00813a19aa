/** The text of a diagram as what it says. A statement that cannot be read is told and passed over. */
import type { Tell } from "../../kit/faults.ts";
import { decoded } from "../words.ts";
import type { Attribute, Cardinality, Diagram, Entity, Name, Relation } from "./ast.ts";

const GAP = /[ \t\r]*/y;
const SPACE = /[\s;]*/y;
const LINE = /[^\n]*/y;
/** The rest of an attribute's line. What opens nothing is passed over. */
const ROW = /[^\n}]+|[^\n}]?/y;
const COMMENT = /%%[^\n]*/y;
const NAME = /"[^"\n]*"|[\w.*\-\u0080-\uFFFF]+/y;
const ALIAS = /\[([^\]\n]*)\]/y;
const CLASS = /:::[\w,\- ]*[\w-]/y;
const LOOKS = /(?:direction|style|classDef|class|accTitle|title|linkStyle|click)\b(?![ \t]*(?:[{|}]|\[|$|o[|{]))[^\n]*/iy;
const DESCRIPTION = /accDescr\b[ \t]*(?::[^\n]*|\{[^}]*\}?)/iy;
const GROUP = /subgraph\b[^\n]*/iy;
const GROUP_END = /end\b[ \t]*\r?(?=\n|;|$)/iy;
const CARD =
  /\|\||[|}]o|o[|{]|\}\||\|\{|one or zero|zero or one|one or more|one or many|zero or more|zero or many|only one|many\([01]\)|1\+|0\+|(?:many|one|1)(?!\w)/iy;
const LINK = /--|\.\.|\.-|-\.|optionally to\b|to\b/iy;
const BARE_WORD = /[*\w\u0080-\uFFFF][^\s"`{}(]*(?:\([^()\n"`{}]*\)[^\s"`{}(]*)*/y;
const TICKED = /`([^`]+)`/y;
const KEYS = /[PFU]K\b(?:[ \t]*,[ \t]*[PFU]K\b)*/iy;
const TEXT = /"([^"]*)"/y;

function cardinalityOf(sign: string): Cardinality {
  const plain = sign.toLowerCase();
  if (["||", "one", "only one", "1"].includes(plain)) return "one";
  if (["|o", "o|", "zero or one", "one or zero"].includes(plain)) return "zero or one";
  return ["}|", "|{", "one or more", "one or many", "1+", "many(1)"].includes(plain) ? "one or more" : "zero or more";
}

export class Parser {
  readonly #text: string;
  readonly #tell: Tell;
  readonly #entities: Entity[] = [];
  readonly #relations: Relation[] = [];
  #at: number;
  #looks = 0;
  #groups = 0;

  /** `text` ends where the diagram does; `start`: behind the word that begins it. */
  constructor(text: string, start: number, tell: Tell) {
    this.#text = text;
    this.#at = start;
    this.#tell = tell;
  }

  diagram(): Diagram {
    for (;;) {
      this.#take(SPACE);
      if (this.#at >= this.#text.length) break;
      this.#statement();
    }
    return { entities: this.#entities, relations: this.#relations, looks: this.#looks, groups: this.#groups };
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found;
  }

  #sign(sign: string): boolean {
    this.#take(GAP);
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }

  /** Tells what should be here, and goes to the end of the line; of an attribute, no further than the bracket that ends the entity. */
  #fail(what: string, rest: RegExp = LINE): void {
    const start = this.#at;
    const shown = (this.#take(rest)?.[0] ?? "").trim();
    const next = this.#text[this.#at];
    const found = shown.slice(0, 40) || (next === undefined ? "the end of the text" : next === "}" ? "}" : "the end of the line");
    this.#tell({
      start,
      end: Math.min(start + Math.max(1, shown.length), this.#text.length),
      code: "text.expected",
      what,
      found,
    });
  }

  #statement(): void {
    if (this.#take(COMMENT)) return;
    if (this.#take(LOOKS) || this.#take(DESCRIPTION)) {
      this.#looks += 1;
      return;
    }
    if (this.#take(GROUP)) {
      this.#groups += 1;
      return;
    }
    if (this.#take(GROUP_END)) return;
    const name = this.#name();
    if (!name) {
      this.#fail("The name of an entity");
      return;
    }
    this.#take(GAP);
    const alias = this.#take(ALIAS)?.[1] ?? null;
    this.#take(GAP);
    this.#take(CLASS);
    const open = this.#at;
    if (this.#sign("{")) this.#entity(name, alias, this.#attributes(open));
    else if (this.#text[this.#at] === "\n" || this.#at >= this.#text.length || this.#text[this.#at] === ";")
      this.#entity(name, alias, []);
    else this.#relation(name, alias);
  }

  #name(): Name | null {
    this.#take(GAP);
    const start = this.#at;
    const found = this.#take(NAME)?.[0];
    return found === undefined ? null : { written: found.replace(/^"|"$/g, ""), start, end: this.#at };
  }

  #entity(name: Name, alias: string | null, attributes: readonly Attribute[]): void {
    this.#entities.push({ ...name, alias: alias === null ? null : alias.trim().replace(/^"|"$/g, "") || null, attributes });
  }

  #relation(left: Name, alias: string | null): void {
    if (alias !== null) this.#entity(left, alias, []);
    const leftSign = this.#take(CARD)?.[0];
    this.#take(GAP);
    const link = leftSign === undefined ? null : this.#take(LINK);
    this.#take(GAP);
    const rightSign = link && this.#take(CARD)?.[0];
    if (leftSign === undefined || !rightSign) {
      this.#fail(leftSign === undefined ? "A relation such as ||--o{, or {" : link ? "A cardinality such as o{" : "-- or ..");
      return;
    }
    const right = this.#name();
    if (!right) {
      this.#fail("The name of an entity");
      return;
    }
    const { end } = right;
    this.#take(GAP);
    const other = this.#take(ALIAS)?.[1];
    if (other !== undefined) this.#entity(right, other, []);
    this.#take(GAP);
    this.#take(CLASS);
    let label = "";
    if (this.#sign(":")) {
      this.#take(GAP);
      label = this.#take(TEXT)?.[1] ?? (this.#take(LINE)?.[0] ?? "").trim();
    } else this.#fail("A colon and what the relation is called");
    const cards = { leftCard: cardinalityOf(leftSign), rightCard: cardinalityOf(rightSign) };
    this.#relations.push({ left, right, ...cards, label, start: left.start, end });
  }

  #attributes(open: number): Attribute[] {
    const found: Attribute[] = [];
    for (;;) {
      this.#take(SPACE);
      if (this.#at >= this.#text.length) {
        this.#tell({ start: this.#at, end: this.#at, code: "text.unclosed", what: "The entity", from: open });
        return found;
      }
      if (this.#sign("}")) return found;
      if (this.#take(COMMENT)) continue;
      const attribute = this.#attribute();
      if (attribute) found.push(attribute);
    }
  }

  #word(): string | null {
    this.#take(GAP);
    const ticked = this.#take(TICKED)?.[1];
    return ticked === undefined ? (this.#take(BARE_WORD)?.[0] ?? null) : decoded(ticked);
  }

  #attribute(): Attribute | null {
    const start = this.#at;
    const type = this.#word();
    if (type === null) {
      this.#fail("A type and a name", ROW);
      return null;
    }
    this.#take(GAP);
    const marked = this.#text[this.#at] !== "`" && this.#text[this.#at - 1] !== "`" && type.endsWith("?");
    const from = this.#at;
    const name = this.#take(KEYS) ? null : this.#word();
    if (name === null) {
      this.#at = from;
      this.#fail(`A name after ${type}`, ROW);
      return null;
    }
    const end = this.#at;
    this.#take(GAP);
    const keys = (this.#take(KEYS)?.[0] ?? "")
      .toUpperCase()
      .split(",")
      .map((key) => key.trim())
      .filter((key) => key !== "");
    this.#take(GAP);
    const comment = this.#take(TEXT)?.[1];
    return {
      ...{ type: marked ? type.slice(0, -1) : type, name, keys, optional: marked, start, end },
      comment: comment === undefined ? null : decoded(comment) || null,
    };
  }
}
