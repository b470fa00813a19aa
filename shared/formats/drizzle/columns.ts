/** Columns in the words of Drizzle's three cores: drizzle docs, "Column types". What a core has no word for is a type of one's own. */
import { textLiteral, sqlTemplate } from "../kit/comments.ts";
import type { CodeColumn } from "../kit/code-model.ts";
import type { Family } from "../kit/family.ts";

/** What a column is made by: a function of the core, and what it takes. */
export interface Builder {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
  /** The SQL of a type that the core has no word for; null for the core's own. */
  readonly custom: string | null;
}

const made = (name: string, options: Readonly<Record<string, string>> = {}): Builder => ({ name, options, custom: null });

const digits = ([precision, scale]: readonly string[]): Record<string, string> => ({
  ...(precision === undefined ? {} : { precision }),
  ...(scale === undefined ? {} : { scale }),
});

const length = ([size]: readonly string[]): Record<string, string> => (size === undefined ? {} : { length: size });

type Make = (args: readonly string[]) => Builder;
const plain =
  (name: string): Make =>
  () =>
    made(name);

const POSTGRES: Readonly<Record<string, Make>> = {
  smallint: plain("smallint"),
  integer: plain("integer"),
  bigint: () => made("bigint", { mode: '"bigint"' }),
  real: plain("real"),
  "double precision": plain("doublePrecision"),
  numeric: (args) => made("numeric", digits(args)),
  boolean: plain("boolean"),
  text: plain("text"),
  "character varying": (args) => made("varchar", length(args)),
  character: (args) => made("char", length(args)),
  uuid: plain("uuid"),
  json: plain("json"),
  jsonb: plain("jsonb"),
  date: plain("date"),
  inet: plain("inet"),
  cidr: plain("cidr"),
  macaddr: plain("macaddr"),
  interval: (args) => made("interval", args[0] === undefined ? {} : { precision: args[0] }),
  "timestamp without time zone": (args) => made("timestamp", digits(args.slice(0, 1))),
  "timestamp with time zone": (args) => made("timestamp", { ...digits(args.slice(0, 1)), withTimezone: "true" }),
  "time without time zone": (args) => made("time", digits(args.slice(0, 1))),
  "time with time zone": (args) => made("time", { ...digits(args.slice(0, 1)), withTimezone: "true" }),
};

const signed = (name: string): Readonly<Record<string, Make>> => ({
  [name]: () => made(name),
  [`${name} unsigned`]: () => made(name, { unsigned: "true" }),
});

const fsp = ([size]: readonly string[]): Record<string, string> => (size === undefined ? {} : { fsp: size });

const MYSQL: Readonly<Record<string, Make>> = {
  ...signed("int"),
  ...signed("tinyint"),
  ...signed("smallint"),
  ...signed("mediumint"),
  bigint: () => made("bigint", { mode: '"bigint"' }),
  "bigint unsigned": () => made("bigint", { mode: '"bigint"', unsigned: "true" }),
  decimal: (args) => made("decimal", digits(args)),
  double: (args) => made("double", digits(args)),
  float: (args) => made("float", digits(args)),
  varchar: (args) => made("varchar", { length: args[0] ?? "255" }),
  char: (args) => made("char", length(args)),
  text: plain("text"),
  tinytext: plain("tinytext"),
  mediumtext: plain("mediumtext"),
  longtext: plain("longtext"),
  binary: (args) => made("binary", length(args)),
  varbinary: (args) => made("varbinary", { length: args[0] ?? "255" }),
  json: plain("json"),
  date: plain("date"),
  year: plain("year"),
  datetime: (args) => made("datetime", fsp(args)),
  timestamp: (args) => made("timestamp", fsp(args)),
  time: (args) => made("time", fsp(args)),
};

const SQLITE: Readonly<Record<string, Make>> = {
  INTEGER: plain("integer"),
  TEXT: plain("text"),
  REAL: plain("real"),
  BLOB: plain("blob"),
  NUMERIC: plain("numeric"),
};

