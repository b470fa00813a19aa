/** A design as a schema file of Drizzle: types, tables with their keys and indexes, relations. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Column, Index, IndexPart } from "../../model/index.ts";
import type { Design } from "../json/index.ts";
import { type CodeColumn, CodeModel, type CodeTable, type Style } from "../kit/code-model.ts";
import { docComment, sqlTemplate, textLiteral } from "../kit/comments.ts";
import { type Family, familyOf } from "../kit/family.ts";
import { camelCase } from "../kit/identifiers.ts";
import { usualMethod } from "../kit/names.ts";
import words from "../kit/words-typescript.json" with { type: "json" };
import { type Builder, builderOf, customData, modifiers } from "./columns.ts";
import imported from "./words.json" with { type: "json" };

const CORES: Readonly<Record<Family, { readonly path: string; readonly prefix: string; readonly type: string }>> = {
  postgres: { path: "drizzle-orm/pg-core", prefix: "pg", type: "PgTableExtraConfigValue" },
  mysql: { path: "drizzle-orm/mysql-core", prefix: "mysql", type: "MySqlTableExtraConfigValue" },
  sqlite: { path: "drizzle-orm/sqlite-core", prefix: "sqlite", type: "SQLiteTableExtraConfigValue" },
};

const STYLE: Style = {
  entity: (name) => camelCase(name, "table"),
  field: (name) => camelCase(name, "column"),
  enumValue: (name) => name,
  reserved: new Set([...words, ...imported]),
  suffixes: ["Relations"],
  members: ["enableRLS", "getSQL", "shouldOmitSQLParens"],
};

const object = (options: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(options)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")} }`;

class Printer {
  readonly #model: CodeModel;
  readonly #dialect: Dialect;
  readonly #family: Family;
  readonly #core: (typeof CORES)[Family];
  /** Names to import from the core. */
  readonly #used = new Set<string>();
  #sql = false;
  readonly #customs = new Map<string, { readonly name: string; readonly text: string }>();
  readonly #spaces = new Map<string, string>();
  readonly #names: Set<string>;
  readonly #namespaces: ReadonlyMap<string, string | null>;

  constructor(design: Design, dialect: Dialect) {
    this.#model = new CodeModel(design.schema, dialect, STYLE);
    this.#dialect = dialect;
    this.#family = familyOf(dialect);
    this.#core = CORES[this.#family];
    const usual = dialect.features.defaultNamespace;
    this.#namespaces = new Map(design.schema.namespaces.map(({ id, name }) => [id, name === usual ? null : name]));
    this.#names = new Set([...this.#model.tables, ...this.#model.enums].flatMap(({ name }) => [name, `${name}Relations`]));
  }

  #use(name: string): string {
    this.#used.add(name);
    return name;
  }

  #template(sql: string): string {
    this.#sql = true;
    return sqlTemplate(sql);
  }

  /** A name of the file's own that nothing else has. */
  #own(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#names.has(name) || STYLE.reserved.has(name); number += 1) name = `${wanted}${String(number)}`;
    this.#names.add(name);
    return name;
  }

  text(): string {
    const spaces = [
      ...new Set([
        ...this.#model.tables.map(({ namespace }) => namespace),
        ...this.#model.enums.map((one) => this.#spaceOf(one.type?.namespaceId)),
      ]),
    ];
    const schemas = spaces.flatMap((space) => (space === null ? [] : [this.#space(space)]));
    const enums = this.#family === "postgres" ? this.#model.enums.map((one) => this.#enum(one)) : [];
    const tables = this.#model.tables.map((table) => this.#table(table));
    const relations = this.#model.tables.flatMap((table) => this.#relations(table));
    const customs = [...this.#customs.values()].map(({ text }) => text);
    const types = this.#used.has(this.#core.type) ? [`type ${this.#core.type}`] : [];
    this.#used.delete(this.#core.type);
    const names = [...this.#used].sort();
    const general = [...(relations.length > 0 ? ["relations"] : []), ...(this.#sql ? ["sql"] : [])];
    const imports = [
      general.length === 0 ? "" : `import { ${general.join(", ")} } from "drizzle-orm";\n`,
      names.length === 0 ? "" : `import { ${[...names, ...types].join(", ")} } from "${this.#core.path}";\n`,
    ];
    const body = [schemas.join(""), enums.join(""), customs.join(""), ...tables, ...relations].filter((part) => part !== "");
    return body.length === 0 ? "export {};\n" : [imports.join(""), ...body].join("\n");
  }

  /** The namespace of an enum; null for the usual one. */
  #spaceOf(id: string | undefined): string | null {
    return id === undefined ? null : (this.#namespaces.get(id) ?? null);
  }

  #space(space: string): string {
    const name = this.#own(`${camelCase(space, "space")}Schema`);
    this.#spaces.set(space, name);
    return `export const ${name} = ${this.#use(`${this.#core.prefix}Schema`)}(${textLiteral(space)});\n`;
  }

  #enum({ name, type, values }: CodeModel["enums"][number]): string {
    const space = this.#spaces.get(this.#spaceOf(type?.namespaceId) ?? "");
    const maker = space === undefined ? this.#use("pgEnum") : `${space}.enum`;
    const list = values.map(({ value }) => textLiteral(value)).join(", ");
    return `${docComment(type?.comment ?? null, "")}export const ${name} = ${maker}(${textLiteral(type?.name ?? name)}, [${list}]);\n`;
  }

  /** A type that the core has no word for. */
  #custom(column: CodeColumn, sql: string): string {
    const known = this.#customs.get(sql);
    if (known) return known.name;
    const name = this.#own(`${camelCase(sql, "type")}Type`);
    const text = `const ${name} = ${this.#use("customType")}<{ data: ${customData(column)} }>({\n  dataType: () => ${textLiteral(sql)},\n});\n`;
    this.#customs.set(sql, { name, text });
    return name;
  }

  #column(made: CodeColumn, table: CodeTable): string {
    const { column } = made;
    const builder = this.#builder(made);
    const primary = table.primary?.columns.length === 1 && made.primary && this.#usualName(table);
    const call = this.#call(made, builder);
    const counts = table.primary?.options["autoincrement"] === "true" ? "{ autoIncrement: true }" : "";
    const alone = primary && this.#family === "sqlite" ? `.primaryKey(${builder.name === "integer" ? counts : ""})` : "";
    const behind = modifiers(made, this.#family, builder, primary);
    if (behind.includes("sql`")) this.#sql = true;
    return `${docComment(column.comment, "    ")}    ${made.name}: ${call}${alone}${behind},\n`;
  }

  /** A key whose name is not the usual one is said with its name. */
  #usualName({ table, primary }: CodeTable): boolean {
    if (this.#family !== "postgres") return true;
    return primary?.name === `${table.name}_pkey`;
  }

  #builder(made: CodeColumn): Builder {
    const serial = { smallint: "smallserial", integer: "serial", bigint: "bigserial" }[made.type];
    if (made.serial && serial !== undefined && made.depth === 0)
      return { name: serial, options: serial === "bigserial" ? { mode: '"bigint"' } : {}, custom: null };
    return builderOf(made, this.#family);
  }

  #call(made: CodeColumn, builder: Builder): string {
    const name = textLiteral(made.column.name);
    if (builder.custom !== null) return `${this.#custom(made, builder.custom)}(${name})`;
    if (made.enum && this.#family === "postgres") return `${builder.name}(${name})`;
    this.#use(builder.name);
    if (builder.name === "mysqlEnum") return `mysqlEnum(${name}, ${builder.options["values"] ?? "[]"})`;
    return `${builder.name}(${name}${Object.keys(builder.options).length === 0 ? "" : `, ${object(builder.options)}`})`;
  }

  #table(table: CodeTable): string {
    const space = table.namespace === null ? undefined : this.#spaces.get(table.namespace);
    const maker = space === undefined ? this.#use(`${this.#core.prefix}Table`) : `${space}.table`;
    const columns = table.columns.map((column) => this.#column(column, table)).join("");
    const extras = this.#extras(table);
    const tail =
      extras.length === 0
        ? ""
        : `\n  (table): ${this.#use(this.#core.type)}[] => [\n${extras.map((line) => `    ${line},\n`).join("")}  ],`;
    const head = `${docComment(table.table.comment, "")}export const ${table.name} = ${maker}(\n  ${textLiteral(table.table.name)},\n`;
    return `${head}  {\n${columns}  },${tail}\n);\n`;
  }

  #fields(ids: readonly string[], of = "table"): string {
    return this.#model
      .fields(ids)
      .map((field) => `${of}.${field}`)
      .join(", ");
  }

  #extras(table: CodeTable): string[] {
    const found: string[] = [];
    const { primary } = table;
    if (primary && (primary.columns.length > 1 || !this.#usualName(table))) {
      const named = this.#family === "postgres" ? `name: ${textLiteral(primary.name)}, ` : "";
      found.push(`${this.#use("primaryKey")}({ ${named}columns: [${this.#fields(primary.columns)}] })`);
    }
    for (const { name, columns } of table.uniques) {
      found.push(`${this.#use("unique")}(${textLiteral(name)}).on(${this.#fields(columns)})`);
    }
    for (const { name, expression } of table.checks)
      found.push(`${this.#use("check")}(${textLiteral(name)}, ${this.#template(expression)})`);
    for (const end of table.ends) if (end.owns) found.push(this.#foreignKey(table, end));
    for (const index of table.indexes) found.push(this.#index(index));
    return found;
  }

  #foreignKey(table: CodeTable, { link, other }: CodeTable["ends"][number]): string {
    const { key } = link;
    const target = other === table ? "table" : other.name;
    const columns = `columns: [${this.#fields(key.columns)}], foreignColumns: [${this.#fields(key.refColumns, target)}]`;
    const actions = [
      key.onDelete === "no action" ? "" : `.onDelete("${key.onDelete}")`,
      key.onUpdate === "no action" ? "" : `.onUpdate("${key.onUpdate}")`,
    ].join("");
    return `${this.#use("foreignKey")}({ name: ${textLiteral(key.name)}, ${columns} })${actions}`;
  }

  #part({ columnId, expression, descending, nulls, opclass }: IndexPart): string {
    const [field] = columnId === null ? [] : this.#model.fields([columnId]);
    if (this.#family === "postgres") {
      if (field === undefined)
        return this.#template(`${`(${expression ?? ""})`}${opclass === null ? "" : ` ${opclass}`}${descending ? " desc" : ""}`);
      const order = `${descending ? ".desc()" : ""}${nulls === null ? "" : nulls === "first" ? ".nullsFirst()" : ".nullsLast()"}`;
      return `table.${field}${order}${opclass === null ? "" : `.op(${textLiteral(opclass)})`}`;
    }
    const behind = `${opclass?.startsWith("(") ? opclass : ""}${descending ? " desc" : ""}`;
    if (field !== undefined && behind === "") return `table.${field}`;
    this.#sql = true;
    return field === undefined ? this.#template(`(${expression ?? ""})${behind}`) : `sql\`\${table.${field}}${behind}\``;
  }

  #index({ name, unique, method, parts, where }: Index): string {
    const maker = `${this.#use(unique ? "uniqueIndex" : "index")}(${textLiteral(name)})`;
    const list = parts.map((part) => this.#part(part)).join(", ");
    const condition = where === null ? "" : `.where(${this.#template(where)})`;
    const usual = method === usualMethod(this.#dialect);
    if (this.#family === "postgres")
      return usual ? `${maker}.on(${list})${condition}` : `${maker}.using("${method}", ${list})${condition}`;
    return `${maker}.on(${list})${this.#family === "mysql" && method === "hash" ? '.using("hash")' : condition}`;
  }

  #relations({ name, ends }: CodeTable): string[] {
    if (ends.length === 0) return [];
    const uses = new Set<string>();
    const lines = ends.map(({ name: field, link, owns, other, answer }) => {
      const many = !owns && !link.one;
      uses.add(many ? "many" : "one");
      const relation = `relationName: ${textLiteral(`${owns ? name : other.name}.${owns ? field : answer}`)}`;
      const columns = (list: readonly Column[], of: string): string =>
        list.map((column) => `${of}.${this.#model.column(column)?.name ?? ""}`).join(", ");
      const [mine, theirs] = owns ? [link.columns, link.refColumns] : [link.refColumns, link.columns];
      const keys = many ? "" : `fields: [${columns(mine, name)}], references: [${columns(theirs, other.name)}], `;
      return `  ${field}: ${many ? "many" : "one"}(${other.name}, { ${keys}${relation} }),\n`;
    });
    return [
      `export const ${name}Relations = relations(${name}, ({ ${[...uses].sort().join(", ")} }) => ({\n${lines.join("")}}));\n`,
    ];
  }
}

export const printDrizzle = (design: Design, dialect: Dialect): string => new Printer(design, dialect).text();
