/** ALTER TABLE, one clause after another: MySQL manual, "ALTER TABLE Statement". */
import { type ColumnRead, readColumn } from "./columns.ts";
import { addItems } from "./complete.ts";
import { type Context, leaveOut, leaveRest, refuse } from "./context.ts";
import { readDefault } from "./defaults.ts";
import { type DraftColumn, type DraftTable, findColumn } from "./draft.ts";
import { readItem } from "./keys.ts";
import { itemsOf, readPartitions, readTableOption } from "./table.ts";

const lower = (text: string): string => text.toLowerCase();

function place(table: DraftTable, column: DraftColumn, position: ColumnRead["position"], at: number): void {
  table.columns = table.columns.filter((other) => other !== column);
  const after = position?.after ?? null;
  const found = after === null ? -1 : table.columns.findIndex(({ name }) => lower(name) === lower(after));
  table.columns.splice(position === null ? at : found + 1, 0, column);
}

function addColumn(context: Context, table: DraftTable): void {
  const { cursor } = context;
  const ifNotExists = cursor.skip("IF", "NOT", "EXISTS");
  const { offset } = cursor;
  const read = readColumn(context);
  if (read.column.name === "") return refuse(context, "the column that is added has no name", offset);
  if (findColumn(table, read.column.name)) {
    if (!ifNotExists) refuse(context, `${table.name} has a column ${read.column.name} already`, offset);
    return;
  }
  place(table, read.column, read.position, table.columns.length);
  addItems(table, itemsOf(context, read), context);
}

/** A column's new name, in everything of the table that names it, and in foreign keys that point at it. */
function renameColumn(context: Context, table: DraftTable, column: DraftColumn, name: string): void {
  const old = lower(column.name);
  const renamed = (other: string): string => (lower(other) === old ? name : other);
  for (const key of table.keys)
    key.parts = key.parts.map((part) => (part.column === null ? part : { ...part, column: renamed(part.column) }));
  for (const key of table.foreignKeys) key.columns = key.columns.map(renamed);
  for (const other of context.draft.tables)
    other.foreignKeys = other.foreignKeys.map((key) => {
      const here = lower(key.refTable) === lower(table.name) && (key.refNamespace ?? other.namespace) === table.namespace;
      return here ? { ...key, refColumns: key.refColumns.map(renamed) } : key;
    });
  column.name = name;
}

/** MODIFY and CHANGE: the column as it is defined anew. */
function changeColumn(context: Context, table: DraftTable, named: boolean): void {
  const { cursor } = context;
  cursor.skip("COLUMN");
  cursor.skip("IF", "EXISTS");
  const { offset } = cursor;
  const old = named ? cursor.name() : null;
  const read = readColumn(context);
  const column = findColumn(table, old ?? read.column.name);
  if (!column) return refuse(context, `${table.name} has no column ${old ?? read.column.name}`, offset);
  const taken = findColumn(table, read.column.name);
  if (read.column.name === "" || (taken !== null && taken !== column))
    return refuse(context, `${table.name} cannot have a second column ${read.column.name}`, offset);
  const primary = table.keys.find(({ kind }) => kind === "primary");
  const inKey = primary?.parts.some((part) => part.column !== null && lower(part.column) === lower(column.name));
  if (column.name !== read.column.name) renameColumn(context, table, column, read.column.name);
  const at = table.columns.indexOf(column);
  Object.assign(column, read.column, inKey ? { notNull: true } : {});
  place(table, column, read.position, at);
  addItems(table, itemsOf(context, { ...read, column }), context);
}

function readAdd(context: Context, table: DraftTable): void {
  const { cursor } = context;
  if (cursor.skip("SYSTEM", "VERSIONING")) {
    table.options["system_versioning"] = "true";
    return;
  }
  if (cursor.skip("PERIOD", "FOR")) {
    const name = cursor.name();
    table.options[`period ${name}`] = (cursor.group() ?? "").trim();
    return;
  }
  if (cursor.skip("PARTITION")) return leaveRest(context, `the table ${table.name}`);
  const column = cursor.skip("COLUMN");
  const item = column || cursor.kind !== "word" ? null : readItem(context);
  if (item) addItems(table, [item], context);
  else if (cursor.skip("(")) cursor.list(() => addColumn(context, table));
  else addColumn(context, table);
}

function without<T extends { readonly name: string }>(list: readonly T[], name: string): T[] {
  return list.filter((item) => lower(item.name) !== lower(name));
}

function dropConstraint(table: DraftTable, name: string): void {
  table.checks = without(table.checks, name);
  table.foreignKeys = without(table.foreignKeys, name);
  table.keys = table.keys.filter((key) => key.kind !== "unique" || lower(key.name) !== lower(name));
}

function dropColumn(table: DraftTable, name: string): void {
  table.columns = without(table.columns, name);
  for (const key of table.keys) key.parts = key.parts.filter(({ column }) => column === null || lower(column) !== lower(name));
  table.keys = table.keys.filter(({ parts }) => parts.length > 0);
}

