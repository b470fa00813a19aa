/**
 * Defaults of fields. DrawDB keeps a text as it is typed and puts it in quotes when it writes SQL, unless it looks like a call, a key
 * word or a text in quotes; of a number it writes what was typed.
 */
import type { Dialect, TypeKind } from "../../dialects/dialect.ts";

/** Kinds whose values are written without quotes. */
const BARE: ReadonlySet<TypeKind> = new Set(["integer", "decimal", "float", "boolean", "other"]);

/** `'x'`, `E'x'`, `'x'::text` */
const QUOTED = /^([EeBbXxNn]?'(?:[^']|'')*')(?:::[\w\s".[\](),]+)?$/;
const CALL = /^[\w."]+\([^]*\)(?:::[\w\s".[\](),]+)?$/;
const WRAPPED = /^\([\w."]+\([^]*\)\)$/;
const KEYWORD =
  /^(?:null|true|false|current_date|current_user|current_schema|session_user|user|localtime|localtimestamp|current_time|current_timestamp)(?:\(\d\))?(?:::[\w ]+|\s+on\s+update\s+[\w()]+)?$/i;

const isExpression = (text: string): boolean => QUOTED.test(text) || CALL.test(text) || WRAPPED.test(text) || KEYWORD.test(text);

/** The default as SQL; null where there is none. `values`: those of the column's enum. */
export function readDefault(written: string, type: string, values: readonly string[], { types, quote }: Dialect): string | null {
  if (written.trim() === "") return null;
  const literal = (text: string): string => quote.literal(text).trim();
  if (values.includes(written)) return literal(written);
  const { kind, array } = types.parse(type);
  if ((BARE.has(kind) && array === 0) || isExpression(written)) return written;
  const inner = /^"([^"]*)"$/.exec(written)?.[1];
  return literal(inner ?? written);
}

/** A literal without the cast that says nothing of it: PostgreSQL prints one behind each. */
export const withoutCast = (expression: string): string => QUOTED.exec(expression)?.[1] ?? expression;

/** What is read as this default; null where DrawDB would make a text of it. */
export function writeDefault(expression: string, type: string, values: readonly string[], dialect: Dialect): string | null {
  const inner = /^'([^]*)'$/.exec(expression)?.[1]?.replaceAll("''", "'");
  const spellings = inner === undefined ? [expression] : [inner, expression];
  return spellings.find((text) => readDefault(text, type, values, dialect) === expression) ?? null;
}
