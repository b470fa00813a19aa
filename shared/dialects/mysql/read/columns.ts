/** A column's definition: MySQL manual, "CREATE TABLE", and MariaDB's page of the same name. */
import { readType } from "./column-type.ts";
import { type Context, leaveRest } from "./context.ts";
import { readDefault, readMoment } from "./defaults.ts";
import type { DraftCheck, DraftColumn, DraftForeignKey } from "./draft.ts";
import { readReferences } from "./keys.ts";

/** What a column's definition says of its table as well. */
export interface ColumnRead {
  readonly column: DraftColumn;
  readonly key: "primary" | "unique" | null;
  readonly checks: readonly Omit<DraftCheck, "name">[];
  readonly checkName: string | null;
  readonly references: Omit<DraftForeignKey, "name"> | null;
  /** `FIRST`, or the column to stand behind; null when the definition says nothing of it. */
  readonly position: { readonly after: string | null } | null;
}

interface Reading {
  readonly column: DraftColumn;
  key: ColumnRead["key"];
  checks: Omit<DraftCheck, "name">[];
  checkName: string | null;
  references: ColumnRead["references"];
  position: ColumnRead["position"];
}

const BINARY_TYPE = /^(n?char|n?varchar|(tiny|medium|long)?text|enum|set|nchar|character|national)/;

const emptyColumn = (name: string): DraftColumn => ({
  name,
  type: "",
  notNull: false,
  default: null,
  autoIncrement: false,
  generated: null,
  charset: null,
  collation: null,
  comment: null,
  options: {},
});

/** `utf8` is `utf8mb3` under its older name. */
export const charsetName = (name: string): string => name.toLowerCase().replace(/^utf8(?=_|$)/, "utf8mb3");

function readGenerated(context: Context, { column }: Reading): boolean {
  const { cursor } = context;
  const row = cursor.peek() === "AS" && cursor.peek(1) === "ROW";
  if (row || (cursor.peek() === "GENERATED" && cursor.peek(3) === "ROW")) {
    cursor.skip("GENERATED", "ALWAYS");
    cursor.skip("AS", "ROW");
    column.options["row"] = cursor.next().word.toLowerCase();
    return true;
  }
  if (!cursor.skip("GENERATED", "ALWAYS", "AS") && !cursor.skip("AS")) return false;
  const expression = (cursor.group() ?? "").trim();
  const stored = cursor.skip("STORED") || cursor.skip("PERSISTENT");
  if (!stored) cursor.skip("VIRTUAL");
  column.generated = { expression, stored };
  return true;
}

/** Words that stand for themselves, or for an option with one value. */
const FLAGS: Readonly<Record<string, readonly [string, string]>> = {
  INVISIBLE: ["invisible", "true"],
  COMPRESSED: ["compressed", "true"],
};
const SETTINGS: Readonly<Record<string, string>> = {
  COLUMN_FORMAT: "column_format",
  STORAGE: "storage",
  ENGINE_ATTRIBUTE: "engine_attribute",
  SECONDARY_ENGINE_ATTRIBUTE: "secondary_engine_attribute",
  SRID: "srid",
  REF_SYSTEM_ID: "ref_system_id",
};

function readSetting({ cursor }: Context, { column }: Reading): boolean {
  const word = cursor.peek();
  const flag = FLAGS[word];
  if (flag) {
    cursor.next();
    const how = word === "COMPRESSED" && cursor.skip("=") ? cursor.name() : flag[1];
    column.options[flag[0]] = how;
    return true;
  }
  if (cursor.skip("WITHOUT", "SYSTEM", "VERSIONING")) {
    column.options["system_versioning"] = "without";
    return true;
  }
  if (cursor.skip("WITH", "SYSTEM", "VERSIONING")) {
    column.options["system_versioning"] = "with";
    return true;
  }
  const setting = SETTINGS[word];
  if (setting === undefined) return word === "VISIBLE" || word === "VIRTUAL" ? (cursor.next(), true) : false;
  cursor.next();
  cursor.skip("=");
  const value = cursor.group() ?? cursor.string() ?? cursor.raw();
  const usual = setting === "column_format" && value.toLowerCase() === "default";
  if (!usual) column.options[setting] = value;
  return true;
}

