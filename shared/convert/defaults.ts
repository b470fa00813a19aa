/** Defaults of columns, as values of the type that the column has in the other dialect. */
import type { ParsedType } from "../dialects/dialect.ts";
import type { Column, Table } from "../model/index.ts";
import type { Context } from "./context.ts";
import { readExpression } from "./expression/read.ts";
import type { Tree } from "./expression/tree.ts";
import { isMoment, writeExpression } from "./expression/write.ts";
import { familyOfKind, readingOf, writingOf } from "./fields.ts";

const TRUTHS: ReadonlySet<string> = new Set(["1", "t", "true", "y", "yes", "on"]);
const LIES: ReadonlySet<string> = new Set(["0", "f", "false", "n", "no", "off"]);
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
/** Which kinds a value that changes can be kept in. */
const KEEPS: Readonly<Record<string, RegExp>> = {
  now: /^(timestamp)$/,
  today: /^(date|timestamp)$/,
  clock: /^(time)$/,
  uuid: /^(uuid|text)$/,
};

/** A literal as one of the kind that the column is of; null where it is none. */
export function fitted(tree: Tree, { kind }: ParsedType, strict: boolean): Tree | null {
  const family = familyOfKind(kind);
  const text = tree.kind === "number" || tree.kind === "string" || tree.kind === "bits" ? tree.text : null;
  if (tree.kind === "null" || (tree.kind === "boolean" && family === "truth")) return tree;
  if (family === "truth") return text === null ? null : truthOf(text.toLowerCase());
  if (tree.kind === "boolean")
    return family === "number" ? { kind: "number", text: tree.value ? "1" : "0" } : strict ? null : tree;
  if (text === null) return null;
  if (kind === "bits") return tree.kind === "bits" ? tree : null;
  if (tree.kind === "bits") return family === "number" ? { kind: "number", text: String(Number.parseInt(text || "0", 2)) } : null;
  if (family === "number") return NUMBER.test(text) ? { kind: "number", text } : null;
  if (family === "moment") return momentOf(text, kind);
  if (kind === "binary") return text === "" ? { kind: "string", text } : null;
  if (kind === "geometry" || kind === "range" || kind === "interval" || kind === "search") return null;
  return { kind: "string", text };
}

/** PostgreSQL prints `('now'::text)::date` for the day on which a row is added. */
function momentOf(text: string, kind: ParsedType["kind"]): Tree | null {
  if (text === "now") return { kind: "value", name: kind === "date" ? "today" : "now" };
  return isMoment(text) ? { kind: "string", text } : null;
}

function truthOf(text: string): Tree | null {
  if (TRUTHS.has(text)) return { kind: "boolean", value: true };
  return LIES.has(text) ? { kind: "boolean", value: false } : null;
}

/** `'{}'` of an array is an empty list of JSON. */
function jsonOf(tree: Tree): Tree | null {
  return tree.kind === "string" && tree.text === "{}" ? { kind: "string", text: "[]" } : null;
}

function valueText(name: string, column: Column, context: Context): string | null {
  const { to, toWords } = context;
  const { kind, args } = to.types.parse(column.type);
  const [word] = toWords.calls[name] ?? [];
  if (word === undefined || !(KEEPS[name]?.test(kind) ?? false)) return null;
  if (name !== "now" || !toWords.precise || args[0] === undefined) return word;
  return `${word.replace("()", "")}(${args[0]})`;
}

const MOMENT = /^([a-z_]+)\s*(?:\((\d*)\))?$/i;

/** The present moment as the other one of a family says it; any other text stays. */
export function momentIn(text: string, { fromWords, toWords }: Context): string {
  const [, word = "", digits = ""] = MOMENT.exec(text.trim()) ?? [];
  const isNow = (fromWords.calls["now"] ?? []).some((call) => call.replace("()", "").toLowerCase() === word.toLowerCase());
  const [said] = toWords.calls["now"] ?? [];
  if (!isNow || said === undefined) return text;
  return digits === "" ? said : `${said.replace("()", "")}(${digits})`;
}

/** The default of a column, `after` being the column with its new type. Null: it has none, or none that is certain. */
export function defaultIn(before: Column, after: Column, table: Table, context: Context): string | null {
  const { from, toWords, family } = context;
  if (before.default === null) return null;
  if (family) return momentIn(before.default, context);
  const tree = readExpression(before.default, readingOf(table, context));
  if (!tree) return null;
  if (tree.kind === "value") return valueText(tree.name, after, context);
  const type = context.to.types.parse(after.type);
  const wasArray = from.types.parse(before.type).array > 0;
  const literal = wasArray ? jsonOf(tree) : fitted(tree, type, toWords.strict);
  if (!literal || literal.kind === "null") return null;
  if (literal.kind === "value") return valueText(literal.name, after, context);
  const text = writeExpression(literal, writingOf(table, context));
  return text !== null && toWords.wrappedDefaults.includes(type.name) ? `(${text.trim()})` : text;
}
