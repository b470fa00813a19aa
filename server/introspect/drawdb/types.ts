/** Column types in the words of DrawDB's import server: a short list of its own names, for the rest the engine's in capitals. */
import type { Dialect } from "#shared/dialects/dialect.ts";
import type { Schema } from "#shared/model/index.ts";

export interface FieldType {
  /** `VARCHAR`, `TIMESTAMPTZ`, the name of an enum in capitals. */
  readonly name: string;
  /** `255`, `8,2`; empty for none. */
  readonly size: string;
  /** Of an enum written in the column, as MySQL has it. */
  readonly values: readonly string[];
  readonly array: boolean;
  readonly unsigned: boolean;
}

/** How the contract tells of an engine's columns. */
export interface Words {
  /** Its word for a type in lower case; what is not listed is shown in capitals. */
  readonly types: Readonly<Record<string, string>>;
  /** A sole key of type INTEGER counts by itself. */
  readonly integerKeysCount: boolean;
  /** Foreign keys have the names the engine gives; where not, `fk_` with table and column. */
  readonly keysAreNamed: boolean;
}

/** A schema with what its words mean. */
export interface Reading {
  readonly schema: Schema;
  readonly dialect: Dialect;
  readonly words: Words;
}

/** SQLite's types keep their names. */
export const FILE_WORDS: Words = { types: {}, integerKeysCount: true, keysAreNamed: false };

const SHORT_NAMES = {
  integer: "INT",
  int: "INT",
  "character varying": "VARCHAR",
  character: "CHAR",
  "timestamp without time zone": "TIMESTAMP",
  timestamp: "TIMESTAMP",
  "timestamp with time zone": "TIMESTAMPTZ",
  "time without time zone": "TIME",
  "time with time zone": "TIMETZ",
  numeric: "DECIMAL",
  real: "FLOAT",
  "double precision": "DOUBLE",
  "bit varying": "VARBIT",
};

/** Types of the servers have DrawDB's own names, where it has one. */
export const SERVER_WORDS: Words = { types: SHORT_NAMES, integerKeysCount: false, keysAreNamed: true };

const LISTS = new Set(["enum", "set"]);

/** Reads a column's type. A domain is shown as what it is made of. */
export function fieldType(text: string, reading: Reading): FieldType {
  const { schema, dialect, words } = reading;
  const unsigned = / unsigned\b/i.test(text);
  const { name, args, array } = dialect.types.parse(text);
  const bare = name.replace(/ (unsigned|zerofill)\b/gi, "");
  const own = ownType(bare, schema);
  if (own?.kind === "domain") {
    const base = fieldType(own.base, reading);
    return { ...base, array: base.array || array > 0 };
  }
  const list = LISTS.has(bare.toLowerCase());
  return {
    name: words.types[bare.toLowerCase()] ?? (own?.name ?? unquoted(bare)).toUpperCase(),
    size: list ? "" : args.join(","),
    values: list ? args.map(literal) : [],
    array: array > 0,
    unsigned,
  };
}

/** A type of the schema, named as the engine prints it: with its namespace, quoted where needed. */
function ownType(name: string, schema: Schema): Schema["types"][number] | null {
  const wanted = name.replaceAll('"', "");
  const spaces = new Map<string, string>(schema.namespaces.map(({ id, name: space }) => [id, space]));
  return (
    schema.types.find((type) => type.name === wanted || `${spaces.get(type.namespaceId) ?? ""}.${type.name}` === wanted) ?? null
  );
}

/** The last part of a qualified name. */
const unquoted = (name: string): string => (name.split(".").at(-1) ?? name).replaceAll('"', "");

const literal = (text: string): string => text.replace(/^'|'$/g, "").replaceAll("''", "'");
