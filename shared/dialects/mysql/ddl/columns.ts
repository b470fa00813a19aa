/** A column as the server itself prints it. */
import type { CheckConstraint, Column, Table } from "../../../model/index.ts";
import type { Flavour } from "../flavour.ts";
import { literal, quoted } from "../quote.ts";
import { tokenize } from "../text/lexer.ts";
import { USUAL } from "../text/mode.ts";

const NOW = /^(current_timestamp|now|localtime|localtimestamp)(\s*\(\s*(?:\d\s*)?\))?$/i;
const CALL = /^[\w.`]+\s*\([\s\S]*\)$/;

/** A literal, the present moment and what stands in parentheses are written as they are; another expression gets parentheses. */
function defaultText(text: string, flavour: Flavour): string {
  const parts = tokenize(text, USUAL);
  const [first, second] = parts;
  const single = parts.length === 1 && (first?.kind !== "word" || /^(NULL|TRUE|FALSE)$/.test(first.word));
  const signed = parts.length === 2 && (first?.word === "-" || first?.word === "+") && second?.kind === "number";
  const introduced = parts.length === 2 && first?.kind === "word" && second?.kind === "string" && second.start === first.end;
  const whole = text.startsWith("(") && closes(text);
  const call = flavour.bareCalls && CALL.test(text) && closes(text.slice(text.indexOf("(")));
  return single || signed || introduced || NOW.test(text) || whole || call ? text : `(${text})`;
}

/** Does the parenthesis that opens a text close at its end? */
function closes(text: string): boolean {
  let depth = 0;
  for (const { word, end } of tokenize(text, USUAL)) {
    if (word === "(") depth += 1;
    if (word === ")") depth -= 1;
    if (depth === 0) return end === text.trimEnd().length;
  }
  return false;
}

/** Attributes that stand right behind the type. */
function typeOptions({ options, collation }: Column): string {
  const { compressed, charset, binary, ref_system_id: system } = options;
  const compression = compressed === undefined ? "" : compressed === "true" ? " COMPRESSED" : ` COMPRESSED=${compressed}`;
  const reference = system === undefined ? "" : ` REF_SYSTEM_ID=${system}`;
  const set = charset === undefined ? "" : ` CHARACTER SET ${charset}`;
  return `${compression}${reference}${set}${binary === undefined ? "" : " BINARY"}${collation === null ? "" : ` COLLATE ${collation}`}`;
}

const STRING_OPTIONS = ["engine_attribute", "secondary_engine_attribute"];

/** Attributes that stand behind the default. */
function lastOptions({ options, comment }: Column): string {
  const words: string[] = [];
  if (options["on_update"] !== undefined) words.push(`ON UPDATE ${options["on_update"]}`);
  if (options["srid"] !== undefined) words.push(`SRID ${options["srid"]}`);
  if (options["invisible"] === "true") words.push("INVISIBLE");
  for (const name of ["column_format", "storage"])
    if (options[name] !== undefined) words.push(`${name.toUpperCase()} ${options[name]}`);
  for (const name of STRING_OPTIONS)
    if (options[name] !== undefined) words.push(`${name.toUpperCase()} ${literal(options[name])}`);
  const versioning = options["system_versioning"];
  if (versioning !== undefined) words.push(`${versioning.toUpperCase()} SYSTEM VERSIONING`);
  if (comment !== null) words.push(`COMMENT ${literal(comment)}`);
  return words.map((word) => ` ${word}`).join("");
}

/** The check that a column bears itself: the one with its name, where the server keeps such checks with their columns. */
export function ownCheck(table: Table, column: Column, flavour: Flavour): CheckConstraint | null {
  if (!flavour.columnChecks) return null;
  const isOwn = (name: string): boolean => name.toLowerCase() === column.name.toLowerCase();
  return table.constraints.find((check): check is CheckConstraint => check.kind === "check" && isOwn(check.name)) ?? null;
}

export interface ColumnWish {
  /** Leave out AUTO_INCREMENT, which needs a key that is not there yet. */
  readonly counting: boolean;
  /** The check to write with the column. */
  readonly check: CheckConstraint | null;
}

export function columnText(column: Column, flavour: Flavour, { counting, check }: ColumnWish): string {
  const { generated, options } = column;
  const head = `${quoted(column.name)} ${column.type}${typeOptions(column)}`;
  const tail = `${lastOptions(column)}${check === null ? "" : ` CHECK (${check.expression})`}`;
  if (options["row"] !== undefined) return `${head} GENERATED ALWAYS AS ROW ${options["row"].toUpperCase()}${tail}`;
  if (generated) {
    const notNull = column.notNull && flavour.generatedNotNull ? " NOT NULL" : "";
    return `${head} GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? "STORED" : "VIRTUAL"}${notNull}${tail}`;
  }
  // A timestamp without the word NULL was NOT NULL on older servers.
  const nullable = /^timestamp\b/.test(column.type) ? " NULL" : "";
  const value = column.default === null ? "" : ` DEFAULT ${defaultText(column.default, flavour)}`;
  const counter = column.identity && counting ? " AUTO_INCREMENT" : "";
  return `${head}${column.notNull ? " NOT NULL" : nullable}${value}${counter}${tail}`;
}