/** Character sets that have a word of their own. */
const SHORT_CHARSETS: Readonly<Record<string, string>> = { ASCII: "latin1", UNICODE: "ucs2" };

function readCharset({ cursor }: Context, { column }: Reading): boolean {
  if (cursor.skip("CHARACTER", "SET") || cursor.skip("CHARSET") || cursor.skip("CHAR", "SET")) {
    cursor.skip("=");
    column.charset = charsetName(cursor.name());
    return true;
  }
  if (cursor.skip("COLLATE")) {
    cursor.skip("=");
    column.collation = charsetName(cursor.name());
    return true;
  }
  if (cursor.peek() === "BINARY" && BINARY_TYPE.test(column.type)) {
    cursor.next();
    column.options["binary"] = "true";
    return true;
  }
  const short = SHORT_CHARSETS[cursor.peek()];
  if (short === undefined) return false;
  cursor.next();
  column.charset = short;
  return true;
}

function readKeyWord({ cursor }: Context, reading: Reading): boolean {
  if (cursor.skip("PRIMARY", "KEY") || cursor.skip("PRIMARY") || cursor.skip("KEY")) reading.key = "primary";
  else if (cursor.skip("UNIQUE")) {
    cursor.skip("KEY");
    reading.key = "unique";
  } else return false;
  return true;
}

function readConstraint(context: Context, reading: Reading): boolean {
  const { cursor } = context;
  if (cursor.skip("CONSTRAINT")) {
    reading.checkName = cursor.peek() === "CHECK" ? null : cursor.name();
    return true;
  }
  if (cursor.skip("CHECK")) {
    const expression = (cursor.group() ?? "").trim();
    const not = cursor.skip("NOT", "ENFORCED");
    if (!not) cursor.skip("ENFORCED");
    reading.checks.push({ expression, enforced: !not });
    return true;
  }
  if (cursor.peek() !== "REFERENCES") return false;
  reading.references = { columns: [reading.column.name], ...readReferences(context) };
  return true;
}

function readAttribute(context: Context, reading: Reading): boolean {
  const { cursor } = context;
  const { column } = reading;
  if (cursor.skip("NOT", "NULL")) column.notNull = true;
  else if (cursor.skip("NULL")) column.notNull = false;
  else if (cursor.skip("DEFAULT")) column.default = readDefault(context, column);
  else if (cursor.skip("ON", "UPDATE")) column.options["on_update"] = readMoment(context);
  else if (cursor.skip("AUTO_INCREMENT")) column.autoIncrement = true;
  else if (cursor.skip("SERIAL", "DEFAULT", "VALUE")) {
    column.autoIncrement = column.notNull = true;
    reading.key = "unique";
  } else if (cursor.skip("COMMENT")) {
    cursor.skip("=");
    column.comment = cursor.string() || null;
  } else if (cursor.skip("FIRST")) reading.position = { after: null };
  else if (cursor.skip("AFTER")) reading.position = { after: cursor.name() };
  else return false;
  return true;
}

const READERS = [readAttribute, readCharset, readKeyWord, readGenerated, readConstraint, readSetting];

/** Reads `name type attributes...` up to the next comma. */
export function readColumn(context: Context): ColumnRead {
  const { cursor } = context;
  const column = emptyColumn(cursor.name());
  const serial = cursor.peek() === "SERIAL";
  const reading: Reading = {
    column,
    key: serial ? "unique" : null,
    checks: [],
    checkName: null,
    references: null,
    position: null,
  };
  readType(context, column);
  while (!cursor.done && cursor.peek() !== "," && cursor.peek() !== ")") {
    if (!READERS.some((read) => read(context, reading))) leaveRest(context, `the column ${column.name}`);
  }
  return reading;
}
