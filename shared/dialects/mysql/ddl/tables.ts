/** CREATE TABLE with everything in it, as the server itself prints it. */
import type { EntityRef, ForeignKey, Options, Table } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { StatementBuilder } from "../../kit/statement.ts";
import { literal } from "../quote.ts";
import { columnText, ownCheck } from "./columns.ts";
import { checkText, foreignKeyText, indexText, keyText } from "./keys.ts";
import type { Names } from "./names.ts";

interface Line {
  readonly text: string;
  readonly about: EntityRef;
}

const STRINGS = new Set([
  "compression",
  "encryption",
  "connection",
  "password",
  "engine_attribute",
  "secondary_engine_attribute",
]);
const OWN = /^(charset|collate|engine|system_versioning|period .*)$/;

/** One option as it is written: `ROW_FORMAT=DYNAMIC`. */
export function optionText(name: string, value: string): string {
  const words: Readonly<Record<string, string>> = { charset: "DEFAULT CHARSET", collate: "COLLATE" };
  const shown = name === "union" ? `(${value})` : STRINGS.has(name) || !/^\w+$/.test(value) ? literal(value) : value;
  return `${words[name] ?? name.toUpperCase()}=${shown}`;
}

/** A column's or table's options without those that stand elsewhere in the statement. */
export function tableOptions(options: Options): readonly string[] {
  const { charset, collate, engine } = options;
  return [
    optionText("engine", engine ?? "InnoDB"),
    ...(charset === undefined ? [] : [optionText("charset", charset)]),
    ...(collate === undefined ? [] : [optionText("collate", collate)]),
    ...Object.entries(options)
      .filter(([name]) => !OWN.test(name))
      .map(([name, value]) => optionText(name, value)),
  ];
}

/** `PERIOD FOR name (from, to)` of a table that has such. */
export function periods(options: Options): readonly string[] {
  return Object.entries(options).flatMap(([name, columns]) => {
    const period = /^period (.*)$/.exec(name)?.[1];
    if (period === undefined) return [];
    return [`PERIOD FOR ${period === "SYSTEM_TIME" ? period : `\`${period}\``} (${columns})`];
  });
}

function lines(table: Table, keys: readonly ForeignKey[], names: Names): readonly Line[] {
  const ref = (entity: EntityRef["entity"], id: string): EntityRef => ({ entity, id, ownerId: table.id });
  const own = new Set<string>();
  const columns = table.columns.map((column): Line => {
    const check = ownCheck(table, column, names.flavour);
    if (check) own.add(check.id);
    return { text: columnText(column, names.flavour, { counting: true, check }), about: ref("column", column.id) };
  });
  const about: EntityRef = { entity: "table", id: table.id, ownerId: null };
  const constraints = table.constraints.flatMap((item): Line[] => {
    if (item.kind === "exclude" || own.has(item.id)) return [];
    return [{ text: item.kind === "check" ? checkText(item) : keyText(item, table, names), about: ref("constraint", item.id) }];
  });
  return [
    ...columns,
    ...periods(table.options).map((text) => ({ text, about })),
    ...constraints.filter(({ text }) => !text.startsWith("CONSTRAINT")),
    ...table.indexes.map((index) => ({ text: indexText(index, table, names), about: ref("index", index.id) })),
    ...keys.map((key) => ({ text: foreignKeyText(key, names), about: ref("foreignKey", key.id) })),
    ...constraints.filter(({ text }) => text.startsWith("CONSTRAINT")),
  ];
}

/** `keys`: the foreign keys that can be made with the table. */
export function createTable(table: Table, keys: readonly ForeignKey[], names: Names): Statement {
  const builder = new StatementBuilder()
    .add(`CREATE TABLE ${names.qualified(table)} (\n  `)
    .list(lines(table, keys, names), ",\n  ")
    .add(`\n) ${tableOptions(table.options).join(" ")}`);
  if (table.comment !== null) builder.add(` COMMENT=${literal(table.comment)}`);
  if (table.options["system_versioning"] === "true") builder.add(" WITH SYSTEM VERSIONING");
  if (table.partitionBy !== null) builder.add(`\nPARTITION BY ${table.partitionBy}`);
  return builder.done({ entity: "table", id: table.id, ownerId: null }, false);
}