const WORDS: Readonly<Record<Family, Readonly<Record<string, Make>>>> = { postgres: POSTGRES, mysql: MYSQL, sqlite: SQLITE };

const bare = (args: readonly string[]): boolean => args.length === 0;

/** Types whose arguments mean nothing, and may be left out. */
const WIDTHS = /^(?:tiny|small|medium|big)?int\b|^year$/;

export function builderOf({ type, parsed, enum: values }: CodeColumn, family: Family): Builder {
  if (values && family === "mysql")
    return made("mysqlEnum", { values: `[${values.values.map(({ value }) => textLiteral(value)).join(", ")}]` });
  if (values) return made(values.name);
  const { name, args, kind } = parsed;
  if (family === "mysql" && kind === "boolean") return made("boolean");
  const words = WORDS[family];
  const make = Object.hasOwn(words, name) ? words[name] : undefined;
  const takes =
    bare(args) || (make?.(args).options && Object.keys(make(args).options).length > Object.keys(make([]).options).length);
  const sized = family === "mysql" && /^(?:var)?(?:char|binary)$/.test(name);
  if (make && (takes || sized || (family === "mysql" && WIDTHS.test(name))) && args.every((arg) => /^\d+$/.test(arg)))
    return make(args);
  return { name: "customType", options: {}, custom: type };
}

/** How values of a type of one's own look in a program. */
export const customData = ({ parsed }: CodeColumn): string =>
  ({ integer: "number", float: "number", boolean: "boolean", binary: "Uint8Array" })[parsed.kind as string] ?? "string";

/** The default, where a plain value of the column's own type says it. */
function plainDefault(
  { value, column, parsed, depth, enum: values }: CodeColumn,
  family: Family,
  builder: Builder,
): string | null {
  if (depth > 0 || builder.custom !== null) return null;
  const { name } = builder;
  if (value?.kind === "now" && value.precision === "" && family === "postgres" && /^(?:timestamp|date|time)$/.test(name))
    return ".defaultNow()";
  if (value?.kind === "uuid" && name === "uuid" && /^gen_random_uuid/.test(column.default ?? "")) return ".defaultRandom()";
  if (value?.kind === "boolean" && name === "boolean") return `.default(${String(value.value)})`;
  const safe = value?.kind === "number" && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/.test(value.text) ? value.text : null;
  if (
    safe !== null &&
    /^(?:small|tiny|medium)?int(?:eger)?$|^real$|^double|^float$/.test(name) &&
    !(safe.includes(".") && name.includes("int"))
  )
    return `.default(${safe})`;
  if (safe !== null && name === "boolean" && /^[01]$/.test(safe)) return `.default(${String(safe === "1")})`;
  if (value?.kind !== "string") return null;
  if (values) return values.values.some((one) => one.value === value.text) ? `.default(${textLiteral(value.text)})` : null;
  return parsed.kind === "text" && family !== "sqlite" ? `.default(${textLiteral(value.text)})` : null;
}

/** Everything behind the builder: `.notNull().default(1)`. */
export function modifiers(made: CodeColumn, family: Family, builder: Builder, alone: boolean): string {
  const { column, depth, serial } = made;
  const { identity, generated } = column;
  const parts = ["[]".repeat(depth).replaceAll("[]", ".array()")];
  if (alone) parts.push(family === "sqlite" ? "" : ".primaryKey()");
  if (column.notNull && !serial) parts.push(".notNull()");
  if (identity && family === "postgres")
    parts.push(identity.always ? ".generatedAlwaysAsIdentity()" : ".generatedByDefaultAsIdentity()");
  if (identity && family === "mysql") parts.push(".autoincrement()");
  if (generated) {
    const mode = family === "postgres" ? "" : `, { mode: "${generated.stored ? "stored" : "virtual"}" }`;
    parts.push(`.generatedAlwaysAs(${sqlTemplate(generated.expression)}${mode})`);
  } else if (column.default !== null && !serial && !identity)
    parts.push(plainDefault(made, family, builder) ?? `.default(${sqlTemplate(column.default)})`);
  return parts.join("");
}
