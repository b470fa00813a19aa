/** The design of a script that has been read: expressions are said in the dialect where they certainly mean the same. */
import { fitted } from "../../convert/defaults.ts";
import { readExpression, type Reading } from "../../convert/expression/read.ts";
import { some, type Tree } from "../../convert/expression/tree.ts";
import { writeExpression, type Writing } from "../../convert/expression/write.ts";
import { familyOfKind } from "../../convert/fields.ts";
import { typeIn } from "../../convert/types/types.ts";
import { joinTypes } from "../../convert/retype.ts";
import type { ColumnId, Schema, Table } from "../../model/index.ts";
import { problem } from "../../result/index.ts";
import type { Missing, RelationFound } from "../kit/draft.ts";
import { lex } from "./lexer.ts";
import type { KeySaid, Script, TableRead } from "./script.ts";

/** What every dialect calls the same, and means the same by. */
const PORTABLE: Writing["words"] = {
  calls: {
    now: ["CURRENT_TIMESTAMP"],
    lower: ["lower"],
    upper: ["upper"],
    coalesce: ["coalesce"],
    nullif: ["nullif"],
    abs: ["abs"],
    round: ["round"],
    replace: ["replace"],
    ltrim: ["ltrim"],
    rtrim: ["rtrim"],
  },
  joins: false,
  strict: true,
  truths: ["true", "false"],
};

function readingOf(script: Script, table: TableRead): Reading {
  const { types } = script.dialect;
  return {
    texts: {
      key: (name) => name.toLowerCase(),
      tokens: (text) =>
        lex(text).map(({ kind, start, end, text: says }) => ({
          ...{ start, end, word: kind === "word" || kind === "symbol" ? says.toLowerCase() : "" },
          key: kind === "word" || kind === "name" ? says.toLowerCase() : null,
        })),
      mentions: () => [],
      result: () => [],
    },
    words: { calls: script.product.calls, joins: false, backslashes: false },
    castKeeps: (_, of) => of.kind === "string" || of.kind === "number",
    field: (_, name) => {
      const column = script.columnOf(table, name);
      return column ? { id: column.id, name: column.name, of: null, family: familyOfKind(types.parse(column.type).kind) } : null;
    },
  };
}

function writingOf({ dialect }: Script): Writing {
  const field: Writing["field"] = ({ name, family }) => ({ text: dialect.quote.identifier(name), family });
  return { quote: dialect.quote, words: PORTABLE, field };
}

const changes = (tree: Tree): boolean => some(tree, (part) => part.kind === "value");

function defaults(script: Script, table: TableRead): void {
  for (const [key, walker] of table.defaults) {
    const name = script.column(table, key);
    const column = table.draft.column(name);
    if (!column) continue;
    const text = walker.rest();
    const tree = readExpression(text, readingOf(script, table));
    if (tree?.kind === "null") continue;
    const type = script.dialect.types.parse(column.type);
    const isNow = tree?.kind === "value" && tree.name === "now" && type.kind === "timestamp";
    const value = isNow ? tree : tree && fitted(tree, type, true);
    const said = value && value.kind !== "null" ? writeExpression(value, writingOf(script)) : null;
    const about = { entity: "column" as const, id: column.id, ownerId: table.draft.id };
    if (said === null)
      script.tally.count("defaults", 1, { what: `the default ${text.slice(0, 60)} of ${table.draft.name}.${name}`, about });
    else table.draft.patch(name, { default: said.trim() });
  }
}

function computed(script: Script, table: TableRead): void {
  for (const [key, { text, stored }] of table.computed) {
    const name = script.column(table, key);
    const tree = readExpression(text.rest(), readingOf(script, table));
    const expression = tree && !changes(tree) ? writeExpression(tree, writingOf(script)) : null;
    const column = table.draft.column(name);
    if (expression !== null)
      table.draft.patch(name, { generated: { expression, stored: stored || script.dialect.features.domains } });
    else if (column)
      script.tally.count("generated", 1, {
        what: `the expression ${text.rest().slice(0, 60)} of ${table.draft.name}.${name}`,
        about: { entity: "column", id: column.id, ownerId: table.draft.id },
      });
  }
}

function checks(script: Script, table: TableRead): void {
  for (const { name, column, text } of table.checks) {
    const tree = readExpression(text.rest(), readingOf(script, table));
    const said = tree && !changes(tree) ? writeExpression(tree, writingOf(script), true) : null;
    const about = { entity: "table" as const, id: table.draft.id, ownerId: null };
    if (said === null)
      script.tally.count("checks", 1, { what: `the check ${text.rest().slice(0, 60)} of ${table.draft.name}`, about });
    else table.draft.check(said, name, column);
  }
}

