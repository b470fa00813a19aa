/** Rows of `columns` -> model columns. */
import type { Column, ColumnId, Identity } from "../../../model/index.ts";
import { flag, type Ids, json, NO_OPTIONS, oid, options, type Row, word } from "./reader.ts";
import { isUsualNotNull, notNullName } from "../not-null-name.ts";

const STORAGE: Readonly<Record<string, string>> = { p: "PLAIN", e: "EXTERNAL", m: "MAIN", x: "EXTENDED" };
const COMPRESSION: Readonly<Record<string, string>> = { p: "pglz", l: "lz4" };

/** What a column has that few have. */
type Rare = readonly [
  identity: string,
  generated: string,
  local: boolean,
  collation: string | null,
  storage: string | null,
  compression: string | null,
  statistics: number | null,
  attributes: readonly string[] | null,
  foreign: readonly string[] | null,
];

/** One column as `COLUMNS` gives it. */
export type ColumnFacts = readonly [
  number: number,
  name: string,
  type: string,
  notNull: boolean,
  expression: string | null,
  rare: Rare | null,
];

const USUAL: Rare = ["", "", true, null, null, null, null, null, null];

export const collationOf = ([, , , , , rare]: ColumnFacts): string | null => rare?.[3] ?? null;

/** The columns of a relation in their order. */
export type ColumnsOf = (relation: string) => readonly ColumnFacts[];

/** Rows of `COLUMNS` -> columns by relation. A text is read when it is asked for: most are needed once, and nothing is kept. */
export function columnsByRelation(rows: readonly Row[]): ColumnsOf {
  const texts = new Map(rows.map((row) => [oid(row[0]), row[1]]));
  return (relation) => (json<ColumnFacts[]>(texts.get(relation)) ?? []).sort(([a], [b]) => a - b);
}

/** PostgreSQL 18 names NOT NULL constraints; only what differs from what it would say itself is kept. */
function notNullOptions(row: Row, ids: Ids, table: string, column: string): Record<string, string> {
  const [constraint, , , name, noInherit, local, valid] = row;
  const comment = ids.comment("pg_constraint", constraint);
  const found: Record<string, string> = {};
  const usual = comment === null ? isUsualNotNull(word(name), table, column) : word(name) === notNullName(table, column);
  if (!usual) found["not_null_name"] = word(name);
  if (flag(noInherit)) found["not_null_no_inherit"] = "true";
  if (!flag(local)) found["not_null_inherited"] = "true";
  if (!flag(valid)) found["not_null_not_valid"] = "true";
  if (comment !== null) found["not_null_comment"] = comment;
  return found;
}

function storageOptions([, , , , storage, compression, statistics, attributes, foreign]: Rare): Record<string, string> {
  const found: Record<string, string> = {};
  if (storage) found["storage"] = STORAGE[storage] ?? storage;
  if (compression) found["compression"] = COMPRESSION[compression] ?? compression;
  if (statistics !== null) found["statistics"] = String(statistics);
  return { ...found, ...options(attributes, "attribute."), ...options(foreign, "fdw.") };
}

/** A stand-in for a type that this engine lacks has the arguments in its name: `"geometry(Point,4326)"`. */
const realType = (type: string): string => (type.includes('"') ? type.replace(/"([a-z_][\w$]*)(\([^"]*\))"/, "$1$2") : type);

/** The table that a column is read for. */
export interface ColumnOwner {
  readonly oid: string;
  /** The qualified name that ids are made of. */
  readonly qualified: string;
  readonly name: string;
  /** The sequence options of an identity column, by its number. */
  readonly identity: (number: number, column: string) => string;
  /** Rows of `notNulls` by the number of their column. */
  readonly notNulls: ReadonlyMap<number, Row>;
}

export function readColumn(facts: ColumnFacts, ids: Ids, owner: ColumnOwner): Column {
  const [number, name, type, required, expression, rare] = facts;
  const id = `column:${owner.qualified}.${name}` as ColumnId;
  ids.addColumn(owner.oid, number, id);
  const [kind, generated, local, collation] = rare ?? USUAL;
  const notNull = owner.notNulls.get(number);
  const identity: Identity | null = kind === "" ? null : { always: kind === "a", sequence: owner.identity(number, name) };
  return {
    id,
    name,
    type: realType(type),
    notNull: required,
    default: generated === "" ? expression : null,
    identity,
    generated: generated === "" || expression === null ? null : { expression, stored: generated === "s" },
    collation,
    comment: ids.comment("pg_class", owner.oid, number),
    inherited: !local,
    options:
      rare || notNull
        ? { ...storageOptions(rare ?? USUAL), ...(notNull ? notNullOptions(notNull, ids, owner.name, name) : {}) }
        : NO_OPTIONS,
  };
}
