/**
 * Reads an expression as far as it is certain what it means; null for anything else. The same grammar reads all dialects: what
 * only one of them says (`::`, `= ANY (ARRAY[...])`, backticks) means nothing else in another.
 */
import type { Equivalents, Texts } from "../../dialects/dialect.ts";
import { fits, VALUES } from "./calls.ts";
import { Cursor, Uncertain, unsure } from "./cursor.ts";
import { readLiteral } from "./literal.ts";
import type { Comparison, Field, Operator, Tree } from "./tree.ts";

/** What an expression is read with. */
export interface Reading {
  readonly texts: Texts;
  readonly words: Pick<Equivalents, "calls" | "joins" | "backslashes">;
  /** The column of a name, as the engine compares names; `of` is what stands before it. Null when there is none, or two. */
  readonly field: (of: string | null, name: string) => Field | null;
  /** Is a cast to this type one that changes no value of these? */
  readonly castKeeps: (type: string, of: Tree) => boolean;
}

/** Deeper or longer than this nobody writes by hand, and a stack has an end. */
const DEEPEST = 60;
const LONGEST = 2000;

const COMPARED: readonly string[] = ["<=", ">=", "<>", "!=", "=", "<", ">"];
const MOST_BOUND: readonly (readonly string[])[] = [["or"], ["and"]];

export function readExpression(text: string, reading: Reading): Tree | null {
  try {
    const reader = new Reader(text, reading);
    const tree = reader.tooLong ? null : reader.any(0);
    return reader.done ? tree : null;
  } catch (error) {
    if (error instanceof Uncertain) return null;
    throw error;
  }
}

class Reader {
  readonly #cursor: Cursor;
  readonly #reading: Reading;
  /** Names of no dialect by what functions and values are called here. */
  readonly #calls = new Map<string, string>();

  constructor(text: string, reading: Reading) {
    this.#cursor = new Cursor(text, reading.texts.tokens(text));
    this.#reading = reading;
    for (const [name, called] of Object.entries(reading.words.calls))
      for (const word of called) this.#calls.set(word.toLowerCase(), name);
  }

  get done(): boolean {
    return this.#cursor.done;
  }

  get tooLong(): boolean {
    return this.#cursor.length > LONGEST;
  }