function readDrop(context: Context, table: DraftTable): void {
  const { cursor } = context;
  if (cursor.skip("PRIMARY", "KEY")) {
    table.keys = table.keys.filter(({ kind }) => kind !== "primary");
    return;
  }
  if (cursor.skip("SYSTEM", "VERSIONING")) {
    delete table.options["system_versioning"];
    return;
  }
  const [what = "COLUMN"] = ["FOREIGN", "INDEX", "KEY", "CONSTRAINT", "CHECK", "PERIOD", "COLUMN"].filter((word) =>
    cursor.peek() === word ? cursor.skip(word) : false,
  );
  if (what === "FOREIGN") cursor.skip("KEY");
  if (what === "PERIOD") cursor.skip("FOR");
  cursor.skip("IF", "EXISTS");
  const name = cursor.name();
  if (what === "FOREIGN") table.foreignKeys = without(table.foreignKeys, name);
  else if (what === "INDEX" || what === "KEY") table.keys = without(table.keys, name);
  else if (what === "PERIOD") delete table.options[`period ${name}`];
  else if (what === "COLUMN") {
    dropColumn(table, name);
    if (!cursor.skip("RESTRICT")) cursor.skip("CASCADE");
  } else dropConstraint(table, name);
}

function readRename(context: Context, table: DraftTable): void {
  const { cursor, draft } = context;
  if (cursor.skip("COLUMN")) {
    const column = findColumn(table, cursor.name());
    cursor.skip("TO");
    const name = cursor.name();
    if (column) renameColumn(context, table, column, name);
  } else if (cursor.skip("INDEX") || cursor.skip("KEY")) {
    const from = cursor.name();
    cursor.skip("TO");
    const name = cursor.name();
    for (const key of table.keys) if (lower(key.name) === lower(from)) key.name = name;
  } else {
    if (!cursor.skip("TO")) cursor.skip("AS");
    const { namespace, name } = cursor.qualifiedName();
    draft.rename(table, namespace ?? table.namespace, name);
  }
}

function readAlterPart(context: Context, table: DraftTable): void {
  const { cursor, flavour } = context;
  if (cursor.skip("INDEX") || cursor.skip("KEY")) {
    const name = cursor.name();
    const hidden = cursor.skip("INVISIBLE") || cursor.skip("IGNORED");
    if (!hidden) cursor.until(",");
    const key = table.keys.find((other) => lower(other.name) === lower(name));
    if (!key) return;
    delete key.options[flavour.hiddenIndex];
    if (hidden) key.options[flavour.hiddenIndex] = "true";
    return;
  }
  cursor.skip("COLUMN");
  const column = findColumn(table, cursor.name());
  if (column && cursor.skip("SET", "DEFAULT")) column.default = readDefault(context, column);
  else if (column && cursor.skip("DROP", "DEFAULT")) column.default = null;
  else if (column && cursor.skip("SET", "INVISIBLE")) column.options["invisible"] = "true";
  else if (column && cursor.skip("SET", "VISIBLE")) delete column.options["invisible"];
}

/** Clauses about how rows are treated, which leave the schema as it is. */
function passedOver({ cursor }: Context): boolean {
  const words = [["ENABLE", "KEYS"], ["DISABLE", "KEYS"], ["FORCE"], ["WITH", "VALIDATION"], ["WITHOUT", "VALIDATION"]];
  if (words.some((some) => cursor.skip(...some))) return true;
  if (!/^(ALGORITHM|LOCK|ORDER|DISCARD|IMPORT)$/.test(cursor.peek())) return false;
  cursor.until(",");
  return true;
}

function convert(context: Context, table: DraftTable): void {
  context.cursor.skip("CONVERT", "TO");
  readTableOption(context, table);
  if (context.cursor.peek() === "COLLATE") readTableOption(context, table);
  for (const column of table.columns) column.charset = column.collation = null;
}

function readClause(context: Context, table: DraftTable): void {
  const { cursor } = context;
  if (passedOver(context)) return;
  if (cursor.skip("ADD")) readAdd(context, table);
  else if (cursor.skip("MODIFY")) changeColumn(context, table, false);
  else if (cursor.skip("CHANGE")) changeColumn(context, table, true);
  else if (cursor.skip("DROP")) readDrop(context, table);
  else if (cursor.skip("RENAME")) readRename(context, table);
  else if (cursor.skip("ALTER")) readAlterPart(context, table);
  else if (cursor.peek() === "CONVERT") convert(context, table);
  else if (cursor.skip("PARTITION", "BY")) table.partitionBy = readPartitions(context);
  else if (cursor.skip("REMOVE", "PARTITIONING")) table.partitionBy = null;
  else while (cursor.peek() !== "," && readTableOption(context, table));
}

/** After ALTER [ONLINE] [IGNORE] TABLE. */
export function readAlterTable(context: Context): void {
  const { cursor, draft } = context;
  const ifExists = cursor.skip("IF", "EXISTS");
  const { namespace, name } = cursor.qualifiedName();
  const table = draft.table(namespace ?? context.namespace, name);
  if (!table) {
    if (!ifExists) refuse(context, `there is no table ${name}`);
    return;
  }
  while (!cursor.done) {
    const { offset } = cursor;
    readClause(context, table);
    leaveRest(context, `the change of ${table.name}`);
    if (cursor.offset === offset) {
      leaveOut(context, cursor.rest(), "not understood", offset);
      return;
    }
    cursor.skip(",");
  }
}
