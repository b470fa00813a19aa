/** Expressions of SQL by what they mean, as far as every dialect means the same by them. */

export type Family = "number" | "text" | "truth" | "moment" | "bytes" | "other" | "any";

/** A column that an expression may name. */
export interface Field {
  readonly id: string;
  readonly name: string;
  /** What is before the name where there are several relations. */
  readonly of: string | null;
  readonly family: Family;
}

export type Comparison = "=" | "<>" | "<" | ">" | "<=" | ">=";
export type Operator = "and" | "or" | Comparison | "+" | "-" | "*" | "%" | "||" | "like";

export type Tree =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number" | "string" | "bits"; readonly text: string }
  | { readonly kind: "field"; readonly field: Field }
  /** A value that is not the same each time, by its name of no dialect. */
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Tree[] }
  | { readonly kind: "minus" | "not"; readonly of: Tree }
  | { readonly kind: "binary"; readonly op: Operator; readonly left: Tree; readonly right: Tree }
  | { readonly kind: "is"; readonly of: Tree; readonly not: boolean; readonly what: "null" | "true" | "false" }
  | { readonly kind: "in"; readonly of: Tree; readonly not: boolean; readonly list: readonly Tree[] }
  | { readonly kind: "between"; readonly of: Tree; readonly not: boolean; readonly low: Tree; readonly high: Tree }
  | {
      readonly kind: "case";
      readonly whens: readonly { readonly when: Tree; readonly then: Tree }[];
      readonly otherwise: Tree | null;
    };

const TEXTS = new Set(["lower", "upper", "trim", "ltrim", "rtrim", "substring", "replace", "concat"]);
const NUMBERS = new Set(["length", "bytes", "abs", "round"]);

function first(trees: readonly Tree[]): Family {
  return trees.map(familyOf).find((family) => family !== "any") ?? "any";
}

/** Which values an expression has. */
export function familyOf(tree: Tree): Family {
  switch (tree.kind) {
    case "null":
    case "string":
      return "any";
    case "number":
    case "minus":
      return "number";
    case "bits":
      return "other";
    case "field":
      return tree.field.family;
    case "value":
      return tree.name === "uuid" ? "other" : "moment";
    case "call":
      return TEXTS.has(tree.name) ? "text" : NUMBERS.has(tree.name) ? "number" : first(tree.args);
    case "binary":
      return tree.op === "||" ? "text" : /^[-+*%]$/.test(tree.op) ? "number" : "truth";
    case "case":
      return first([...tree.whens.map(({ then }) => then), ...(tree.otherwise ? [tree.otherwise] : [])]);
    default:
      return "truth";
  }
}

/** The parts of an expression. */
export function partsOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case "call":
      return tree.args;
    case "minus":
    case "not":
    case "is":
      return [tree.of];
    case "binary":
      return [tree.left, tree.right];
    case "in":
      return [tree.of, ...tree.list];
    case "between":
      return [tree.of, tree.low, tree.high];
    case "case":
      return [...tree.whens.flatMap(({ when, then }) => [when, then]), ...(tree.otherwise ? [tree.otherwise] : [])];
    default:
      return [];
  }
}

/** Does any part answer yes? */
export function some(tree: Tree, is: (part: Tree) => boolean): boolean {
  return is(tree) || partsOf(tree).some((part) => some(part, is));
}
