/** The type of a column: MySQL manual, "Data Types", and MariaDB's pages of the same names. */
import { literal } from "../quote.ts";
import type { Context } from "./context.ts";
import type { DraftColumn } from "./draft.ts";

/** Two or more words that are one type. */
const LONG_TYPES: readonly (readonly string[])[] = [
  ["DOUBLE", "PRECISION"],
  ["CHARACTER", "VARYING"],
  ["CHAR", "VARYING"],
  ["CHAR", "BYTE"],
  ["LONG", "CHARACTER", "VARYING"],
  ["LONG", "CHAR", "VARYING"],
  ["LONG", "VARCHAR"],
  ["LONG", "VARBINARY"],
  ["LONG", "VARCHARACTER"],
];

/** The type of a column, canonical; attributes that belong to it (UNSIGNED, CHARACTER SET) are read too. */
export function readType({ cursor, types, flavour }: Context, column: DraftColumn): void {
  const national = cursor.skip("NATIONAL") || /^N(CHAR|VARCHAR)$/.test(cursor.peek());
  const long = LONG_TYPES.find((words) => words.every((word, ahead) => cursor.peek(ahead) === word));
  let name = (long ?? [cursor.peek()]).join(" ").toLowerCase();
  if (long) cursor.skip(...long);
  else cursor.next();
  if (national) {
    name = name.replace(/^n(?=char|varchar)/, "");
    if (name === "char" && cursor.skip("VARYING")) name = "varchar";
    column.charset = "utf8mb3";
  }
  if (name === "serial") {
    column.autoIncrement = column.notNull = true;
    name = "bigint unsigned";
  }
  const args = cursor.peek() === "(" ? readArgs(cursor) : "";
  let signs = "";
  for (let sign = cursor.peek(); /^(UNSIGNED|SIGNED|ZEROFILL)$/.test(sign); sign = cursor.peek()) {
    signs += ` ${sign.toLowerCase()}`;
    cursor.next();
  }
  column.type = types.canonical(`${name}${args}${signs}`);
  if (flavour.lacks.has(name)) column.type = `${name}${args}`;
}

/** `('a','b')`, `(10,2)`: strings are read and written again, so that every way of writing them is one. */
function readArgs(cursor: Context["cursor"]): string {
  cursor.next();
  const args = cursor.list(() => {
    const text = cursor.string();
    return text === null ? cursor.until(",") : literal(text);
  });
  return `(${args.filter((arg) => arg !== "").join(",")})`;
}
