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

const NAMES: Readonly<Record<string, string>> = {
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

const LISTS = new Set(["enum", "set"]);

/** Reads a column's type. A domain is shown as what it is made of. */
export function fieldType(text: string, schema: Schema, dialect: Dialect): FieldType {
  const unsigned = / unsigned\b/i.test(text);
  const { name, args, array } = dialect.types.parse(text);
  const bare = name.replace(/ (unsigned|zerofill)\b/gi, "");
  const own = ownType(bare, schema);
  if (own?.kind === "domain") {
    const base = fieldType(own.base, schema, dialect);
    return { ...base, array: base.array || array > 0 };
  }
  const list = LISTS.has(bare.toLowerCase());
  return {
    name: NAMES[bare.toLowerCase()] ?? (own?.name ?? unquoted(bare)).toUpperCase(),
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
