/** `@dbml/parse`, the language's own reader, as the oracle of ours: what it says of a text, in words that ours can be put into too. */
import { Compiler, type Database, Filepath, MemoryProjectLayout } from "@dbml/parse";
import { postgres } from "#shared/dialects/postgres/index.ts";
import type { Schema, Table } from "#shared/model/index.ts";

export interface Said {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Oracle {
  readonly errors: readonly Said[];
  readonly database: Database | null;
}

export function oracle(text: string, files: Readonly<Record<string, string>> = {}): Oracle {
  const layout = new MemoryProjectLayout();
  const main = Filepath.from("/main.dbml");
  layout.setSource(main, text);
  for (const [path, other] of Object.entries(files)) layout.setSource(Filepath.from(path), other);
  const report = new Compiler(layout).interpretFile(main);
  const errors = report.getErrors().map(({ start, end, diagnostic }) => ({ start, end, text: diagnostic }));
  return { errors, database: report.getValue() ?? null };
}

interface Plain {
  readonly tables: Readonly<Record<string, unknown>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
  readonly relations: readonly string[];
}

const full = (schema: string | null, name: string): string => `${schema ?? "public"}.${name}`;
const sortedRecord = <T>(pairs: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));

/** How an argument is quoted and signed is each reader's own: `enum(a,b c)`, `int(--1)`. */
const bare = (type: string): string =>
  type
    .replaceAll("'", "")
    .replace(/\s*\(/, "(")
    .replace(/[+-]+(?=[\d.])/g, (signs) => (signs.replaceAll("+", "").length % 2 === 1 ? "-" : ""));

/** Ours reads a serial column as what it stands for. */
const SERIAL: Readonly<Record<string, string>> = { smallint: "smallserial", integer: "serial", bigint: "bigserial" };

type Field = Database["tables"][number]["fields"][number];

function typeOf({ type }: Field, enums: ReadonlySet<string>): string {
  const name = full(type.schemaName, type.type_name.replace(/(\[\d*\])+$/, ""));
  const array = /(\[\d*\])+$/.exec(type.type_name)?.[0] ?? "";
  const { identifier } = postgres.quote;
  const quoted = (schema: string, own: string): string => `${identifier(schema)}.${identifier(own)}${array}`;
  if (enums.has(name)) return quoted(type.schemaName ?? "public", type.type_name.replace(/(\[\d*\])+$/, ""));
  if (type.schemaName !== null) return bare(quoted(type.schemaName, type.type_name));
  return bare(postgres.types.canonical(type.type_name));
}

function defaultOf({ dbdefault }: Field): string | null {
  if (!dbdefault) return null;
  const { type, value } = dbdefault;
  if (type === "string") return postgres.quote.literal(String(value)).trim();
  if (type === "boolean") return String(value).toLowerCase() === "null" ? null : String(value).toLowerCase();
  return String(value);
}

const number = (text: string | null): string | null =>
  text !== null && /^-?[\d.]+(e[+-]?\d+)?$/i.test(text) ? String(Number(text)) : text;

/** What is left of `all` when each of `some` is taken away once. */
function beyond(all: readonly string[], some: readonly string[]): string[] {
  const left = [...all];
  for (const item of some) if (left.includes(item)) left.splice(left.indexOf(item), 1);
  return left;
}

type OracleTable = Database["tables"][number];

/** The oracle leaves it to others to put partials into tables: what a table says itself counts, then what is injected last. */
function injected(table: OracleTable, { tablePartials }: Database): Pick<OracleTable, "fields" | "indexes" | "checks" | "note"> {
  const partials = table.partials.flatMap(({ name }) => tablePartials.filter((partial) => partial.name === name));
  if (partials.length === 0) return table;
  const fields = new Map(partials.flatMap((partial) => partial.fields.map((field) => [field.name, field] as const)));
  for (const field of table.fields) fields.set(field.name, field);
  return {
    fields: [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    indexes: [...table.indexes, ...partials.flatMap(({ indexes }) => indexes)],
    checks: [...table.checks, ...partials.flatMap(({ checks }) => checks)],
    ...(table.note ? { note: table.note } : (partials.findLast(({ note }) => note) ?? {})),
  };
}

/** What the oracle read. */
export function plainOracle(database: Database): Plain {
  const { tables, enums, refs } = database;
  const known = new Set(enums.map(({ schemaName, name }) => full(schemaName, name)));
  const plainTable = (said: OracleTable) => {
    const table = injected(said, database);
    const keys = table.indexes.filter(({ pk }) => pk).flatMap(({ columns }) => columns.map(({ value }) => value));
    const flagged = table.fields.filter(({ pk }) => pk).map(({ name }) => name);
    return {
      note: table.note?.value ?? null,
      columns: table.fields.map((field) => ({
        name: field.name,
        type: typeOf(field, known),
        default: number(defaultOf(field)),
        note: field.note?.value ?? null,
        unique: field.unique ?? false,
      })),
      primary: [...(flagged.length > 0 ? flagged : keys)].sort(),
      checks: [...table.checks, ...table.fields.flatMap(({ checks }) => checks)].map(({ expression }) => expression).sort(),
      indexes: table.indexes
        .filter(({ pk }) => !pk)
        .map(
          ({ columns, unique }) =>
            `${unique ? "unique " : ""}${columns
              .map(({ value }) => value)
              .sort()
              .join()}`,
        )
        .sort(),
    };
  };
  return {
    tables: sortedRecord(tables.map((table) => [full(table.schemaName, table.name), plainTable(table)] as const)),
    enums: sortedRecord(enums.map((item) => [full(item.schemaName, item.name), item.values.map(({ name }) => name)] as const)),
    relations: refs
      .filter(({ endpoints }) => !endpoints.every(({ relation }) => relation.includes("*")))
      .map(({ endpoints, onDelete, onUpdate }) => {
        const ends = endpoints.map((end) => `${full(end.schemaName, end.tableName)}(${end.fieldNames.join()})`).sort();
        const many = endpoints.find(({ relation }) => relation.includes("*"));
        const holder = many ? full(many.schemaName, many.tableName) : "";
        return [...ends, holder, onDelete?.toLowerCase() ?? "no action", onUpdate?.toLowerCase() ?? "no action"].join(" ");
      })
      .sort(),
  };
}

/** What ours read, in the same words. Tables that join two others are ours alone: `oracle` says which it knows. */
export function plainOurs(schema: Schema, database: Database): Plain {
  const { tables, refs } = database;
  const serial = new Set<string>(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
  const namespaces = new Map<string, string>(schema.namespaces.map(({ id, name }) => [id, name]));
  const nameOf = (table: Table): string => full(namespaces.get(table.namespaceId) ?? "", table.name);
  const known = new Set(tables.map((table) => full(table.schemaName, table.name)));
  const own = schema.tables.filter((table) => known.has(nameOf(table)));
  const byId = new Map<string, Table>(own.map((table) => [table.id, table]));
  const columnsOf = (table: Table, ids: readonly string[]): string[] =>
    ids.map((id) => table.columns.find((column) => column.id === id)?.name ?? "");
  const oneToOne = new Set(
    refs
      .filter(({ endpoints }) => !endpoints.some(({ relation }) => relation.includes("*")))
      .map(({ endpoints }) =>
        endpoints
          .map((end) => `${full(end.schemaName, end.tableName)}(${end.fieldNames.join()})`)
          .sort()
          .join(" "),
      ),
  );
  const plainTable = (table: Table) => {
    const keys = table.constraints.flatMap((key) => (key.kind === "primary" || key.kind === "unique" ? [key] : []));
    const singles = keys
      .filter(({ kind, columns }) => kind === "unique" && columns.length === 1)
      .map(({ columns }) => columns[0]);
    const said = tables.find((item) => full(item.schemaName, item.name) === nameOf(table));
    const flagged = said ? injected(said, database).fields.filter(({ unique }) => unique) : [];
    const columns =
      said && said.partials.length > 0 ? [...table.columns].sort((a, b) => (a.name < b.name ? -1 : 1)) : table.columns;
    return {
      note: table.comment,
      columns: columns.map((column) => ({
        name: column.name,
        type: serial.has(column.id) ? (SERIAL[column.type] ?? "") : bare(column.type),
        default: serial.has(column.id) ? null : number(column.default),
        note: column.comment,
        unique: singles.includes(column.id) && flagged.some(({ name }) => name === column.name),
      })),
      primary: keys
        .filter(({ kind }) => kind === "primary")
        .flatMap(({ columns }) => columnsOf(table, columns))
        .sort(),
      checks: table.constraints.flatMap((check) => (check.kind === "check" ? [check.expression] : [])).sort(),
      indexes: [
        ...table.indexes.map(
          ({ parts, unique }) =>
            `${unique ? "unique " : ""}${parts
              .map(({ columnId, expression }) => expression ?? columnsOf(table, [columnId ?? ""])[0] ?? "")
              .sort()
              .join()}`,
        ),
        ...beyond(
          keys.filter(({ kind }) => kind === "unique").map((key) => columnsOf(table, key.columns).sort().join()),
          flagged.map(({ name }) => name),
        ).map((names) => `unique ${names}`),
      ].sort(),
    };
  };
  return {
    tables: sortedRecord(own.map((table) => [nameOf(table), plainTable(table)] as const)),
    enums: sortedRecord(
      schema.types.flatMap((type) =>
        type.kind === "enum" ? [[full(namespaces.get(type.namespaceId) ?? "", type.name), type.values] as const] : [],
      ),
    ),
    relations: schema.foreignKeys
      .flatMap((key) => {
        const [from, to] = [byId.get(key.tableId), byId.get(key.refTableId)];
        if (!from || !to) return [];
        const ends = [
          `${nameOf(from)}(${columnsOf(from, key.columns).join()})`,
          `${nameOf(to)}(${columnsOf(to, key.refColumns).join()})`,
        ].sort();
        const holder = oneToOne.has(ends.join(" ")) ? "" : nameOf(from);
        return [[...ends, holder, key.onDelete, key.onUpdate].join(" ")];
      })
      .sort(),
  };
}
