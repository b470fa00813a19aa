/** Defaults as other tools know them: a number, a text, a truth, the present moment; what is none of these stays an expression. */
import type { Dialect } from "../../dialects/dialect.ts";

export type Value =
  | { readonly kind: "number"; readonly text: string }
  /** `cast`: the type that follows `::`. */
  | { readonly kind: "string"; readonly text: string; readonly cast: string | null }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** `precision`: the digits in parentheses, or empty. */
  | { readonly kind: "now"; readonly precision: string }
  | { readonly kind: "uuid" }
  | { readonly kind: "null" }
  | { readonly kind: "empty list" }
  | { readonly kind: "expression" };

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const NOW = /^(?:(?:now|current_timestamp)\s*\(\s*(?:(\d)\s*)?\)|current_timestamp)$/i;
const UUID = /^(?:gen_random_uuid|uuid_generate_v4|uuid|(?:public\.|extensions\.)?uuid_generate_v4)\(\)$/i;
const EMPTY = /^(?:array\[\]|'\{\}')::/i;

/** A text in quotes, and what follows it; null where there is no such text. */
function quotedText(text: string): { readonly written: string; readonly rest: string } | null {
  if (!text.startsWith("'")) return null;
  let at = 1;
  for (;;) {
    const quote = text.indexOf("'", at);
    if (quote < 0) return null;
    if (text[quote + 1] !== "'") return { written: text.slice(0, quote + 1), rest: text.slice(quote + 1) };
    at = quote + 2;
  }
}

/** Without parentheses around the whole. */
function bare(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith("(") || !trimmed.endsWith(")") || trimmed.length > 200) return trimmed;
  let depth = 0;
  for (let at = 0; at < trimmed.length; at += 1) {
    if (trimmed[at] === "'") return trimmed;
    if (trimmed[at] === "(") depth += 1;
    if (trimmed[at] === ")") depth -= 1;
    if (depth === 0 && at < trimmed.length - 1) return trimmed;
  }
  return trimmed.slice(1, -1).trim();
}

function stringValue(text: string, { quote }: Dialect): Value | null {
  const found = quotedText(text);
  if (!found || !(found.rest === "" || found.rest.startsWith("::"))) return null;
  const inner = found.written.slice(1, -1).replaceAll("''", "'");
  // Where a backslash escapes, this is another text than it looks like.
  if (quote.literal(inner).trim() !== found.written) return null;
  const cast = found.rest === "" ? null : found.rest.slice(2).trim();
  return { kind: "string", text: inner, cast };
}

/** What a default says, as far as that is plain. */
export function valueOf(written: string, dialect: Dialect): Value {
  const text = bare(written);
  if (dialect.features.arrays && EMPTY.test(text) && text.endsWith("[]")) return { kind: "empty list" };
  if (NUMBER.test(text)) return { kind: "number", text };
  const string = stringValue(text, dialect);
  if (string?.kind === "string") {
    const numeric = string.cast !== null && ["integer", "decimal", "float"].includes(dialect.types.parse(string.cast).kind);
    return numeric && NUMBER.test(string.text) ? { kind: "number", text: string.text } : string;
  }
  if (/^(?:true|false)$/i.test(text)) return { kind: "boolean", value: text.toLowerCase() === "true" };
  if (/^null(?:::[\w ".()]{1,100})?$/i.test(text)) return { kind: "null" };
  const now = NOW.exec(text);
  if (now) return { kind: "now", precision: now[1] ?? "" };
  return UUID.test(text) ? { kind: "uuid" } : { kind: "expression" };
}
