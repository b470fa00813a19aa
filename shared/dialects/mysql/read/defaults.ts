/** What a column holds by itself: MySQL manual, "Data Type Default Values", and MariaDB's "DEFAULT". */
import { literal, quoted } from "../quote.ts";
import type { Context } from "./context.ts";
import type { DraftColumn } from "./draft.ts";

const NOW = new Set(["CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"]);

/** `(6)` after CURRENT_TIMESTAMP; empty parentheses say nothing. */
function precision({ cursor }: Context): string {
  const inside = cursor.group();
  return inside === null || inside.trim() === "" || inside.trim() === "0" ? "" : `(${inside.trim()})`;
}

/** The present moment as the server prints it, by whichever of its names it goes. */
export function readMoment(context: Context): string {
  context.cursor.next();
  return context.flavour.now(precision(context));
}

/** One value as the server would print it: a literal, the present moment, or an expression in parentheses. */
export function readDefault(context: Context, column: DraftColumn): string | null {
  const { cursor, flavour } = context;
  const word = cursor.peek();
  if (word === "NULL") {
    cursor.next();
    return null;
  }
  if (NOW.has(word)) return readMoment(context);
  if (word === "(") {
    const inside = (cursor.group() ?? "").trim();
    return isMoment(inside) ? flavour.now("") : `(${inside})`;
  }
  const { offset } = cursor;
  const text = cursor.string();
  if (text !== null) return plainNumber(text, column, context) ?? literal(text);
  if (word === "TRUE" || word === "FALSE") {
    cursor.next();
    return word === "TRUE" ? "1" : "0";
  }
  if (word === "-" || word === "+") cursor.next();
  const first = cursor.ahead();
  cursor.next();
  if (!first) return null;
  let end = first.end;
  if (first.kind === "word" && cursor.kind === "string" && cursor.offset === first.end) end = cursor.next().end;
  if (cursor.skip(".")) end = cursor.next().end;
  if (first.kind !== "number" && cursor.peek() === "(") {
    const start = cursor.offset;
    const inside = bare(cursor.group() ?? "", context.namespace);
    return `${cursor.text.slice(offset, start).trim()}(${inside})`;
  }
  const written = cursor.text.slice(offset, end);
  return written.startsWith("+") ? written.slice(1) : written;
}

/** The server names the database of a sequence even where it is the table's own. */
const bare = (sequence: string, namespace: string): string => {
  const own = `${quoted(namespace)}.`;
  return sequence.startsWith(own) ? sequence.slice(own.length) : sequence;
};

const isMoment = (text: string): boolean => /^(current_timestamp|now|localtime|localtimestamp)(\s*\(\s*\))?$/i.test(text);

/** MySQL prints the default of a number as a string; it is the number. */
function plainNumber(text: string, column: DraftColumn, { types }: Context): string | null {
  const { kind } = types.parse(column.type);
  const number = kind === "integer" || kind === "boolean" || kind === "decimal" || kind === "float";
  return number && /^-?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? text : null;
}
