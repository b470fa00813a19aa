/** Types of rows for TypeScript: what is read, inserted and updated. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Format, Held } from "../format.ts";
import type { Design } from "../json/index.ts";
import { CodeModel, type CodeColumn, type CodeTable, type Style } from "../kit/code-model.ts";
import { docComment, textLiteral } from "../kit/comments.ts";
import { type Family, familyOf } from "../kit/family.ts";
import { holdBy } from "../kit/hold.ts";
import { pascalCase } from "../kit/identifiers.ts";
import { BARE, type Holds, lossesBut } from "../kit/losses.ts";
import { settled } from "../kit/settled.ts";

/** What the text says of a design. */
const SAID: Holds = { ...BARE, namespaces: true, enums: true, notNull: true, tableComments: true, columnComments: true };
/** What it is made from: a column with a default may be left out of what is inserted, though the default is not told. */
const USED: Holds = { ...SAID, defaults: true, increment: "both", identityOptions: true, generated: true };

/** What drivers give for the kinds of types, as they come: `pg`, `mysql2` and `better-sqlite3`. */
const KINDS: Readonly<Record<Family, Readonly<Partial<Record<string, string>>>>> = {
  postgres: {
    integer: "number",
    float: "number",
    boolean: "boolean",
    binary: "Uint8Array",
    date: "Date",
    timestamp: "Date",
    json: "Json",
  },
  mysql: {
    ...{ integer: "number", float: "number", boolean: "number", binary: "Uint8Array", bits: "Uint8Array" },
    ...{ date: "Date", timestamp: "Date", json: "Json", geometry: "unknown" },
  },
  sqlite: { integer: "number", float: "number", decimal: "number", boolean: "number", binary: "Uint8Array", other: "unknown" },
};

const STYLE: Style = {
  entity: (name) => pascalCase(name, "Table"),
  field: (name) => name,
  enumValue: (name) => name,
  reserved: new Set(["Json", "Database", "Date", "Uint8Array", "Array", "Partial", "Row", "Insert", "Update"]),
  suffixes: ["Row", "Insert", "Update"],
  members: [],
};

const HEAD = "export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };\n";

function typeOf({ type, parsed, depth, enum: values }: CodeColumn, family: Family): string {
  const wide = family === "postgres" && type === "bigint";
  const base = values?.name ?? (wide ? "string" : (KINDS[family][parsed.kind] ?? "string"));
  return `${base}${"[]".repeat(depth)}`;
}

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : textLiteral(name));

function row(table: CodeTable, family: Family): string {
  const lines = table.columns.map((column) => {
    const { column: of } = column;
    const nothing = of.notNull ? "" : " | null";
    return `${docComment(of.comment, "  ")}  ${key(of.name)}: ${typeOf(column, family)}${nothing};\n`;
  });
  return `${docComment(table.table.comment, "")}export interface ${table.name}Row {\n${lines.join("")}}\n`;
}

/** A generated column, and one that always numbers itself, takes no value. */
function insert(table: CodeTable, family: Family): string {
  const lines = table.columns.map((column) => {
    const { column: of } = column;
    if (of.generated || of.identity?.always) return `  ${key(of.name)}?: never;\n`;
    const optional = !of.notNull || of.default !== null || of.identity !== null ? "?" : "";
    return `  ${key(of.name)}${optional}: ${typeOf(column, family)}${of.notNull ? "" : " | null"};\n`;
  });
  return `export interface ${table.name}Insert {\n${lines.join("")}}\n`;
}

function print({ schema }: Design, dialect: Dialect): string {
  const model = new CodeModel(schema, dialect, STYLE);
  const family = familyOf(dialect);
  const enums = model.enums.map(
    ({ name, values }) => `export type ${name} = ${values.map(({ value }) => textLiteral(value)).join(" | ") || "never"};\n`,
  );
  const tables = model.tables.flatMap((table) => [
    row(table, family),
    insert(table, family),
    `export type ${table.name}Update = Partial<${table.name}Insert>;\n`,
  ]);
  const all = model.tables.map(({ name, namespace, table }) => {
    const full = namespace === null ? table.name : `${namespace}.${table.name}`;
    return `  ${key(full)}: { Row: ${name}Row; Insert: ${name}Insert; Update: ${name}Update };\n`;
  });
  const database = `/** Every table, by its name. */\nexport interface Database {\n${all.join("")}}\n`;
  return [HEAD, ...enums, ...tables, database].join("\n");
}

function hold(design: Design, dialect: Dialect): Held {
  const { lost } = holdBy(design, dialect, SAID);
  const used = holdBy(design, dialect, USED).design;
  return { design: { ...used, schema: settled(used.schema, dialect) }, lost };
}

export const typescript: Format = {
  id: "typescript",
  label: "TypeScript types",
  about: "types of rows: what is read, inserted and updated",
  extensions: ["ts"],
  mediaType: "text/plain",
  reader: null,
  writer: { variants: [], losses: lossesBut(SAID), hold, print },
};
