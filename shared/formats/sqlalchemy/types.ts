/** Types of columns in the words of SQLAlchemy 2: its documentation, "SQL Datatype Objects" and "Dialects". */
import type { CodeColumn } from "../kit/code-model.ts";
import type { Family } from "../kit/family.ts";
import { pyText } from "../kit/python.ts";

export interface PyType {
  /** `String(20)` */
  readonly sql: string;
  /** What its values are: `str`. */
  readonly annotation: string;
  /** What is imported: module and name. */
  readonly imports: readonly (readonly [module: string, name: string])[];
}

const CORE = "sqlalchemy";
const of = (module: string, name: string, args: string, annotation: string): PyType => ({
  sql: args === "" ? name : `${name}(${args})`,
  annotation,
  imports: [[module, name]],
});

type Make = readonly [
  module: string,
  name: string,
  annotation: string,
  args: "none" | "all" | "precision" | "zone" | "zone precision",
];

const PG = "sqlalchemy.dialects.postgresql";
const POSTGRES: Readonly<Record<string, Make>> = {
  smallint: [CORE, "SmallInteger", "int", "none"],
  integer: [CORE, "Integer", "int", "none"],
  bigint: [CORE, "BigInteger", "int", "none"],
  real: [CORE, "REAL", "float", "none"],
  "double precision": [CORE, "Double", "float", "none"],
  numeric: [CORE, "Numeric", "Decimal", "all"],
  boolean: [CORE, "Boolean", "bool", "none"],
  text: [CORE, "Text", "str", "none"],
  "character varying": [CORE, "String", "str", "all"],
  character: [CORE, "CHAR", "str", "all"],
  uuid: [CORE, "Uuid", "UUID", "none"],
  date: [CORE, "Date", "datetime.date", "none"],
  bytea: [CORE, "LargeBinary", "bytes", "none"],
  json: [PG, "JSON", "Any", "none"],
  jsonb: [PG, "JSONB", "Any", "none"],
  inet: [PG, "INET", "Any", "none"],
  cidr: [PG, "CIDR", "Any", "none"],
  macaddr: [PG, "MACADDR", "str", "none"],
  money: [PG, "MONEY", "Any", "none"],
  tsvector: [PG, "TSVECTOR", "str", "none"],
  tsquery: [PG, "TSQUERY", "str", "none"],
  citext: [PG, "CITEXT", "str", "none"],
  oid: [PG, "OID", "int", "none"],
  int4range: [PG, "INT4RANGE", "Any", "none"],
  int8range: [PG, "INT8RANGE", "Any", "none"],
  numrange: [PG, "NUMRANGE", "Any", "none"],
  tstzrange: [PG, "TSTZRANGE", "Any", "none"],
  daterange: [PG, "DATERANGE", "Any", "none"],
  "timestamp without time zone": [PG, "TIMESTAMP", "datetime.datetime", "precision"],
  "timestamp with time zone": [PG, "TIMESTAMP", "datetime.datetime", "zone precision"],
  "time without time zone": [PG, "TIME", "datetime.time", "precision"],
  "time with time zone": [PG, "TIME", "datetime.time", "zone precision"],
  interval: [PG, "INTERVAL", "datetime.timedelta", "precision"],
};

const MY = "sqlalchemy.dialects.mysql";
const MYSQL: Readonly<Record<string, Make>> = {
  tinyint: [MY, "TINYINT", "int", "none"],
  smallint: [MY, "SMALLINT", "int", "none"],
  mediumint: [MY, "MEDIUMINT", "int", "none"],
  int: [MY, "INTEGER", "int", "none"],
  bigint: [MY, "BIGINT", "int", "none"],
  decimal: [MY, "DECIMAL", "Decimal", "all"],
  double: [MY, "DOUBLE", "float", "all"],
  float: [MY, "FLOAT", "float", "all"],
  varchar: [MY, "VARCHAR", "str", "all"],
  char: [MY, "CHAR", "str", "all"],
  tinytext: [MY, "TINYTEXT", "str", "none"],
  text: [MY, "TEXT", "str", "none"],
  mediumtext: [MY, "MEDIUMTEXT", "str", "none"],
  longtext: [MY, "LONGTEXT", "str", "none"],
  tinyblob: [MY, "TINYBLOB", "bytes", "none"],
  blob: [MY, "BLOB", "bytes", "none"],
  mediumblob: [MY, "MEDIUMBLOB", "bytes", "none"],
  longblob: [MY, "LONGBLOB", "bytes", "none"],
  binary: [MY, "BINARY", "bytes", "all"],
  varbinary: [MY, "VARBINARY", "bytes", "all"],
  json: [MY, "JSON", "Any", "none"],
  date: [CORE, "Date", "datetime.date", "none"],
  year: [MY, "YEAR", "int", "none"],
  bit: [MY, "BIT", "bytes", "all"],
};

