/** Writes an expression as a dialect says it; null where it cannot be certain to mean the same. */
import type { Equivalents, Quoter } from "../../dialects/dialect.ts";
import { type Family, familyOf, type Field, type Operator, type Tree } from "./tree.ts";

export interface Writing {
  readonly quote: Quoter;
  readonly words: Pick<Equivalents, "calls" | "joins" | "strict" | "truths">;
  /** How a column is written, its quotes included, and what family its values are of there. */
  readonly field: (field: Field) => { readonly text: string; readonly family: Family };
}

/** Leaves the writer from anywhere in it; caught where writing began, and nowhere else. */
class Unsayable extends Error {}
const cannot = (): never => {
  throw new Unsayable();
};

export function writeExpression(tree: Tree, writing: Writing, truth = false): string | null {
  try {
    const writer = new Writer(writing);
    return truth ? writer.truth(tree, 0) : writer.text(tree, 0);
  } catch (error) {
    if (error instanceof Unsayable) return null;
    throw error;
  }
}

/** How tightly an operator binds; what binds less stands in parentheses. */
const BINDS: Readonly<Record<string, number>> = { or: 1, and: 2, not: 3, "||": 6, "+": 7, "-": 7, "*": 8, "%": 8 };
const COMPARES = 4;
const binds = (op: Operator): number => BINDS[op] ?? COMPARES;

/** Letters in a pattern: some engines tell capitals from small letters in LIKE, some do not. */
const CASED = /\p{L}/u;

class Writer {
  readonly #to: Writing;

  constructor(to: Writing) {
    this.#to = to;
  }