  any(depth: number, level = 0): Tree {
    if (depth > DEEPEST) return unsure();
    const words = MOST_BOUND[level];
    if (!words) return this.#negated(depth);
    let left = this.any(depth + 1, level + 1);
    for (let word = this.#joint(words); word !== null; word = this.#joint(words))
      left = { kind: "binary", op: word, left, right: this.any(depth + 1, level + 1) };
    return left;
  }

  #joint(words: readonly string[]): Operator | null {
    const word = words.find((one) => this.#cursor.word() === one);
    if (word === undefined) return null;
    this.#cursor.at += 1;
    return word as Operator;
  }

  #negated(depth: number): Tree {
    if (this.#cursor.skip("not")) return { kind: "not", of: this.#negated(depth + 1) };
    return this.#compared(depth);
  }

  #compared(depth: number): Tree {
    let left = this.#sum(depth);
    for (let next = this.#test(left, depth); next !== null; next = this.#test(left, depth)) left = next;
    return left;
  }

  #test(of: Tree, depth: number): Tree | null {
    if (this.#cursor.skip("is")) {
      const not = this.#cursor.skip("not");
      const what = (["null", "true", "false"] as const).find((word) => this.#cursor.skip(word));
      return { kind: "is", of, not, what: what ?? unsure() };
    }
    const not =
      this.#cursor.word(1) !== "" && this.#cursor.word() === "not" && ["in", "between", "like"].includes(this.#cursor.word(1));
    if (not) this.#cursor.at += 1;
    if (this.#cursor.skip("in")) return { kind: "in", of, not, list: this.#list(depth) };
    if (this.#cursor.skip("between")) {
      const low = this.#sum(depth + 1);
      this.#cursor.want("and");
      return { kind: "between", of, not, low, high: this.#sum(depth + 1) };
    }
    const like = this.#cursor.skip("like") || this.#cursor.skip("~", "~");
    if (like) {
      const found: Tree = { kind: "binary", op: "like", left: of, right: this.#sum(depth + 1) };
      return not ? { kind: "not", of: found } : found;
    }
    return this.#comparison(of, depth);
  }

  #comparison(of: Tree, depth: number): Tree | null {
    const found = COMPARED.find((symbols) => this.#cursor.is(...symbols));
    if (found === undefined) return null;
    this.#cursor.at += found.length;
    if (this.#cursor.word() === ">" || this.#cursor.word() === "=") return unsure();
    const op = (found === "!=" ? "<>" : found) as Comparison;
    const many = this.#cursor.word() === "any" || this.#cursor.word() === "all" ? this.#cursor.word() : null;
    if (many === null) return { kind: "binary", op, left: of, right: this.#sum(depth + 1) };
    if (!(many === "any" ? op === "=" : op === "<>")) return unsure();
    this.#cursor.at += 1;
    this.#cursor.want("(");
    const list = this.#array(depth + 1);
    this.#cursor.want(")");
    return { kind: "in", of, not: many === "all", list };
  }

  /** `ARRAY['a'::text, 'b'::text]`, in parentheses and with a cast where PostgreSQL prints them. */
  #array(depth: number): readonly Tree[] {
    if (depth > DEEPEST) return unsure();
    if (this.#cursor.skip("(")) {
      const list = this.#array(depth + 1);
      this.#cursor.want(")");
      this.#cursor.cast();
      return list;
    }
    this.#cursor.want("array", "[");
    const list: Tree[] = [];
    do list.push(this.any(depth + 1));
    while (this.#cursor.skip(","));
    this.#cursor.want("]");
    this.#cursor.cast();
    return list;
  }

  #list(depth: number): readonly Tree[] {
    this.#cursor.want("(");
    const list: Tree[] = [];
    if (this.#cursor.word() === "select") return unsure();
    do list.push(this.any(depth + 1));
    while (this.#cursor.skip(","));
    this.#cursor.want(")");
    return list;
  }

  #sum(depth: number): Tree {
    let left = this.#product(depth);
    for (;;) {
      const joined = this.#cursor.is("|", "|");
      const op = joined ? "||" : (["+", "-"] as const).find((symbol) => this.#cursor.word() === symbol);
      if (op === undefined) return left;
      if (joined && !this.#reading.words.joins) return unsure();
      this.#cursor.at += joined ? 2 : 1;
      left = { kind: "binary", op, left, right: this.#product(depth + 1) };
    }
  }

  #product(depth: number): Tree {
    let left = this.#single(depth);
    for (;;) {
      const op = (["*", "%"] as const).find((symbol) => this.#cursor.word() === symbol);
      if (op === undefined) return left;
      this.#cursor.at += 1;
      left = { kind: "binary", op, left, right: this.#single(depth + 1) };
    }
  }

  /** One value with the casts behind it. */
  #single(depth: number): Tree {
    if (depth > DEEPEST) return unsure();
    if (this.#cursor.skip("+")) return this.#single(depth + 1);
    const of = this.#cursor.skip("-") ? this.#minus(depth) : this.#value(depth);
    return this.#casts(of);
  }

  #minus(depth: number): Tree {
    const of = this.#value(depth + 1);
    return of.kind === "number" && !of.text.startsWith("-") ? { kind: "number", text: `-${of.text}` } : { kind: "minus", of };
  }

  #casts(of: Tree): Tree {
    for (let type = this.#cursor.cast(); type !== null; type = this.#cursor.cast())
      if (!this.#reading.castKeeps(type, of)) unsure();
    return of;
  }

  #value(depth: number): Tree {
    const token = this.#cursor.token;
    if (!token) return unsure();
    if (this.#cursor.skip("(")) {
      const inside = this.any(depth + 1);
      this.#cursor.want(")");
      return inside;
    }
    const literal = readLiteral(this.#cursor, token, this.#reading.words.backslashes);
    if (literal) return literal;
    if (token.key === null) return unsure();
    if (this.#cursor.word() === "case") return this.#case(depth);
    if (this.#cursor.word() === "cast") return this.#castCall(depth);
    return this.#named(token.key, depth);
  }

  #case(depth: number): Tree {
    this.#cursor.at += 1;
    const whens: { readonly when: Tree; readonly then: Tree }[] = [];
    if (this.#cursor.word() !== "when") return unsure();
    while (this.#cursor.skip("when")) {
      const when = this.any(depth + 1);
      this.#cursor.want("then");
      whens.push({ when, then: this.any(depth + 1) });
    }
    const otherwise = this.#cursor.skip("else") ? this.any(depth + 1) : null;
    this.#cursor.want("end");
    return { kind: "case", whens, otherwise };
  }

  #castCall(depth: number): Tree {
    this.#cursor.at += 1;
    this.#cursor.want("(");
    const of = this.any(depth + 1);
    this.#cursor.want("as");
    const type = this.#cursor.type();
    this.#cursor.want(")");
    return this.#reading.castKeeps(type, of) ? of : unsure();
  }

  /** A column, a function, or a value that stands for itself. */
  #named(key: string, depth: number): Tree {
    const word = this.#cursor.word();
    this.#cursor.at += 1;
    if (this.#cursor.skip("(")) return this.#call(word === "" ? key.toLowerCase() : word, depth);
    if (this.#cursor.word() === "." && this.#cursor.ahead(1)?.key !== null && this.#cursor.word(2) !== "(") {
      const name = this.#cursor.ahead(1)?.key ?? "";
      this.#cursor.at += 2;
      return this.#field(key, name);
    }
    const field = this.#reading.field(null, key);
    if (field) return { kind: "field", field };
    const value = word === "" ? undefined : this.#calls.get(word);
    return value === undefined || !VALUES.has(value) ? unsure() : { kind: "value", name: value };
  }

  #field(of: string, name: string): Tree {
    const field = this.#reading.field(of, name) ?? unsure();
    return { kind: "field", field };
  }

  /** After the opening parenthesis. */
  #call(called: string, depth: number): Tree {
    const args: Tree[] = [];
    if (!this.#cursor.skip(")")) {
      do args.push(this.any(depth + 1));
      while (this.#cursor.skip(","));
      this.#cursor.want(")");
    }
    const empty = this.#calls.get(`${called}()`) ?? this.#calls.get(called);
    const digits = args.length === 1 && args[0]?.kind === "number";
    if (empty !== undefined && VALUES.has(empty) && (args.length === 0 || digits)) return { kind: "value", name: empty };
    const name = this.#calls.get(called);
    if (name === undefined || VALUES.has(name) || args.length === 0) return unsure();
    return fits(name, args.length) ? { kind: "call", name, args } : unsure();
  }
}