const SQLITE: Readonly<Record<string, Make>> = {
  INTEGER: [CORE, "Integer", "int", "none"],
  TEXT: [CORE, "Text", "str", "none"],
  REAL: [CORE, "REAL", "float", "none"],
  BLOB: [CORE, "LargeBinary", "bytes", "none"],
  BOOLEAN: [CORE, "Boolean", "bool", "none"],
  BIGINT: [CORE, "BigInteger", "int", "none"],
  SMALLINT: [CORE, "SmallInteger", "int", "none"],
  VARCHAR: [CORE, "String", "str", "all"],
  NUMERIC: [CORE, "Numeric", "Decimal", "all"],
  DECIMAL: [CORE, "DECIMAL", "Decimal", "all"],
  DATE: [CORE, "Date", "datetime.date", "none"],
  DATETIME: [CORE, "DateTime", "datetime.datetime", "none"],
  JSON: [CORE, "JSON", "Any", "none"],
};

const WORDS: Readonly<Record<Family, Readonly<Record<string, Make>>>> = { postgres: POSTGRES, mysql: MYSQL, sqlite: SQLITE };

/** What the values of a type are that SQLAlchemy has no word for. */
const KINDS: Readonly<Partial<Record<string, string>>> = {
  integer: "int",
  float: "float",
  boolean: "bool",
  text: "str",
  binary: "bytes",
};

function made([module, name, annotation, takes]: Make, args: readonly string[]): PyType | null {
  const whole = args.every((arg) => /^\d+$/.test(arg));
  if (!whole || (takes === "none" && args.length > 0)) return null;
  const zone = takes.startsWith("zone") ? ["timezone=True"] : [];
  const list = takes === "all" ? args : args[0] === undefined ? zone : [...zone, `precision=${args[0]}`];
  return of(module, name, list.join(", "), annotation);
}

/** MySQL's types have more to say: signs and widths. */
function mysql({ type, parsed }: CodeColumn): PyType | null {
  const [bare = "", ...signs] = parsed.name.split(" ");
  const moment = { datetime: "DATETIME", timestamp: "TIMESTAMP", time: "TIME" }[bare];
  if (moment) {
    const annotation = bare === "time" ? "datetime.time" : "datetime.datetime";
    return of(MY, moment, parsed.args[0] === undefined ? "" : `fsp=${parsed.args[0]}`, annotation);
  }
  const word = Object.hasOwn(MYSQL, bare) ? MYSQL[bare] : undefined;
  if (!word) return null;
  if (word[2] !== "int" || bare === "year") return made(word, bare === "year" ? [] : parsed.args);
  const list = [
    ...(parsed.args[0] === undefined ? [] : [`display_width=${parsed.args[0]}`]),
    ...(signs.includes("unsigned") ? ["unsigned=True"] : []),
    ...(type.includes("zerofill") ? ["zerofill=True"] : []),
  ];
  return of(MY, word[1], list.join(", "), parsed.kind === "boolean" ? "bool" : "int");
}

/** A type that is written as it is. `AnyType` is a class of the file's own. */
const asIs = ({ type, parsed }: CodeColumn): PyType => ({
  sql: `AnyType(${pyText(type)})`,
  annotation: KINDS[parsed.kind] ?? "Any",
  imports: [["", "AnyType"]],
});

function single(column: CodeColumn, family: Family): PyType {
  const { enum: values, parsed } = column;
  if (values) {
    // MySQL's lists have no name.
    const native = family === "mysql" ? "" : `, name=${pyText(values.type?.name ?? values.name)}`;
    return {
      sql: `Enum(${values.name}, values_callable=lambda items: [item.value for item in items]${native})`,
      annotation: values.name,
      imports: [[CORE, "Enum"]],
    };
  }
  if (family === "mysql") return mysql(column) ?? asIs(column);
  const words = WORDS[family];
  const name = family === "sqlite" ? parsed.name.toUpperCase() : parsed.name;
  const word = Object.hasOwn(words, name) ? words[name] : undefined;
  return (word && made(word, parsed.args)) ?? asIs(column);
}

export function pyTypeOf(column: CodeColumn, family: Family): PyType {
  const base = single(column, family);
  if (column.depth === 0) return base;
  const dimensions = column.depth === 1 ? "" : `, dimensions=${String(column.depth)}`;
  return {
    sql: `ARRAY(${base.sql}${dimensions})`,
    annotation: "list[".repeat(column.depth) + base.annotation + "]".repeat(column.depth),
    imports: [...base.imports, [PG, "ARRAY"]],
  };
}
