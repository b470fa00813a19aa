/** Lines of keys and indexes. A name is written where it is not the one that Prisma would give. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { Column, ColumnId, Index, IndexPart, KeyConstraint, Table } from "../../../model/index.ts";
import { indexName, primaryName, uniqueName, usualMethod } from "../../kit/names.ts";
import { quoted } from "../text/strings.ts";

type Field = (column: Column) => string;

const listText = (items: readonly string[]): string => `[${items.join(", ")}]`;

const METHODS: Readonly<Record<string, string>> = {
  hash: "Hash",
  gin: "Gin",
  gist: "Gist",
  spgist: "SpGist",
  brin: "Brin",
};

const columnsOf = ({ columns }: Table, ids: readonly ColumnId[]): readonly Column[] =>
  ids.flatMap((id) => columns.find((column) => column.id === id) ?? []);

const mapText = (name: string, usual: string): readonly string[] => (name === usual ? [] : [`map: ${quoted(name)}`]);

const called = (name: string, args: readonly string[]): string => (args.length === 0 ? name : `${name}(${args.join(", ")})`);

function orderText({ descending, opclass }: IndexPart): readonly string[] {
  const length = opclass?.startsWith("(") ? [`length: ${opclass.slice(1, -1)}`] : [];
  const ops = opclass !== null && length.length === 0 ? [`ops: raw(${quoted(opclass)})`] : [];
  return [...length, ...(descending ? ["sort: Desc"] : []), ...ops];
}

function partsText(index: Index, table: Table, field: Field): readonly string[] {
  return index.parts.flatMap((part) => {
    const [column] = part.columnId === null ? [] : columnsOf(table, [part.columnId]);
    return column ? [called(field(column), orderText(part))] : [];
  });
}

/** A primary or unique key: of one column as its attribute, of several as a line. */
export function keyLine(key: KeyConstraint, table: Table, field: Field, dialect: Dialect): string {
  const columns = columnsOf(table, key.columns);
  const names = columns.map(({ name }) => name);
  const usual = key.kind === "primary" ? primaryName(table.name, dialect) : uniqueName(table.name, names, dialect);
  const fixed = key.kind === "primary" && dialect.features.primaryKeyName !== null;
  const map = fixed ? [] : mapText(key.name, usual);
  const name = key.kind === "primary" ? "id" : "unique";
  return columns.length === 1 ? called(`@${name}`, map) : called(`@@${name}`, [listText(columns.map(field)), ...map]);
}

/** A unique index: of one column as its attribute, of several as a line. */
export function uniqueLine(index: Index, table: Table, field: Field, dialect: Dialect): string {
  const ids = index.parts.flatMap(({ columnId }) => columnId ?? []);
  const names = columnsOf(table, ids).map(({ name }) => name);
  const map = mapText(index.name, uniqueName(table.name, names, dialect));
  const [only, ...more] = index.parts;
  if (only && more.length === 0) return called("@unique", [...orderText(only), ...map]);
  return called("@@unique", [listText(partsText(index, table, field)), ...map]);
}

export function indexLine(index: Index, table: Table, field: Field, dialect: Dialect): string {
  const names = columnsOf(
    table,
    index.parts.flatMap(({ columnId }) => columnId ?? []),
  ).map(({ name }) => name);
  const map = mapText(index.name, indexName(table.name, names, dialect));
  const parts = listText(partsText(index, table, field));
  if (index.method === "fulltext") return called("@@fulltext", [parts, ...map]);
  const method = METHODS[index.method];
  const type = index.method === usualMethod(dialect) || method === undefined ? [] : [`type: ${method}`];
  return called("@@index", [parts, ...type, ...map]);
}
