/** A design as entities of TypeORM: its documentation, "Entities", "Decorators reference" and "Relations". */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Design } from "../json/index.ts";
import { type CodeColumn, CodeModel, type CodeTable, type Style } from "../kit/code-model.ts";
import { docComment, textLiteral } from "../kit/comments.ts";
import { type Family, familyOf } from "../kit/family.ts";
import { camelCase, pascalCase } from "../kit/identifiers.ts";
import words from "../kit/words-typescript.json" with { type: "json" };
import imported from "./words.json" with { type: "json" };

const STYLE: Style = {
  entity: (name) => pascalCase(name, "Table"),
  field: (name) => camelCase(name, "column"),
  enumValue: (name) => pascalCase(name, "Value"),
  reserved: new Set([...words, ...imported]),
  suffixes: [],
  members: ["constructor", "prototype", "hasOwnProperty", "toString", "valueOf"],
};

/** What drivers give for the kinds of types. */
const KINDS: Readonly<Record<Family, Readonly<Partial<Record<string, string>>>>> = {
  postgres: { integer: "number", float: "number", boolean: "boolean", binary: "Uint8Array", timestamp: "Date", json: "unknown" },
  mysql: { integer: "number", float: "number", boolean: "boolean", binary: "Uint8Array", timestamp: "Date", json: "unknown" },
  sqlite: {
    integer: "number",
    float: "number",
    decimal: "number",
    boolean: "boolean",
    binary: "Uint8Array",
    timestamp: "Date",
    other: "unknown",
  },
};

/** Types that TypeORM knows by these names, with what it says of them besides. */
const SIZED: Readonly<Record<string, "length" | "precision" | "digits" | "width">> = {
  "character varying": "length",
  character: "length",
  varchar: "length",
  char: "length",
  binary: "length",
  varbinary: "length",
  bit: "length",
  "bit varying": "length",
  numeric: "digits",
  decimal: "digits",
  "timestamp without time zone": "precision",
  "timestamp with time zone": "precision",
  "time without time zone": "precision",
  "time with time zone": "precision",
  datetime: "precision",
  timestamp: "precision",
  time: "precision",
  int: "width",
  tinyint: "width",
  smallint: "width",
  mediumint: "width",
  bigint: "width",
};

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(SIZED),
  ...[
    "integer",
    "real",
    "double precision",
    "boolean",
    "text",
    "uuid",
    "json",
    "jsonb",
    "date",
    "interval",
    "bytea",
    "inet",
    "cidr",
  ],
  ...[
    "macaddr",
    "money",
    "tsvector",
    "tsquery",
    "xml",
    "citext",
    "point",
    "polygon",
    "int4range",
    "int8range",
    "numrange",
    "daterange",
  ],
  ...[
    "double",
    "float",
    "tinytext",
    "mediumtext",
    "longtext",
    "tinyblob",
    "blob",
    "mediumblob",
    "longblob",
    "year",
    "geometry",
    "hstore",
  ],
]);

type Options = Record<string, string | null>;

const object = (options: Options): string => {
  const said = Object.entries(options).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]));
  return said.length === 0 ? "" : `{ ${said.join(", ")} }`;
};

class Printer {
  readonly #model: CodeModel;
  readonly #family: Family;
  readonly #used = new Set<string>(["Entity"]);
  readonly #types = new Set<string>();

  constructor({ schema }: Design, dialect: Dialect) {
    this.#model = new CodeModel(schema, dialect, STYLE);
    this.#family = familyOf(dialect);
  }

