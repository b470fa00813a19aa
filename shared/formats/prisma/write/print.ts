/** What is held of a design as a Prisma schema. Takes nothing away. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { Column, Schema, Table } from "../../../model/index.ts";
import type { Design } from "../../json/index.ts";
import { Enums } from "../../kit/enums.ts";
import { familyOf } from "../../kit/family.ts";
import { primaryName } from "../../kit/names.ts";
import { wordOf } from "../constants.ts";
import { quoted } from "../text/strings.ts";
import { type Facts, factsOf } from "./column.ts";
import { indexLine, keyLine, uniqueLine } from "./keys.ts";
import { Naming, type NamedEnum } from "./naming.ts";
import { relationLine } from "./relation.ts";

export type Age = "7" | "6";

/** A line of a block: its columns are set under each other. */
export type Line = readonly [name: string, type: string, attributes: string];

const docLines = (comment: string | null, indent: string): string =>
  comment === null
    ? ""
    : comment
        .split("\n")
        .map((line) => `${indent}///${line === "" ? "" : ` ${line}`}\n`)
        .join("");

class Printer {
  readonly #schema: Schema;
  readonly #dialect: Dialect;
  readonly #facts: ReadonlyMap<string, Facts>;
  readonly #naming: Naming;
  readonly #namespaces: ReadonlyMap<string, string>;
  readonly #ignored: ReadonlySet<string>;
  /** Namespaces are said where there is more than the usual one. */
  readonly #several: boolean;

