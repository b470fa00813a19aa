/** A design as declarative classes of SQLAlchemy 2. A table without a primary key, which a class cannot have, is a `Table`. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Index, IndexPart } from "../../model/index.ts";
import type { Design } from "../json/index.ts";
import { type CodeColumn, CodeModel, type CodeTable, type Style } from "../kit/code-model.ts";
import { type Family, familyOf } from "../kit/family.ts";
import { pascalCase, snakeCase } from "../kit/identifiers.ts";
import { usualMethod } from "../kit/names.ts";
import { block, docstring, named, pyText } from "../kit/python.ts";
import words from "../kit/words-python.json" with { type: "json" };
import { pyTypeOf } from "./types.ts";
import imported from "./words.json" with { type: "json" };

const STYLE: Style = {
  entity: (name) => pascalCase(name, "Table"),
  field: (name) => snakeCase(name, "column"),
  enumValue: (name) => snakeCase(name, "value").toUpperCase(),
  reserved: new Set([...words, ...imported]),
  suffixes: [],
  members: ["metadata", "registry"],
};

const ANY_TYPE = `class AnyType(UserDefinedType[Any]):
    """A type of the database that is written as it is."""

    cache_ok = True

    def __init__(self, spec: str) -> None:
        self.spec = spec

    def get_col_spec(self, **kw: Any) -> str:
        return self.spec
`;

class Printer {
  readonly #model: CodeModel;
  readonly #family: Family;
  readonly #dialect: Dialect;
  readonly #imports = new Map<string, Set<string>>();
  readonly #spaces: ReadonlyMap<string, string | null>;

  constructor({ schema }: Design, dialect: Dialect) {
    this.#model = new CodeModel(schema, dialect, STYLE);
    this.#family = familyOf(dialect);
    this.#dialect = dialect;
    const usual = dialect.features.defaultNamespace;
    this.#spaces = new Map(schema.namespaces.map(({ id, name }) => [id, name === usual ? null : name]));
  }

  #use(module: string, name: string): string {
    const known = this.#imports.get(module);
    if (known) known.add(name);
    else this.#imports.set(module, new Set([name]));
    return name;
  }

  #sa = (name: string): string => this.#use("sqlalchemy", name);
  #orm = (name: string): string => this.#use("sqlalchemy.orm", name);

  #text(sql: string): string {
    // A colon before a word would be a parameter.
    return `${this.#sa("text")}(${pyText(sql.replace(/(?<!:):(?=\w)/g, "\\:"))})`;
  }

  text(): string {
    this.#orm("DeclarativeBase");
    if (this.#model.enums.length > 0) this.#use("enum", "");
    const enums = this.#model.enums.map(({ name, type, values }) => {
      const lines = values.map(({ word, value }) => `    ${word} = ${pyText(value)}\n`).join("");
      return `class ${name}(enum.Enum):\n${docstring(type?.comment ?? null, "    ")}${lines === "" ? "    pass\n" : lines}`;
    });
    const tables = this.#model.tables.map((table) => (table.primary ? this.#class(table) : this.#plain(table)));
    const own = this.#imports.get("")?.has("AnyType") === true;
    if (own) this.#use("sqlalchemy.types", "UserDefinedType");
    this.#imports.delete("");
    const parts = [this.#head(own), ...enums, ...(own ? [ANY_TYPE] : []), "class Base(DeclarativeBase):\n    pass\n", ...tables];
    return parts.filter((part) => part !== "").join("\n\n");
  }

  #head(own: boolean): string {
    const typing = [...new Set([...(this.#imports.get("typing") ?? []), ...(own ? ["Any"] : [])])].sort();
    this.#imports.delete("typing");
    const modules = [...this.#imports].sort(([a], [b]) => (a < b ? -1 : 1));
    const standard = ["datetime", "enum"].filter((module) => this.#imports.has(module));
    const lines = [
      ...standard.map((module) => `import ${module}\n`),
      ...(this.#imports.has("decimal") ? ["from decimal import Decimal\n"] : []),
      ...(typing.length > 0 ? [`from typing import ${typing.join(", ")}\n`] : []),
      ...(this.#imports.has("uuid") ? ["from uuid import UUID\n"] : []),
    ];
    const others = modules.filter(([module]) => module.startsWith("sqlalchemy"));
    const from = others.map(([module, names]) => `from ${module} import ${[...names].sort().join(", ")}\n`);
    return `${lines.join("")}${lines.length > 0 ? "\n" : ""}${from.join("")}`;
  }

  #annotation(text: string): string {
    if (text.includes("datetime.")) this.#use("datetime", "");
    if (text.includes("Decimal")) this.#use("decimal", "");
    if (text.includes("UUID")) this.#use("uuid", "");
    if (text.includes("Any")) this.#use("typing", "Any");
    return text;
  }

  #type(column: CodeColumn): { readonly sql: string; readonly annotation: string } {
    const found = pyTypeOf(column, this.#family);
    for (const [module, name] of found.imports) this.#use(module, name);
    const space = column.enum?.type ? this.#spaces.get(column.enum.type.namespaceId) : null;
    const sql =
      space === null || space === undefined ? found.sql : found.sql.replace(/, name=/, `, schema=${pyText(space)}, name=`);
    return { sql, annotation: this.#annotation(found.annotation) };
  }

  /** What is said of a column behind its type. */
  #column({ column, serial, primary }: CodeColumn, table: CodeTable): readonly string[] {
    const { identity, generated } = column;
    const counts =
      serial || (identity !== null && this.#family === "mysql") || table.primary?.options["autoincrement"] === "true";
    return [
      ...(identity && this.#family === "postgres" ? [`${this.#sa("Identity")}(${identity.always ? "always=True" : ""})`] : []),
      ...(generated
        ? [`${this.#sa("Computed")}(${pyText(generated.expression)}, persisted=${generated.stored ? "True" : "False"})`]
        : []),
      ...named({
        primary_key: primary ? "True" : null,
        autoincrement: primary ? (counts ? "True" : identity ? null : "False") : serial ? "True" : null,
        nullable: primary && column.notNull ? null : column.notNull ? "False" : "True",
        server_default: column.default === null || serial || generated ? null : this.#text(column.default),
        comment: column.comment === null ? null : pyText(column.comment),
      }),
    ];
  }

  #mapped(column: CodeColumn, table: CodeTable): string {
    const { sql, annotation } = this.#type(column);
    const inner = column.column.notNull || column.primary ? annotation : `${this.#use("typing", "Optional")}[${annotation}]`;
    const args = [pyText(column.column.name), sql, ...this.#column(column, table)];
    return `    ${column.name}: ${this.#orm("Mapped")}[${inner}] = ${this.#orm("mapped_column")}(${args.join(", ")})\n`;
  }

  #names(ids: readonly string[], table: CodeTable): string {
    const columns = new Map<string, string>(table.table.columns.map(({ id, name }) => [id, name]));
    return ids.map((id) => pyText(columns.get(id) ?? "")).join(", ");
  }

  #full(table: CodeTable): string {
    return table.namespace === null ? table.table.name : `${table.namespace}.${table.table.name}`;
  }

  #extras(table: CodeTable): string[] {
    const found: string[] = [];
    const { primary } = table;
    if (primary && this.#family === "postgres")
      found.push(`${this.#sa("PrimaryKeyConstraint")}(${this.#names(primary.columns, table)}, name=${pyText(primary.name)})`);
    for (const { link, owns, other } of table.ends) if (owns) found.push(this.#foreignKey(link, table, other));
    for (const key of table.uniques)
      found.push(`${this.#sa("UniqueConstraint")}(${[this.#names(key.columns, table), `name=${pyText(key.name)}`].join(", ")})`);
    for (const { name, expression } of table.checks)
      found.push(`${this.#sa("CheckConstraint")}(${this.#text(expression)}, name=${pyText(name)})`);
    for (const index of table.indexes) found.push(this.#index(index, table));
    return found;
  }

  #foreignKey({ key }: CodeTable["ends"][number]["link"], table: CodeTable, other: CodeTable): string {
    const columns = new Map<string, string>(other.table.columns.map(({ id, name }) => [id, name]));
    const targets = key.refColumns.map((id) => pyText(`${this.#full(other)}.${columns.get(id) ?? ""}`)).join(", ");
    const more = named({
      name: pyText(key.name),
      ondelete: key.onDelete === "no action" ? null : pyText(key.onDelete.toUpperCase()),
      onupdate: key.onUpdate === "no action" ? null : pyText(key.onUpdate.toUpperCase()),
    });
    return `${this.#sa("ForeignKeyConstraint")}([${this.#names(key.columns, table)}], [${targets}], ${more.join(", ")})`;
  }

  #part({ columnId, expression, descending, nulls, opclass, collation }: IndexPart, table: CodeTable): string {
    const column = table.table.columns.find(({ id }) => id === columnId);
    const order = `${descending ? " DESC" : ""}${nulls === null ? "" : ` NULLS ${nulls.toUpperCase()}`}`;
    const behind = `${collation === null ? "" : ` COLLATE ${collation}`}${opclass === null ? "" : opclass.startsWith("(") ? opclass : ` ${opclass}`}${order}`;
    if (column && behind === "") return pyText(column.name);
    return this.#text(`${column ? this.#dialect.quote.identifier(column.name) : `(${expression ?? ""})`}${behind}`);
  }

  #index({ name, unique, parts, method, where }: Index, table: CodeTable): string {
    const word = { postgres: "postgresql", mysql: "mysql", sqlite: "sqlite" }[this.#family];
    const special = this.#family === "mysql" && /^(?:fulltext|spatial)$/.test(method);
    const more = named({
      unique: unique ? "True" : null,
      [`${word}_${special ? "prefix" : "using"}`]:
        method === usualMethod(this.#dialect) ? null : pyText(special ? method.toUpperCase() : method),
      [`${word}_where`]: where === null ? null : this.#text(where),
    });
    return `${this.#sa("Index")}(${[pyText(name), ...parts.map((part) => this.#part(part, table)), ...more].join(", ")})`;
  }

  #options({ namespace, table }: CodeTable): readonly string[] {
    return [
      ...(namespace === null ? [] : [`"schema": ${pyText(namespace)}`]),
      ...(table.comment === null ? [] : [`"comment": ${pyText(table.comment)}`]),
    ];
  }

  #class(table: CodeTable): string {
    const options = this.#options(table);
    const args = [...this.#extras(table), ...(options.length === 0 ? [] : [`{${options.join(", ")}}`])];
    const head = `class ${table.name}(Base):\n${docstring(table.table.comment, "    ")}    __tablename__ = ${pyText(table.table.name)}\n`;
    const columns = table.columns.map((column) => this.#mapped(column, table)).join("");
    const relations = table.ends
      .flatMap((end) => (end.other.primary && !ofItself(end) ? [this.#relation(end, table)] : []))
      .join("");
    const extras = block("__table_args__ = (", args, ")", "    ");
    return `${head}${extras}\n${columns}${relations === "" ? "" : `\n${relations}`}`;
  }

  #relation({ name, link, owns, other, answer }: CodeTable["ends"][number], table: CodeTable): string {
    this.#orm("relationship");
    const holder = owns ? table : other;
    const target = owns ? other : table;
    const list = (columns: readonly { readonly id: string }[], of: CodeTable): string =>
      columns.map((column) => `${of.name}.${this.#model.column(column as never)?.name ?? ""}`).join(", ");
    const many = !owns && !link.one;
    const self = table === other;
    const overlaps = overlapping(link, holder);
    const args = [
      pyText(other.name),
      ...named({
        foreign_keys: pyText(`[${list(link.columns, holder)}]`),
        remote_side: self && owns ? pyText(`[${list(link.refColumns, target)}]`) : null,
        back_populates: pyText(answer),
        uselist: !owns && link.one ? "False" : null,
        overlaps: overlaps.length === 0 ? null : pyText(overlaps.join(",")),
      }),
    ];
    const type = many
      ? `list["${other.name}"]`
      : owns && link.required
        ? `"${other.name}"`
        : `${this.#use("typing", "Optional")}["${other.name}"]`;
    return `    ${name}: ${this.#orm("Mapped")}[${type}] = relationship(${args.join(", ")})\n`;
  }

  /** A table that no class can stand for. */
  #plain(table: CodeTable): string {
    const columns = table.columns.map((column) => {
      const args = [pyText(column.column.name), this.#type(column).sql, ...this.#column(column, table)];
      return `${this.#sa("Column")}(${args.join(", ")})`;
    });
    const options = named({
      schema: table.namespace === null ? null : pyText(table.namespace),
      comment: table.table.comment === null ? null : pyText(table.table.comment),
    });
    const items = [pyText(table.table.name), "Base.metadata", ...columns, ...this.#extras(table), ...options];
    return block(`${table.name} = ${this.#sa("Table")}(`, items, ")", "");
  }
}

/** A row that refers to itself by the same column leads nowhere. */
const ofItself = ({ link: { key } }: CodeTable["ends"][number]): boolean =>
  key.tableId === key.refTableId && key.columns.some((column) => key.refColumns.includes(column));

/** Relations that write one of the columns that this one writes: SQLAlchemy wants to know that it is meant. */
function overlapping({ columns, key }: CodeTable["ends"][number]["link"], holder: CodeTable): readonly string[] {
  const others = holder.ends.filter(
    ({ owns, link }) => owns && link.key !== key && link.columns.some((column) => columns.includes(column)),
  );
  return [...new Set(others.flatMap(({ name, answer }) => [name, answer]))];
}

export const printSqlalchemy = (design: Design, dialect: Dialect): string => new Printer(design, dialect).text();
