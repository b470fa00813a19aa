/** The section of a table: its columns, keys, relations, indexes and checks. */
import { lookup, type Schema, type Table } from "../../model/index.ts";
import { columnNames, constraintWords, indexWords, relationWords, valueWords } from "../kit/details.ts";
import { code, prose, table as rows } from "./escape.ts";

/** How a table or type is called on the page, and where its section is. */
export interface Page {
  readonly name: (id: string) => string;
  readonly link: (id: string) => string;
}

const list = (names: readonly string[]): string => names.map(code).join(", ");

function columns(table: Table, schema: Schema): string {
  const { keyMark } = lookup(schema);
  return rows(
    ["Column", "Type", "Null", "Value", "Key", "Comment"],
    table.columns.map((column) => [
      code(column.name),
      code(column.type) + (column.collation === null ? "" : ` COLLATE ${code(column.collation)}`),
      column.notNull ? "" : "yes",
      code(valueWords(column)),
      keyMark(table, column.id) ?? "",
      column.comment === null ? "" : prose(column.comment),
    ]),
  );
}

function keys(table: Table): string[] {
  const names = columnNames(table);
  const found = table.constraints.flatMap((constraint) => {
    if (constraint.kind === "check") return [];
    const unique = constraint.kind === "unique" ? "unique" : "exclusion";
    const on = constraint.kind === "exclude" ? code(constraint.definition) : list(names(constraint.columns));
    return [
      [code(constraint.name), constraint.kind === "primary" ? "primary" : unique, on, code(constraintWords(constraint, names))],
    ];
  });
  const checks = table.constraints.flatMap((constraint) =>
    constraint.kind === "check"
      ? [[code(constraint.name), code(constraint.expression), code(constraintWords(constraint, names))]]
      : [],
  );
  return [
    ...(found.length > 0 ? ["**Keys**", rows(["Name", "Kind", "On", "Options"], found)] : []),
    ...(checks.length > 0 ? ["**Checks**", rows(["Name", "Expression", "Options"], checks)] : []),
  ];
}

function relations(table: Table, schema: Schema, { link }: Page): string[] {
  const find = lookup(schema);
  const own = columnNames(table);
  const outgoing = find.outgoing(table.id).map((key) => {
    const target = find.table(key.refTableId);
    const to = target ? list(columnNames(target)(key.refColumns)) : "";
    return [code(key.name), list(own(key.columns)), `${link(key.refTableId)} (${to})`, code(relationWords(key, own))];
  });
  const incoming = find.incoming(table.id).map((key) => {
    const source = find.table(key.tableId);
    return [link(key.tableId), source ? list(columnNames(source)(key.columns)) : "", list(own(key.refColumns))];
  });
  return [
    ...(outgoing.length > 0 ? ["**Refers to**", rows(["Foreign key", "Columns", "Refers to", "Options"], outgoing)] : []),
    ...(incoming.length > 0 ? ["**Referred to by**", rows(["Table", "Columns", "Refers to"], incoming)] : []),
  ];
}

function kind({ partitionBy, partitionOf, inherits, kind: own, using }: Table, { link }: Page): string[] {
  return [
    ...(own === "table" ? [] : [`A ${own} table: ${code(using ?? "")}`]),
    ...(partitionBy === null ? [] : [`Partitioned by ${code(partitionBy)}.`]),
    ...(partitionOf === null ? [] : [`A partition of ${link(partitionOf.tableId)}: ${code(partitionOf.bound)}.`]),
    ...(inherits.length === 0 ? [] : [`Inherits ${inherits.map((id) => link(id)).join(", ")}.`]),
  ];
}

/** Everything below the heading, block by block. */
export function tableBlocks(table: Table, schema: Schema, page: Page): string[] {
  const names = columnNames(table);
  const indexes = table.indexes.map((index) => {
    const { on, how } = indexWords(index, names);
    return [code(index.name), code(on), code(how), index.comment === null ? "" : prose(index.comment)];
  });
  return [
    ...(table.comment === null ? [] : [prose(table.comment)]),
    ...kind(table, page),
    columns(table, schema),
    ...keys(table),
    ...relations(table, schema, page),
    ...(indexes.length > 0 ? ["**Indexes**", rows(["Name", "On", "How", "Comment"], indexes)] : []),
  ];
}
