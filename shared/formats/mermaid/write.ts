/** A design as a diagram. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { Column, ForeignKey, Schema, Table } from "../../model/index.ts";
import type { Design } from "../json/index.ts";
import { TypeWords } from "./hold.ts";
import { entityName, type Level, nearest, part, quotedText, word } from "./words.ts";

class Printer {
  readonly #schema: Schema;
  readonly #level: Level;
  readonly #types: TypeWords;
  readonly #names: ReadonlyMap<string, string>;
  readonly #columns: ReadonlyMap<string, string>;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #foreign: ReadonlySet<string>;

  constructor(schema: Schema, dialect: Dialect, level: Level) {
    this.#schema = schema;
    this.#level = level;
    this.#types = new TypeWords(dialect, level);
    const spaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
    const { defaultNamespace } = dialect.features;
    this.#names = new Map(
      schema.tables.map(({ id, namespaceId, name }) => {
        const space = spaces.get(namespaceId) ?? defaultNamespace;
        return [id, entityName(space === defaultNamespace ? null : space, name)];
      }),
    );
    this.#columns = new Map(schema.tables.flatMap(({ columns }) => columns.map(({ id, name }) => [id, name] as const)));
    this.#tables = new Map(schema.tables.map((table) => [table.id, table]));
    this.#foreign = new Set(schema.foreignKeys.flatMap(({ columns }) => columns));
  }

  #word(text: string): string {
    return word(text, this.#level) ?? nearest(text);
  }

  entity(table: Table): string {
    const name = this.#names.get(table.id) ?? "";
    if (table.columns.length === 0) return `    ${name}`;
    return `    ${name} {\n${table.columns.map((column) => `        ${this.#attribute(column, table)}\n`).join("")}    }`;
  }

  #attribute(column: Column, { constraints }: Table): string {
    const marked = (kind: "primary" | "unique"): boolean =>
      constraints.some((key) => key.kind === kind && key.columns.includes(column.id));
    const keys = [
      ...(marked("primary") ? ["PK"] : []),
      ...(this.#foreign.has(column.id) ? ["FK"] : []),
      ...(marked("unique") ? ["UK"] : []),
    ];
    const words = [this.#word(this.#types.write(column.type)), this.#word(column.name), keys.join(", ")];
    return [...words, column.comment === null ? "" : quotedText(column.comment)].filter((text) => text !== "").join(" ");
  }

  /** The table that is referred to is on the left; a solid line: the key is a part of the other table's primary key. */
  relation(key: ForeignKey): string {
    const table = this.#tables.get(key.tableId);
    const target = this.#tables.get(key.refTableId);
    const keys = (table?.constraints ?? []).flatMap((own) => (own.kind === "primary" || own.kind === "unique" ? [own] : []));
    const wanted = new Set(key.columns);
    const one = keys.some(({ columns }) => columns.length === wanted.size && columns.every((id) => wanted.has(id)));
    const primary = keys.find(({ kind }) => kind === "primary")?.columns ?? [];
    const identifying = key.columns.every((id) => primary.includes(id));
    const line = `${this.#whole(key) ? "||" : "|o"}${identifying ? "--" : ".."}${one ? "o|" : "o{"}`;
    const list = (ids: readonly string[]): string => ids.map((id) => part(this.#columns.get(id) ?? "")).join(", ");
    const theirs = target?.constraints.find(({ kind }) => kind === "primary");
    const usual = theirs && "columns" in theirs && theirs.columns.join("\0") === key.refColumns.join("\0");
    const label = list(key.columns) + (usual ? "" : ` -> ${list(key.refColumns)}`);
    return `    ${this.#names.get(key.refTableId) ?? ""} ${line} ${this.#names.get(key.tableId) ?? ""} : "${label}"`;
  }

  /** Do all its columns have to have a value? */
  #whole({ tableId, columns }: ForeignKey): boolean {
    const held = new Map((this.#tables.get(tableId)?.columns ?? []).map(({ id, notNull }) => [id, notNull]));
    return columns.every((id) => held.get(id));
  }

  text(): string {
    const { tables, foreignKeys } = this.#schema;
    const parts = [...tables.map((table) => this.entity(table)), ...foreignKeys.map((key) => this.relation(key))];
    return `erDiagram\n${parts.map((line) => `${line}\n`).join("")}`;
  }
}

export function printMermaid({ name, schema }: Design, dialect: Dialect, level: Level): string {
  const title = JSON.stringify(name).replaceAll("%", "\\u0025");
  const front = name === "" ? "" : `---\ntitle: ${title}\n---\n`;
  return front + new Printer(schema, dialect, level).text();
}