  #family(tree: Tree): Family {
    return tree.kind === "field" ? this.#to.field(tree.field).family : familyOf(tree);
  }

  /** An expression that is true or false. */
  truth(tree: Tree, around: number): string {
    const family = this.#family(tree);
    if (family === "truth" || (tree.kind === "null" && !this.#to.words.strict)) return this.text(tree, around);
    if (this.#to.words.strict || tree.kind === "string") return cannot();
    return this.text(tree, around);
  }

  text(tree: Tree, around: number): string {
    const { quote, words } = this.#to;
    switch (tree.kind) {
      case "null":
        return "NULL";
      case "boolean":
        return words.truths[tree.value ? 0 : 1];
      case "number":
        return tree.text;
      case "string":
        return quote.literal(tree.text);
      case "bits":
        return words.strict ? `B'${tree.text}'` : `b'${tree.text}'`;
      case "field":
        return this.#to.field(tree.field).text;
      case "value":
        return words.calls[tree.name]?.[0] ?? cannot();
      case "call":
        return this.#call(tree.name, tree.args);
      case "minus":
        return `-${this.text(tree.of, 9)}`;
      case "not":
        return this.#wrap(`NOT ${this.truth(tree.of, 3)}`, 3, around);
      case "is":
        return this.#wrap(`${this.#tested(tree)} IS ${tree.not ? "NOT " : ""}${tree.what.toUpperCase()}`, COMPARES, around);
      case "binary":
        return this.#binary(tree, around);
      case "in": {
        for (const item of tree.list) this.#compare(tree.of, item);
        const list = tree.list.map((item) => this.#beside(item, tree.of)).join(", ");
        return this.#wrap(`${this.text(tree.of, 5)} ${tree.not ? "NOT " : ""}IN (${list})`, COMPARES, around);
      }
      case "between": {
        const [low, high] = [tree.low, tree.high].map((end) => {
          this.#compare(tree.of, end);
          return this.text(end, 5);
        });
        const not = tree.not ? "NOT " : "";
        return this.#wrap(`${this.text(tree.of, 5)} ${not}BETWEEN ${low ?? ""} AND ${high ?? ""}`, COMPARES, around);
      }
      case "case":
        return this.#case(tree);
    }
  }

  #case({ whens, otherwise }: Extract<Tree, { kind: "case" }>): string {
    const all = [...whens.map(({ then }) => then), ...(otherwise ? [otherwise] : [])];
    const [head] = all;
    for (const item of all) if (head) this.#compare(head, item);
    const parts = whens.map(({ when, then }) => `WHEN ${this.truth(when, 0)} THEN ${this.text(then, 0)}`);
    return `CASE ${parts.join(" ")}${otherwise ? ` ELSE ${this.text(otherwise, 0)}` : ""} END`;
  }

  #wrap(text: string, binding: number, around: number): string {
    return binding <= around ? `(${text})` : text;
  }

  #tested({ of, what }: Extract<Tree, { kind: "is" }>): string {
    return what === "null" ? this.text(of, 5) : this.truth(of, 5);
  }

  #call(name: string, args: readonly Tree[]): string {
    const { words } = this.#to;
    if (name === "concat" && words.joins) return this.#joined(args);
    const called = words.calls[name]?.[0] ?? cannot();
    const [first, ...others] = args;
    if (first && /^(coalesce|nullif|greatest|least)$/.test(name)) for (const other of others) this.#compare(first, other);
    const text = /^(lower|upper|length|bytes|trim|ltrim|rtrim|substring|replace)$/.test(name);
    if (first && text) this.#want(first, "text");
    if (first && /^(abs|round)$/.test(name)) this.#want(first, "number");
    return `${called}(${args.map((arg) => this.text(arg, 0)).join(", ")})`;
  }

  /** `concat` is NULL where one part is, as `||` is. */
  #joined(args: readonly Tree[]): string {
    for (const arg of args) this.#want(arg, "text");
    return `(${args.map((arg) => this.text(arg, 6)).join(" || ")})`;
  }

  #want(tree: Tree, wanted: Family): void {
    const family = this.#family(tree);
    if (this.#to.words.strict && family !== wanted && family !== "any") cannot();
  }

  #binary({ op, left, right }: Extract<Tree, { kind: "binary" }>, around: number): string {
    if (op === "and" || op === "or") {
      const text = `${this.truth(left, binds(op) - 0.5)} ${op.toUpperCase()} ${this.truth(right, binds(op) - 0.5)}`;
      return this.#wrap(text, binds(op), around);
    }
    if (op === "||") {
      if (!this.#to.words.joins) return this.#call("concat", flat(left, right));
      for (const side of [left, right]) this.#want(side, "text");
    } else if (op === "like") {
      if (right.kind !== "string" || CASED.test(right.text)) cannot();
      this.#want(left, "text");
    } else if (/^[-+*%]$/.test(op)) for (const side of [left, right]) this.#arithmetic(side);
    else {
      this.#compare(left, right);
      const text = `${this.#beside(left, right)} ${op} ${this.#beside(right, left)}`;
      return this.#wrap(text, COMPARES, around);
    }
    const word = op === "like" ? "LIKE" : op;
    return this.#wrap(`${this.text(left, binds(op) - 0.5)} ${word} ${this.text(right, binds(op))}`, binds(op), around);
  }

  /** Sums of times are another thing in every dialect. */
  #arithmetic(tree: Tree): void {
    if (this.#family(tree) !== "number") cannot();
  }

  /** A value as it is written where it is compared: 0 and 1 are false and true beside a truth value. */
  #beside(tree: Tree, other: Tree): string {
    if (this.#family(other) === "truth" && tree.kind === "number" && /^[01]$/.test(tree.text))
      return this.#to.words.truths[tree.text === "1" ? 0 : 1];
    return this.text(tree, 5);
  }

  #compare(left: Tree, right: Tree): void {
    if (!this.#to.words.strict) return;
    const [a, b] = [this.#family(left), this.#family(right)];
    const truth = (family: Family, tree: Tree): boolean =>
      family === "truth" && tree.kind === "number" && /^[01]$/.test(tree.text);
    if (truth(a, right) || truth(b, left)) return;
    if (!this.#suits(left, b) || !this.#suits(right, a)) cannot();
    if (a !== b && a !== "any" && b !== "any") cannot();
  }

  /** A string beside a number or a time must be one. */
  #suits(tree: Tree, beside: Family): boolean {
    if (tree.kind !== "string") return true;
    if (beside === "number") return /^-?\d+(\.\d+)?$/.test(tree.text);
    if (beside === "moment") return isMoment(tree.text);
    return beside === "text" || beside === "any";
  }
}

/** The parts of a chain of `||`, from left to right. */
function flat(left: Tree, right: Tree): readonly Tree[] {
  const head = left.kind === "binary" && left.op === "||" ? flat(left.left, left.right) : [left];
  return [...head, ...(right.kind === "binary" && right.op === "||" ? flat(right.left, right.right) : [right])];
}

/** A date or time that every engine reads as the same one. */
export const isMoment = (text: string): boolean =>
  /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?$/.test(text) ||
  /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(text);
