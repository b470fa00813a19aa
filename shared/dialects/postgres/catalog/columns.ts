/** Rows of `columns` -> model columns. */
import type { Column, ColumnId, Identity } from "../../../model/index.ts";
import { flag, type Ids, json, options, type Row, text, word } from "./reader.ts";

const STORAGE: Readonly<Record<string, string>> = { p: "PLAIN", e: "EXTERNAL", m: "MAIN", x: "EXTENDED" };
const COMPRESSION: Readonly<Record<string, string>> = { p: "pglz", l: "lz4" };

type NamedNotNull = readonly [name: string, noInherit: string, local: string, valid: string, comment: string | null];

/** PostgreSQL 18 names NOT NULL constraints; only what differs from `table_column_not_null` is kept. */
function notNullOptions(cell: unknown, table: string, column: string): Record<string, string> {
  const named = json<NamedNotNull>(cell);
  if (!named) return {};
  const [name, noInherit, local, valid, comment] = named;
  const found: Record<string, string> = {};
  if (name !== `${table}_${column}_not_null`) found["not_null_name"] = name;
  if (flag(noInherit)) found["not_null_no_inherit"] = "true";
  if (!flag(local)) found["not_null_inherited"] = "true";
  if (!flag(valid)) found["not_null_not_valid"] = "true";
  if (comment !== null) found["not_null_comment"] = comment;
  return found;
}

function storageOptions(row: Row): Record<string, string> {
  const found: Record<string, string> = {};
  const storage = text(row[11]);
  const compression = text(row[12]);
  const statistics = text(row[13]);
  if (storage) found["storage"] = STORAGE[storage] ?? storage;
  if (compression) found["compression"] = COMPRESSION[compression] ?? compression;
  if (statistics && statistics !== "-1") found["statistics"] = statistics;
  return { ...found, ...options(row[14], "attribute."), ...options(row[15], "fdw.") };
}

/** A stand-in for a type that this engine lacks has the arguments in its name: `"geometry(Point,4326)"`. */
const realType = (type: string): string => type.replace(/"([a-z_][\w$]*)(\([^"]*\))"/, "$1$2");

/**
 * One column. `identity` gives the sequence options of an identity column by its number; `table` is the bare table name and
 * `owner` the qualified one that ids are made of.
 */
export function readColumn(
  row: Row,
  ids: Ids,
  owner: string,
  table: string,
  identity: (number: string, column: string) => string,
): Column {
  const name = word(row[2]);
  const id = `column:${owner}.${name}` as ColumnId;
  ids.addColumn(word(row[0]), row[1], id);
  const expression = text(row[5]);
  const kind = word(row[6]);
  const generated = word(row[7]);
  const identityOf: Identity | null = kind === "" ? null : { always: kind === "a", sequence: identity(word(row[1]), name) };
  return {
    id,
    name,
    type: realType(word(row[3])),
    notNull: flag(row[4]),
    default: generated === "" ? expression : null,
    identity: identityOf,
    generated: generated === "" || expression === null ? null : { expression, stored: generated === "s" },
    collation: text(row[8]),
    comment: text(row[9]),
    inherited: !flag(row[10]),
    options: { ...storageOptions(row), ...notNullOptions(row[16], table, name) },
  };
}