  #use(name: string): string {
    this.#used.add(name);
    return name;
  }

  text(): string {
    const enums = this.#model.enums.map(({ name, type, values }) => {
      const list = values.map(({ word, value }) => `  ${word} = ${textLiteral(value)},\n`).join("");
      return `${docComment(type?.comment ?? null, "")}export enum ${name} {\n${list}}\n`;
    });
    const tables = this.#model.tables.map((table) => this.#entity(table));
    if (tables.length === 0 && enums.length === 0) return "export {};\n";
    const names = [...this.#used].sort();
    const types = [...this.#types].sort().map((name) => `type ${name}`);
    return [`import { ${[...names, ...types].join(", ")} } from "typeorm";\n`, ...enums, ...tables].join("\n");
  }

  /** The type, and what else is said of it. */
  #type({ type, parsed, depth, enum: values }: CodeColumn): Options {
    const array = depth === 0 ? {} : { array: "true" };
    if (values) {
      const native = this.#family === "sqlite" ? '"simple-enum"' : '"enum"';
      return { type: native, enum: values.name, enumName: values.type ? textLiteral(values.type.name) : null, ...array };
    }
    const unsigned = parsed.name.endsWith(" unsigned") ? { unsigned: "true" } : {};
    const name = parsed.name.replace(/ unsigned$/, "");
    const lower = this.#family === "sqlite" ? name.toLowerCase() : name;
    const whole = parsed.args.every((arg) => /^\d+$/.test(arg));
    const sized = Object.hasOwn(SIZED, lower) ? SIZED[lower] : undefined;
    if (!KNOWN.has(lower) || !whole || (parsed.args.length > 0 && !sized)) {
      this.#types.add("ColumnType");
      return { type: `${textLiteral(type)} as string as ColumnType`, ...array };
    }
    const [first, second] = parsed.args;
    const sizes: Options = {
      length: sized === "length" && first !== undefined ? textLiteral(first) : null,
      precision: sized === "digits" || sized === "precision" ? (first ?? null) : null,
      scale: sized === "digits" ? (second ?? null) : null,
    };
    return { type: textLiteral(lower), ...sizes, ...unsigned, ...array };
  }

  #annotation({ type, parsed, depth, enum: values, column }: CodeColumn): string {
    const wide = type === "bigint" || type.startsWith("bigint");
    const base = values?.name ?? (wide ? "string" : (KINDS[this.#family][parsed.kind] ?? "string"));
    return `${base}${"[]".repeat(depth)}${column.notNull || base === "unknown" ? "" : " | null"}`;
  }

  #default({ column, value, serial, parsed, depth }: CodeColumn): string | null {
    if (column.default === null || serial || column.generated) return null;
    const plain = depth === 0 && value !== null;
    if (plain && value.kind === "boolean" && parsed.kind === "boolean") return String(value.value);
    if (plain && value.kind === "number" && parsed.kind === "integer" && /^-?(?:0|[1-9]\d{0,8})$/.test(value.text))
      return value.text;
    if (plain && value.kind === "string" && parsed.kind === "text") return textLiteral(value.text);
    return `() => ${textLiteral(column.default)}`;
  }

  #column(made: CodeColumn, table: CodeTable): string {
    const { column, serial, primary, name } = made;
    const counts = serial || column.identity !== null || (primary && table.primary?.options["autoincrement"] === "true");
    const { generated } = column;
    const options: Options = {
      ...(primary ? { primary: "true" } : {}),
      name: textLiteral(column.name),
      ...this.#type(made),
      nullable: column.notNull ? null : "true",
      default: this.#default(made),
      asExpression: generated ? textLiteral(generated.expression) : null,
      generatedType: generated ? (generated.stored ? '"STORED"' : '"VIRTUAL"') : null,
      comment: column.comment === null ? null : textLiteral(column.comment),
      primaryKeyConstraintName: primary && table.primary && this.#family === "postgres" ? textLiteral(table.primary.name) : null,
    };
    const number = counts ? `  @${this.#use("Generated")}("increment")\n` : "";
    const decorator = `  @${this.#use("Column")}(${object(options)})\n`;
    return `${docComment(column.comment, "  ")}${decorator}${number}  ${name}!: ${this.#annotation(made)};\n`;
  }

  #list = (ids: readonly string[]): string => `[${this.#model.fields(ids).map(textLiteral).join(", ")}]`;

  #marks(table: CodeTable): string[] {
    const indexes = table.indexes.map(({ name, unique, parts, where }) => {
      const options = object({
        unique: unique ? "true" : null,
        where: where === null ? null : textLiteral(where),
      });
      const columns = this.#list(parts.flatMap(({ columnId }) => columnId ?? []));
      return `@${this.#use("Index")}(${textLiteral(name)}, ${columns}${options === "" ? "" : `, ${options}`})\n`;
    });
    const uniques = table.uniques.map(
      ({ name, columns }) => `@${this.#use("Unique")}(${textLiteral(name)}, ${this.#list(columns)})\n`,
    );
    const checks = table.checks.map(
      ({ name, expression }) => `@${this.#use("Check")}(${textLiteral(name)}, ${textLiteral(expression)})\n`,
    );
    return [...uniques, ...checks, ...indexes];
  }

  #entity(table: CodeTable): string {
    const options = object({
      name: textLiteral(table.table.name),
      schema: table.namespace === null ? null : textLiteral(table.namespace),
      comment: table.table.comment === null ? null : textLiteral(table.table.comment),
    });
    const members = [...table.columns.map((column) => this.#column(column, table)), ...table.ends.map((end) => this.#end(end))];
    const head = `${docComment(table.table.comment, "")}@Entity(${options})\n${this.#marks(table).join("")}`;
    return `${head}export class ${table.name} {\n${members.join("\n")}}\n`;
  }

  #end({ name, link, owns, other, answer }: CodeTable["ends"][number]): string {
    const { key } = link;
    this.#types.add("Relation");
    const inverse = `(other) => other.${answer}`;
    if (!owns) {
      const decorator = this.#use(link.one ? "OneToOne" : "OneToMany");
      const type = link.one ? `Relation<${other.name}> | null` : `Relation<${other.name}>[]`;
      return `  @${decorator}(() => ${other.name}, ${inverse})\n  ${name}!: ${type};\n`;
    }
    const options = object({
      onDelete: key.onDelete === "no action" ? null : textLiteral(key.onDelete.toUpperCase()),
      onUpdate: key.onUpdate === "no action" ? null : textLiteral(key.onUpdate.toUpperCase()),
      nullable: link.required ? "false" : null,
    });
    const joins = link.columns.map((column, at) => {
      const target = this.#model.column(link.refColumns[at] ?? column)?.name ?? "";
      const parts = {
        name: textLiteral(column.name),
        referencedColumnName: textLiteral(target),
        foreignKeyConstraintName: textLiteral(key.name),
      };
      return object(parts);
    });
    const decorator = `@${this.#use(link.one ? "OneToOne" : "ManyToOne")}(() => ${other.name}, ${inverse}${options === "" ? "" : `, ${options}`})`;
    const join = `@${this.#use("JoinColumn")}([${joins.join(", ")}])`;
    return `  ${decorator}\n  ${join}\n  ${name}!: Relation<${other.name}>${link.required ? "" : " | null"};\n`;
  }
}

export const printTypeorm = (design: Design, dialect: Dialect): string => new Printer(design, dialect).text();
