/** CREATE TABLE: MySQL manual, "CREATE TABLE Statement". */
import { type ColumnRead, charsetName, readColumn } from "./columns.ts";
import { addItems } from "./complete.ts";
import { unquoteName } from "../text/lexer.ts";
import { type Context, leaveOut, leaveRest, refuse } from "./context.ts";
import { type DraftTable, findColumn } from "./draft.ts";
import { type ReadItem, readItem, readKey } from "./keys.ts";

const emptyTable = (namespace: string, name: string): DraftTable => ({
  namespace,
  name,
  comment: null,
  columns: [],
  keys: [],
  checks: [],
  foreignKeys: [],
  options: {},
  partitionBy: null,
});

/** Options that say how rows lie on one server's disk, or where a counter stands: not the schema's. */
const FORGOTTEN = new Set(["auto_increment", "data_directory", "index_directory", "encryption_key_id"]);
/** Words of two that are one option. */
const LONG: readonly (readonly string[])[] = [
  ["DEFAULT", "CHARACTER", "SET"],
  ["DEFAULT", "CHARSET"],
  ["DEFAULT", "COLLATE"],
  ["CHARACTER", "SET"],
  ["DATA", "DIRECTORY"],
  ["INDEX", "DIRECTORY"],
];
const CHARSET = new Set(["default_character_set", "default_charset", "character_set", "charset"]);

/** One `name [=] value` of a table; false when the next words are none. */
export function readTableOption(context: Context, table: DraftTable): boolean {
  const { cursor } = context;
  if (cursor.skip("WITH", "SYSTEM", "VERSIONING")) {
    table.options["system_versioning"] = "true";
    return true;
  }
  const long = LONG.find((words) => words.every((word, ahead) => cursor.peek(ahead) === word));
  const word = cursor.peek();
  if (!long && (cursor.kind !== "word" || word === "PARTITION")) return false;
  if (long) cursor.skip(...long);
  else cursor.next();
  const name = (long ? long.join("_") : word).toLowerCase();
  cursor.skip("=");
  if (cursor.done) return true;
  if (name === "comment") {
    table.comment = cursor.string() || null;
    return true;
  }
  const value = cursor.group() ?? (cursor.atName ? cursor.name() : cursor.raw());
  if (CHARSET.has(name)) table.options["charset"] = charsetName(value);
  else if (name === "collate" || name === "default_collate") table.options["collate"] = charsetName(value);
  else if (name === "engine" || name === "type") {
    delete table.options["engine"];
    if (value.toLowerCase() !== "innodb") table.options["engine"] = value;
  } else if (!FORGOTTEN.has(name) && value.toLowerCase() !== "default") table.options[name] = value;
  return true;
}

