/** A column as SQLite declares it: sqlite.org/syntax/column-def.html. */
import type { Column, ForeignKey, KeyConstraint } from "../../../model/index.ts";
import { tokens } from "../../kit/scanner.ts";
import { identifier, isKeyword } from "../quote.ts";
import { LEXICAL } from "../splitter.ts";

const PLAIN_TYPE = /^[A-Za-z_][\w ]*(\(\s*[+-]?[\w.]+\s*(,\s*[+-]?[\w.]+\s*)?\))?$/;

/** A keyword ends the type, begins a constraint or is refused; between quotes it is a name like any other. */
function typeText(type: string): string {
  const text = type.replace(/\s+/g, " ").trim();
  if (text === "") return "";
  const words = text.match(/[A-Za-z_]\w*/g) ?? [];
  return PLAIN_TYPE.test(text) && !words.some(isKeyword) ? ` ${type.trim()}` : ` "${type.trim().replaceAll('"', '""')}"`;
}

/** One literal stands alone, with a sign or not; every other expression wants parentheses. */
function defaultText(expression: string): string {
  const parts = [...tokens(expression.trim(), LEXICAL)];
  const kinds = parts.map(({ kind }) => kind).join(" ");
  const text = expression.trim();
  const alone = parts.length === 1 && /^(word|number|string|quoted)$/.test(kinds);
  const signed = /^[+-]/.test(text) && kinds === "symbol number";
  const blob = /^x'/i.test(text) && kinds === "word string";
  return alone || signed || blob ? text : `(${text})`;
}

/** What follows the target of a foreign key. */
export function keyClauses(key: Pick<ForeignKey, "onDelete" | "onUpdate" | "match" | "deferrable">): string {
  const onDelete = key.onDelete === "no action" ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}`;
  const onUpdate = key.onUpdate === "no action" ? "" : ` ON UPDATE ${key.onUpdate.toUpperCase()}`;
  const match = key.match === "full" ? " MATCH FULL" : "";
  const deferrable = { no: "", immediate: " DEFERRABLE", deferred: " DEFERRABLE INITIALLY DEFERRED" }[key.deferrable];
  return `${onDelete}${onUpdate}${match}${deferrable}`;
}

export function conflict(clause: string | undefined): string {
  return clause === undefined ? "" : ` ON CONFLICT ${clause}`;
}

/** `named`: the constraint's own CONSTRAINT clause, or nothing where its name says nothing. */
export function inlineKey(key: KeyConstraint, named: string): string {
  const what = key.kind === "primary" ? "PRIMARY KEY" : "UNIQUE";
  const order = key.options["order"] === "desc" ? " DESC" : "";
  const counter = key.options["autoincrement"] === "true" ? " AUTOINCREMENT" : "";
  return ` ${named}${what}${order}${conflict(key.options["on_conflict"])}${counter}`;
}

/** `keys`: what `inlineKey` made for this column. */
export function columnText(column: Column, keys: string): string {
  const { not_null_name: name, not_null_conflict: clause } = column.options;
  const notNullName = name === undefined ? "" : ` CONSTRAINT ${identifier(name)}`;
  const notNull = column.notNull ? `${notNullName} NOT NULL${conflict(clause)}` : "";
  const collation = column.collation === null ? "" : ` COLLATE ${identifier(column.collation)}`;
  const value = column.generated
    ? ` GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`
    : column.default === null
      ? ""
      : ` DEFAULT ${defaultText(column.default)}`;
  return `${identifier(column.name)}${typeText(column.type)}${keys}${notNull}${value}${collation}`;
}