  constructor(schema: Schema, dialect: Dialect) {
    this.#schema = schema;
    this.#dialect = dialect;
    const enums = new Enums(schema, dialect);
    const counting = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
    this.#facts = new Map(
      schema.tables.flatMap(({ columns }) =>
        columns.map((column) => [column.id, factsOf(column, counting.has(column.id), enums, dialect)] as const),
      ),
    );
    this.#naming = new Naming(schema, this.#facts);
    this.#namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
    this.#several = schema.namespaces.some(({ name }) => name !== dialect.features.defaultNamespace);
    this.#ignored = new Set(schema.tables.flatMap((table) => (this.#usable(table) ? [] : [table.id])));
  }

  /** Prisma's client needs a key whose columns it knows and that always have a value. */
  #usable(table: Table): boolean {
    const keys = table.constraints.flatMap((key) => (key.kind === "primary" || key.kind === "unique" ? [key.columns] : []));
    const indexes = table.indexes
      .filter(({ unique }) => unique)
      .map(({ parts }) => parts.flatMap(({ columnId }) => columnId ?? []));
    const columns = new Map<string, Column>(table.columns.map((column) => [column.id, column]));
    return [...keys, ...indexes].some((ids) =>
      ids.every((id) => {
        const facts = this.#facts.get(id);
        return facts?.known === true && !facts.list && columns.get(id)?.notNull === true;
      }),
    );
  }

  text(age: Age): string {
    const blocks = [
      this.#generator(age),
      this.#datasource(age),
      ...this.#schema.tables.map((table) => this.#model(table)),
      ...[...this.#naming.enums.values()].map((item) => this.#enum(item)),
    ];
    return blocks.join("\n");
  }

  #generator(age: Age): string {
    const lines =
      age === "7"
        ? ['provider = "prisma-client"', 'output   = "../generated/prisma"']
        : ['provider        = "prisma-client-js"', ...(this.#several ? ['previewFeatures = ["multiSchema"]'] : [])];
    return `generator client {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
  }

  #datasource(age: Age): string {
    const provider = { postgres: "postgresql", mysql: "mysql", sqlite: "sqlite" }[familyOf(this.#dialect)];
    const names = this.#schema.namespaces.map(({ name }) => quoted(name)).join(", ");
    const lines = [
      `provider = "${provider}"`,
      ...(age === "6" ? ['url      = env("DATABASE_URL")'] : []),
      ...(this.#several ? [`schemas  = [${names}]`] : []),
    ];
    return `datasource db {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
  }

  #schemaOf(namespaceId: string): string[] {
    return this.#several ? [`@@schema(${quoted(this.#namespaces.get(namespaceId) ?? "")})`] : [];
  }

  #enum({ name, type, values }: NamedEnum): string {
    const lines = [...values].map(([value, word]) => (value === word ? word : `${word} @map(${quoted(value)})`));
    const own = type && type.name !== name ? [`@@map(${quoted(type.name)})`] : [];
    const attributes = type ? [...own, ...this.#schemaOf(type.namespaceId)] : [];
    const tail = attributes.length === 0 ? "" : `\n${attributes.map((attribute) => `  ${attribute}\n`).join("")}`;
    return `${docLines(type?.comment ?? null, "")}enum ${name} {\n${lines.map((line) => `  ${line}\n`).join("")}${tail}}\n`;
  }

  #model(table: Table): string {
    const name = this.#naming.models.get(table.id) ?? "";
    const lines: (Line & { readonly length: 3 })[] = table.columns.map((column) => this.#field(table, column));
    const ends = this.#naming.ends.get(table.id) ?? [];
    const relations = ends.map((end) => relationLine(end, this.#naming, this.#ignored, table, this.#dialect));
    const [wide, wider] = [0, 1].map((at) => Math.max(...[...lines, ...relations].map((line) => (line[at] ?? "").length)));
    const row = ([field, type, attributes]: Line): string =>
      `${field.padEnd(wide ?? 0)} ${attributes === "" ? type : `${type.padEnd(wider ?? 0)} ${attributes}`}`;
    const fields = lines.map((line, at) => `${docLines(table.columns[at]?.comment ?? null, "  ")}  ${row(line)}\n`).join("");
    const attributes = this.#attributes(table, name);
    const why = this.#ignored.has(table.id)
      ? "// Prisma's client cannot reach this table: no key of it is sure to have a value.\n"
      : "";
    const tail = attributes.length === 0 ? "" : `\n${attributes.map((attribute) => `  ${attribute}\n`).join("")}`;
    return `${why}${docLines(table.comment, "")}model ${name} {\n${fields}${relations.map((line) => `  ${row(line)}\n`).join("")}${tail}}\n`;
  }

  #attributes(table: Table, name: string): string[] {
    const { field } = this.#naming;
    const keys = table.constraints.flatMap((key) => {
      if (key.kind === "primary") return key.columns.length > 1 ? [keyLine(key, table, field, this.#dialect)] : [];
      return key.kind === "unique" && key.columns.length > 1 ? [keyLine(key, table, field, this.#dialect)] : [];
    });
    const indexes = table.indexes.flatMap((index) => {
      if (!index.unique) return [indexLine(index, table, field, this.#dialect)];
      return index.parts.length > 1 ? [uniqueLine(index, table, field, this.#dialect)] : [];
    });
    return [
      ...keys,
      ...indexes,
      ...(name === table.name ? [] : [`@@map(${quoted(table.name)})`]),
      ...this.#schemaOf(table.namespaceId),
      ...(this.#ignored.has(table.id) ? ["@@ignore"] : []),
    ];
  }

  #field(table: Table, column: Column): Line {
    const name = this.#naming.field(column);
    const facts = this.#facts.get(column.id);
    if (!facts) return [name, "", ""];
    const named = this.#naming.enums.get(facts.enumType?.id ?? column.id);
    const type = named?.name ?? (facts.known ? facts.word : `Unsupported(${quoted(facts.type)})`);
    const attributes = [
      ...this.#keysOf(table, column),
      ...this.#default(table, column, facts, named),
      ...(name === column.name ? [] : [`@map(${quoted(column.name)})`]),
      ...(facts.native === null ? [] : [`@db.${facts.native}`]),
    ];
    return [name, `${type}${facts.list ? "[]" : column.notNull ? "" : "?"}`, attributes.join(" ")];
  }

  /** Keys of one column stand with it. Of several unique ones the second and the others are lines of their own. */
  #keysOf(table: Table, column: Column): string[] {
    const { field } = this.#naming;
    const found: string[] = [];
    for (const key of table.constraints) {
      if (key.kind !== "primary" && key.kind !== "unique") continue;
      if (key.columns.length !== 1 || key.columns[0] !== column.id) continue;
      const usual = key.kind === "primary" ? primaryName(table.name, this.#dialect) : null;
      found.push(
        key.kind === "primary"
          ? key.name === usual || familyOf(this.#dialect) !== "postgres"
            ? "@id"
            : `@id(map: ${quoted(key.name)})`
          : keyLine(key, table, field, this.#dialect),
      );
    }
    for (const index of table.indexes)
      if (index.unique && index.parts.length === 1 && index.parts[0]?.columnId === column.id)
        found.push(uniqueLine(index, table, field, this.#dialect));
    return found;
  }

  #default(table: Table, column: Column, facts: Facts, named: NamedEnum | undefined): string[] {
    const inKey = table.constraints.some(
      (key) => key.kind === "primary" && key.options["autoincrement"] === "true" && key.columns[0] === column.id,
    );
    if (facts.counts || column.identity || inKey) return ["@default(autoincrement())"];
    if (!facts.constant) return [];
    return [`@default(${wordOf(facts.constant, (value) => named?.values.get(value) ?? value)})`];
  }
}

export const printPrisma = ({ schema }: Design, dialect: Dialect, age: Age): string => new Printer(schema, dialect).text(age);