/** Options, commas between them or not, and how the table is partitioned. */
export function readTableOptions(context: Context, table: DraftTable): void {
  const { cursor } = context;
  for (;;) {
    cursor.skip(",");
    if (cursor.skip("PARTITION", "BY")) table.partitionBy = readPartitions(context);
    else if (/^(AS|SELECT|WITH|REPLACE|IGNORE|TABLE|VALUES|\()$/.test(cursor.peek()) && cursor.peek(1) !== "SYSTEM") return;
    else if (!readTableOption(context, table)) return;
  }
}

/** The text after PARTITION BY: the method, and the partitions in parentheses. */
export function readPartitions({ cursor }: Context): string {
  const parts: string[] = [];
  for (;;) {
    const words = cursor.until("(", "AS", "SELECT");
    if (words !== "") parts.push(words.trim());
    const group = cursor.group();
    // What is in the first parentheses is partitioned by; the partitions themselves come on lines of their own.
    if (group !== null) parts.push(parts.length === 1 ? `(${group})` : `\n(${group.trim()})`);
    if (group === null)
      return parts
        .join(" ")
        .replace(/[ \t]+/g, " ")
        .replaceAll(" \n", "\n");
  }
}

/** What a column says of its table: keys, checks, and a reference where the server minds it. */
export function itemsOf(context: Context, read: ColumnRead): ReadItem[] {
  const { flavour } = context;
  const name = read.column.name;
  const items: ReadItem[] = [];
  const parts = [{ column: name, expression: null, length: null, descending: false }];
  if (read.key !== null) {
    const key = { kind: read.key, parts, period: null, using: null, options: {}, comment: null, implied: false };
    items.push({ kind: "key", name: read.key === "primary" ? "PRIMARY" : null, key });
  }
  for (const check of read.checks) {
    const json = flavour.jsonIsText && isJsonCheck(check.expression, name) && /^longtext$/.test(read.column.type);
    if (json) {
      read.column.type = "json";
      read.column.charset = read.column.collation = null;
    } else items.push({ kind: "check", name: flavour.columnChecks ? name : read.checkName, check });
  }
  if (read.references && flavour.inlineReferences) items.push({ kind: "foreign", name: null, key: read.references });
  return items;
}

function isJsonCheck(expression: string, column: string): boolean {
  const inner = /^json_valid\s*\(([\s\S]*)\)$/i.exec(expression.trim())?.[1]?.trim() ?? "";
  return (inner.startsWith("`") ? unquoteName(inner) : inner).toLowerCase() === column.toLowerCase();
}

function readPeriod({ cursor }: Context, table: DraftTable): boolean {
  if (cursor.peek() !== "PERIOD" || cursor.peek(1) !== "FOR") return false;
  cursor.skip("PERIOD", "FOR");
  const name = cursor.name();
  const inside = cursor.group() ?? "";
  table.options[`period ${name}`] = inside.replace(/\s+/g, " ").trim();
  return true;
}

function readBody(context: Context, table: DraftTable): void {
  const { cursor } = context;
  const items: ReadItem[] = [];
  const names = new Set<string>();
  cursor.list(() => {
    if (readPeriod(context, table)) return;
    const item = cursor.kind === "word" && !isColumnNamed(context) ? readItem(context) : null;
    if (item) items.push(item);
    else {
      const { offset } = cursor;
      const read = readColumn(context);
      const { name } = read.column;
      const why =
        name === "" ? "it has no name" : names.has(name.toLowerCase()) ? "a column of that name stands before it" : null;
      names.add(name.toLowerCase());
      if (why === null) {
        table.columns.push(read.column);
        items.push(...itemsOf(context, read));
      } else leaveOut(context, `the column ${name} of ${table.name}`, why, offset);
    }
    leaveRest(context, `the table ${table.name}`);
  });
  addItems(table, items, context);
}

/** `key varchar(10)`: a word that could begin a key is a column's name when a type follows. MySQL itself wants it quoted. */
function isColumnNamed({ cursor, types }: Context): boolean {
  if (!/^(KEY|INDEX|CHECK|PERIOD)$/.test(cursor.peek())) return false;
  const next = cursor.peek(1);
  return (
    next !== "" && next !== "(" && types.parse(next).kind !== "other" && cursor.peek(2) !== "(" && cursor.peek(2) !== "USING"
  );
}

function copyLike(context: Context, table: DraftTable, from: { namespace: string | null; name: string }): boolean {
  const source = context.draft.table(from.namespace ?? context.namespace, from.name);
  if (!source) return false;
  const { columns, keys, options, comment, partitionBy } = source;
  table.columns = columns.map((column) => ({ ...column, options: { ...column.options } }));
  table.keys = keys.map((key) => ({ ...key, options: { ...key.options }, implied: false }));
  Object.assign(table, { options: { ...options }, comment, partitionBy });
  // Foreign keys are not taken along, and checks get names of the new table.
  const items = source.checks.map((check): ReadItem => {
    const own = findColumn(source, check.name) !== null;
    return { kind: "check", name: own ? check.name : null, check };
  });
  addItems(table, items, context);
  return true;
}

/** After CREATE [OR REPLACE] TABLE. */
export function readCreateTable(context: Context, replace: boolean): void {
  const { cursor, draft } = context;
  const ifNotExists = cursor.skip("IF", "NOT", "EXISTS");
  const { namespace, name } = cursor.qualifiedName();
  const table = emptyTable(namespace ?? context.namespace, name);
  if (name === "") return refuse(context, "it names no table");
  if (replace) draft.drop(table.namespace, name);
  if (draft.has(table.namespace, name)) {
    if (!ifNotExists) refuse(context, `${name} is there already`);
    return;
  }
  const inParentheses = cursor.peek() === "(" && cursor.peek(1) === "LIKE";
  if (inParentheses) cursor.next();
  if (cursor.skip("LIKE")) {
    const from = cursor.qualifiedName();
    if (!copyLike(context, table, from)) return refuse(context, `the table ${from.name} that it is to be like is not there`);
    draft.putTable(table);
    return;
  }
  if (cursor.skip("(")) readBody(context, table);
  readTableOptions(context, table);
  if (!cursor.done) leaveSelect(context, table);
  if (table.columns.length === 0) return refuse(context, "no column of it can be read");
  forgetForeignKeys(context, table);
  draft.putTable(table);
}

function leaveSelect(context: Context, table: DraftTable): void {
  const { cursor } = context;
  const { offset } = cursor;
  const text = cursor.rest();
  const select = /^(as|select|with|replace|ignore|\()/i.test(text);
  const why = select ? `the columns that a query gives ${table.name} are known to a server only` : "not understood";
  leaveOut(context, text, why, offset);
}

/** Engines that take foreign keys and forget them. */
const WITHOUT_KEYS = /^(myisam|memory|heap|csv|archive|aria|blackhole|merge|mrg_myisam)$/i;

function forgetForeignKeys(context: Context, table: DraftTable): void {
  const engine = table.options["engine"] ?? "";
  if (table.foreignKeys.length === 0 || !WITHOUT_KEYS.test(engine)) return;
  table.foreignKeys = [];
  table.keys = table.keys.filter(({ implied }) => !implied);
  leaveOut(context, `the foreign keys of ${table.name}`, `the engine ${engine} does not keep them`);
}

/** CREATE [UNIQUE | FULLTEXT | SPATIAL] INDEX name ON table (...). */
export function readCreateIndex(context: Context, kind: "index" | "unique" | "fulltext" | "spatial"): void {
  const { cursor, draft } = context;
  cursor.skip("IF", "NOT", "EXISTS");
  const name = cursor.name();
  if (cursor.skip("USING") || cursor.skip("TYPE")) cursor.next();
  cursor.skip("ON");
  const { namespace, name: tableName } = cursor.qualifiedName();
  const table = draft.table(namespace ?? context.namespace, tableName);
  if (!table) return refuse(context, `there is no table ${tableName}`);
  addItems(table, [{ ...readKey(context, kind), name }], context);
}
