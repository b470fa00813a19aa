/**
 * Reads an expression as far as it is certain what it means; null for anything else. The same grammar reads all dialects: what
 * only one of them says (`::`, `= ANY (ARRAY[...])`, backticks) means nothing else in another.
 */
import type { Equivalents, NameToken, Texts } from "../../dialects/dialect.ts";
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

/** Leaves the reader from anywhere in it; caught where reading began, and nowhere else. */
class Uncertain extends Error {}

const unsure = (): never => {
  throw new Uncertain();
};

const ESCAPES: Readonly<Record<string, string>> = { 0: "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\u001a" };
const unescape = (text: string): string => text.replace(/\\([\s\S])/g, (_, c: string) => ESCAPES[c] ?? c);

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
  readonly #text: string;
  readonly #tokens: readonly NameToken[];
  readonly #reading: Reading;
  /** Names of no dialect by what functions and values are called here. */
  readonly #calls = new Map<string, string>();
  #at = 0;

  constructor(text: string, reading: Reading) {
    this.#text = text;
    this.#reading = reading;
    this.#tokens = reading.texts.tokens(text);
    for (const [name, called] of Object.entries(reading.words.calls))
      for (const word of called) this.#calls.set(word.toLowerCase(), name);
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get tooLong(): boolean {
    return this.#tokens.length > LONGEST;
  }

  #raw(by = 0): string {
    const token = this.#tokens[this.#at + by];
    return token ? this.#text.slice(token.start, token.end) : "";
  }

  #word(by = 0): string {
    return this.#tokens[this.#at + by]?.word ?? "";
  }

  /** Symbols that stand side by side, or words. */
  #is(...words: readonly string[]): boolean {
    return words.every((word, by) => this.#word(by) === word || this.#raw(by) === word);
  }

  #skip(...words: readonly string[]): boolean {
    if (!this.#is(...words)) return false;
    this.#at += words.length;
    return true;
  }

  #want(...words: readonly string[]): void {
    if (!this.#skip(...words)) unsure();
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
    const word = words.find((one) => this.#word() === one);
    if (word === undefined) return null;
    this.#at += 1;
    return word as Operator;
  }

  #negated(depth: number): Tree {
    if (this.#skip("not")) return { kind: "not", of: this.#negated(depth + 1) };
    return this.#compared(depth);
  }

  #compared(depth: number): Tree {
    let left = this.#sum(depth);
    for (let next = this.#test(left, depth); next !== null; next = this.#test(left, depth)) left = next;
    return left;
  }

  #test(of: Tree, depth: number): Tree | null {
    if (this.#skip("is")) {
      const not = this.#skip("not");
      const what = (["null", "true", "false"] as const).find((word) => this.#skip(word));
      return { kind: "is", of, not, what: what ?? unsure() };
    }
    const not = this.#word(1) !== "" && this.#word() === "not" && ["in", "between", "like"].includes(this.#word(1));
    if (not) this.#at += 1;
    if (this.#skip("in")) return { kind: "in", of, not, list: this.#list(depth) };
    if (this.#skip("between")) {
      const low = this.#sum(depth + 1);
      this.#want("and");
      return { kind: "between", of, not, low, high: this.#sum(depth + 1) };
    }
    const like = this.#skip("like") || this.#skip("~", "~");
    if (like) {
      const found: Tree = { kind: "binary", op: "like", left: of, right: this.#sum(depth + 1) };
      return not ? { kind: "not", of: found } : found;
    }
    return this.#comparison(of, depth);
  }

  #comparison(of: Tree, depth: number): Tree | null {
    const found = COMPARED.find((symbols) => this.#is(...symbols));
    if (found === undefined) return null;
    this.#at += found.length;
    if (this.#word() === ">" || this.#word() === "=") return unsure();
    const op = (found === "!=" ? "<>" : found) as Comparison;
    const many = this.#word() === "any" || this.#word() === "all" ? this.#word() : null;
    if (many === null) return { kind: "binary", op, left: of, right: this.#sum(depth + 1) };
    if (!(many === "any" ? op === "=" : op === "<>")) return unsure();
    this.#at += 1;
    this.#want("(");
    const list = this.#array(depth + 1);
    this.#want(")");
    return { kind: "in", of, not: many === "all", list };
  }

  /** `ARRAY['a'::text, 'b'::text]`, in parentheses and with a cast where PostgreSQL prints them. */
  #array(depth: number): readonly Tree[] {
    if (depth > DEEPEST) return unsure();
    if (this.#skip("(")) {
      const list = this.#array(depth + 1);
      this.#want(")");
      this.#cast();
      return list;
    }
    this.#want("array", "[");
    const list: Tree[] = [];
    do list.push(this.any(depth + 1));
    while (this.#skip(","));
    this.#want("]");
    this.#cast();
    return list;
  }

  #list(depth: number): readonly Tree[] {
    this.#want("(");
    const list: Tree[] = [];
    if (this.#word() === "select") return unsure();
    do list.push(this.any(depth + 1));
    while (this.#skip(","));
    this.#want(")");
    return list;
  }

  #sum(depth: number): Tree {
    let left = this.#product(depth);
    for (;;) {
      const joined = this.#is("|", "|");
      const op = joined ? "||" : (["+", "-"] as const).find((symbol) => this.#word() === symbol);
      if (op === undefined) return left;
      if (joined && !this.#reading.words.joins) return unsure();
      this.#at += joined ? 2 : 1;
      left = { kind: "binary", op, left, right: this.#product(depth + 1) };
    }
  }

  #product(depth: number): Tree {
    let left = this.#single(depth);
    for (;;) {
      const op = (["*", "%"] as const).find((symbol) => this.#word() === symbol);
      if (op === undefined) return left;
      this.#at += 1;
      left = { kind: "binary", op, left, right: this.#single(depth + 1) };
    }
  }

  /** One value with the casts behind it. */
  #single(depth: number): Tree {
    if (depth > DEEPEST) return unsure();
    if (this.#skip("+")) return this.#single(depth + 1);
    const of = this.#skip("-") ? this.#minus(depth) : this.#value(depth);
    return this.#casts(of);
  }

  #minus(depth: number): Tree {
    const of = this.#value(depth + 1);
    return of.kind === "number" && !of.text.startsWith("-") ? { kind: "number", text: `-${of.text}` } : { kind: "minus", of };
  }

  #casts(of: Tree): Tree {
    for (let type = this.#cast(); type !== null; type = this.#cast()) if (!this.#reading.castKeeps(type, of)) unsure();
    return of;
  }

  /** The type behind `::`. */
  #cast(): string | null {
    if (!this.#skip(":", ":")) return null;
    return this.#type();
  }

  #type(): string {
    const start = this.#tokens[this.#at]?.start ?? unsure();
    const isName = (by = 0): boolean => this.#tokens[this.#at + by]?.key !== null;
    if (!isName()) unsure();
    const [second] = [this.#word(1)];
    this.#at += 1;
    while (this.#word() === "." && isName(1)) this.#at += 2;
    if (second === "varying" || second === "precision") this.#at += 1;
    let end = this.#tokens[this.#at - 1]?.end ?? start;
    if (this.#skip("(")) {
      while (!this.done && this.#word() !== ")") this.#at += 1;
      end = this.#tokens[this.#at]?.end ?? end;
      this.#want(")");
    }
    const zone = ["with", "without"].find((word) => this.#is(word, "time", "zone"));
    if (zone !== undefined) {
      this.#at += 3;
      end = this.#tokens[this.#at - 1]?.end ?? end;
    }
    while (this.#skip("[", "]")) end = this.#tokens[this.#at - 1]?.end ?? end;
    return this.#text.slice(start, end);
  }

  #value(depth: number): Tree {
    const token = this.#tokens[this.#at];
    if (!token) return unsure();
    if (this.#skip("(")) {
      const inside = this.any(depth + 1);
      this.#want(")");
      return inside;
    }
    const literal = this.#literal(token);
    if (literal) return literal;
    if (token.key === null) return unsure();
    if (this.#word() === "case") return this.#case(depth);
    if (this.#word() === "cast") return this.#castCall(depth);
    return this.#named(token.key, depth);
  }

  #literal(token: NameToken): Tree | null {
    const raw = this.#raw();
    const { backslashes } = this.#reading.words;
    const pass = (tree: Tree): Tree => {
      this.#at += 1;
      return tree;
    };
    const plain = (text: string, mark: string): string => {
      const inner = text.slice(1, -1).replaceAll(mark + mark, mark);
      return backslashes ? unescape(inner) : inner;
    };
    if (token.word === "null") return pass({ kind: "null" });
    if (token.word === "true" || token.word === "false") return pass({ kind: "boolean", value: token.word === "true" });
    if (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(raw)) return pass({ kind: "number", text: raw });
    if (raw.startsWith("'") && raw.length > 1) return pass({ kind: "string", text: plain(raw, "'") });
    if (raw.startsWith('"') && token.key === null) return pass({ kind: "string", text: plain(raw, '"') });
    if (/^e'/i.test(raw)) return pass({ kind: "string", text: unescape(raw.slice(2, -1).replaceAll("''", "'")) });
    if (/^b'[01]*'$/i.test(raw)) return pass({ kind: "bits", text: raw.slice(2, -1) });
    if (/^n'/i.test(raw)) return pass({ kind: "string", text: plain(raw.slice(1), "'") });
    return this.#introduced(token);
  }

  /** `b'0'`, `_utf8mb4'x'` and `N'x'` where a word and a string stand side by side. */
  #introduced(token: NameToken): Tree | null {
    const next = this.#tokens[this.#at + 1];
    if (!next || next.start !== token.end || !this.#raw(1).startsWith("'")) return null;
    const inner = this.#raw(1).slice(1, -1);
    this.#at += 2;
    if (token.word === "b") return /^[01]*$/.test(inner) ? { kind: "bits", text: inner } : unsure();
    if (token.word !== "n" && !/^_(utf8(mb[34])?|latin1|ascii)$/.test(token.word)) return unsure();
    const text = inner.replaceAll("''", "'");
    return { kind: "string", text: this.#reading.words.backslashes ? unescape(text) : text };
  }

  #case(depth: number): Tree {
    this.#at += 1;
    const whens: { readonly when: Tree; readonly then: Tree }[] = [];
    if (this.#word() !== "when") return unsure();
    while (this.#skip("when")) {
      const when = this.any(depth + 1);
      this.#want("then");
      whens.push({ when, then: this.any(depth + 1) });
    }
    const otherwise = this.#skip("else") ? this.any(depth + 1) : null;
    this.#want("end");
    return { kind: "case", whens, otherwise };
  }

  #castCall(depth: number): Tree {
    this.#at += 1;
    this.#want("(");
    const of = this.any(depth + 1);
    this.#want("as");
    const type = this.#type();
    this.#want(")");
    return this.#reading.castKeeps(type, of) ? of : unsure();
  }

  /** A column, a function, or a value that stands for itself. */
  #named(key: string, depth: number): Tree {
    const word = this.#word();
    this.#at += 1;
    if (this.#skip("(")) return this.#call(word === "" ? key.toLowerCase() : word, depth);
    if (this.#word() === "." && this.#tokens[this.#at + 1]?.key !== null && this.#word(2) !== "(") {
      const name = this.#tokens[this.#at + 1]?.key ?? "";
      this.#at += 2;
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
    if (!this.#skip(")")) {
      do args.push(this.any(depth + 1));
      while (this.#skip(","));
      this.#want(")");
    }
    const empty = this.#calls.get(`${called}()`) ?? this.#calls.get(called);
    const digits = args.length === 1 && args[0]?.kind === "number";
    if (empty !== undefined && VALUES.has(empty) && (args.length === 0 || digits)) return { kind: "value", name: empty };
    const name = this.#calls.get(called);
    if (name === undefined || VALUES.has(name) || args.length === 0) return unsure();
    return fits(name, args.length) ? { kind: "call", name, args } : unsure();
  }
}

/** Names of values that are no functions of anything. */
const VALUES: ReadonlySet<string> = new Set(["now", "today", "clock", "uuid"]);

/** How many arguments a function has everywhere, at least and at most; one unless said. */
const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  coalesce: [1, 99],
  nullif: [2, 2],
  round: [1, 1],
  substring: [2, 3],
  replace: [3, 3],
  greatest: [2, 99],
  least: [2, 99],
  concat: [1, 99],
};

function fits(name: string, count: number): boolean {
  const [least, most] = ARITY[name] ?? [1, 1];
  return count >= least && count <= most;
}