/** Columns that number themselves. Where there are no identity columns, the one key of a table does. */
function counters(script: Script, table: TableRead, primary: KeySaid | undefined): boolean {
  const { features, types } = script.dialect;
  let inline = false;
  for (const key of table.counting) {
    const name = script.column(table, key);
    const column = table.draft.column(name);
    if (!column) continue;
    const whole = types.parse(column.type).kind === "integer" ? column.type : typeIn(types, { name: "int64", args: [] }).type;
    if (features.identity)
      table.draft.patch(name, { type: whole, identity: { always: false, sequence: "" }, notNull: true, default: null });
    else if (primary?.columns.length === 1 && primary.columns[0]?.toLowerCase() === key) {
      table.draft.patch(name, { type: typeIn(types, { name: "int64", args: [] }).type });
      inline = true;
    } else script.tally.count("counters");
  }
  return inline;
}

function keys(script: Script, table: TableRead): void {
  const primary = table.keys.find(({ kind }) => kind === "primary");
  const inline = counters(script, table, primary);
  for (const key of table.keys) {
    const columns = key.columns.map((name) => script.column(table, name));
    if (columns.length === 0 || columns.some((name) => !table.draft.column(name))) {
      const about = { entity: "table", id: table.draft.id, ownerId: null };
      const what = `the ${key.kind} key ${key.name ?? ""} of ${table.draft.name}`.replace("  ", " ");
      script.tell(problem("import.skipped", "warning", { what, why: "its columns are not there" }, { about }), null);
      continue;
    }
    const more = inline && key === primary ? { options: { inline: "true", autoincrement: "true" } } : {};
    table.draft.key(key.kind, columns, script.own(table, key.name), more);
  }
}

function indexes(script: Script, table: TableRead): void {
  const columnsOf = (names: readonly string[]): string => names.map((name) => name.toLowerCase()).join();
  for (const { said, where, at } of table.indexes) {
    const parts = said.parts.map((part) => ("column" in part ? { column: script.column(table, part.column) } : part));
    const named = parts.map((part) => ("column" in part ? part.column : ""));
    const ofKey = table.keys.some((key) => columnsOf(key.columns) === columnsOf(named) && key.name === said.name);
    if (ofKey) {
      if (at) script.aside("indexes that a key of the same name uses", "the key has them", at);
      continue;
    }
    const tree = where ? readExpression(where.rest(), readingOf(script, table)) : null;
    const partial = script.dialect.features.partialIndexes;
    const condition = tree && partial && !changes(tree) ? writeExpression(tree, writingOf(script), true) : null;
    if (where && condition === null) {
      script.tally.count(said.unique ? "indexes" : "partial");
      if (said.unique) continue;
    }
    table.draft.index({ ...said, name: script.own(table, said.name), parts, more: { ...said.more, where: condition } });
  }
}

function relations(script: Script, table: TableRead, places: Map<RelationFound, RelationAt>): void {
  for (const said of table.relations) {
    const target = script.find(said.to);
    const found: RelationFound = {
      table: table.draft,
      columns: said.columns.map((name) => script.column(table, name)),
      to: target?.draft ?? { namespace: script.namespaceOf(said.to), name: said.to.at(-1) ?? "" },
      refColumns: target ? said.refColumns.map((name) => script.column(target, name)) : said.refColumns,
      ...{ name: said.name, onDelete: said.onDelete, onUpdate: said.onUpdate, comment: null },
    };
    places.set(found, said.at);
    script.draft.relate(found);
  }
}

type RelationAt = TableRead["relations"][number]["at"];

/** Null when there is nothing in the script. */
export function finish(script: Script): Schema | null {
  const places = new Map<RelationFound, RelationAt>();
  for (const table of script.tables.values()) {
    keys(script, table);
    defaults(script, table);
    computed(script, table);
    checks(script, table);
    indexes(script, table);
  }
  for (const table of script.tables.values()) relations(script, table, places);
  const missing = ({ relation, what, name }: Missing): void =>
    script.tell(problem("text.missing", "error", { what, name }), places.get(relation) ?? null);
  const schema = script.draft.finish(missing);
  if (schema.tables.length + schema.views.length + schema.sequences.length === 0) return null;
  const counting = ({ columns }: Table): ReadonlySet<ColumnId> =>
    new Set(columns.filter(({ identity }) => identity !== null).map(({ id }) => id));
  const drafts = schema.tables.map((table) => ({ after: table, counters: counting(table) }));
  return { ...schema, tables: joinTypes(drafts, schema.foreignKeys, script.dialect.types).map(({ after }) => after) };
}
