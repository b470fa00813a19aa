/** A design that holds nothing the language cannot say, as its text. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { Column, EnumType, ForeignKey, Index, KeyConstraint, Schema, Table } from "../../../model/index.ts";
import type { Design } from "../../json/index.ts";
import { checkName, DIAGRAM, foreignName, indexName, primaryName, uniqueName, usualMethod } from "../../kit/names.ts";
import { note, quoted, stringLine } from "../text/strings.ts";
import { colourOf } from "../../kit/tints.ts";
import { serialWord } from "../../kit/numbering.ts";

/** Words that mean something of their own somewhere. */
const WORDS: ReadonlySet<string> = new Set(
  "table enum ref project tablegroup tablepartial note indexes checks records diagramview metadata dep use reuse as from".split(
    " ",
  ),
);

export const nameText = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !WORDS.has(name.toLowerCase()) ? name : quoted(name);

/** A column's line, in pieces: its settings by what they are about. */
export interface ColumnText {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly settings: readonly (readonly [about: SettingKey, text: string])[];
}

export type SettingKey = "pk" | "increment" | "null" | "unique" | "default" | "note";

/** A line of the indexes or the checks; `parts` are the columns and expressions that it is about. */
export interface LineText {
  readonly id: string;
  readonly name: string;
  readonly parts: readonly string[];
  readonly text: string;
}

/** A table in pieces. */
export interface TableText {
  readonly name: string;
  readonly colour: string | null;
  readonly columns: readonly ColumnText[];
  readonly indexes: readonly LineText[];
  readonly checks: readonly LineText[];
  /** The comment in quotes. */
  readonly note: string | null;
}

const SIMPLE_TYPE = /^[A-Za-z_]\w*(?:\(\d+(?:,\d+)*\))?(?:\[\])*$/;
const list = (items: readonly string[]): string => (items.length === 0 ? "" : ` [${items.join(", ")}]`);

export class Names {
  readonly #namespaces: ReadonlyMap<string, string>;
  readonly #dialect: Dialect;

  constructor(schema: Schema, dialect: Dialect) {
    this.#namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
    this.#dialect = dialect;
  }

  /** `t`, `s.t`; the default namespace is not said. */
  of({ namespaceId, name }: { readonly namespaceId: string; readonly name: string }): string {
    const namespace = this.#namespaces.get(namespaceId) ?? "";
    const usual = namespace === this.#dialect.features.defaultNamespace;
    return usual ? nameText(name) : `${nameText(namespace)}.${nameText(name)}`;
  }

  namespace(id: string): string {
    return this.#namespaces.get(id) ?? "";
  }
}

export class Printer {
  readonly #names: Names;
  readonly #schema: Schema;
  readonly #dialect: Dialect;
  readonly #types = new Map<string, string>();
  readonly #serial: ReadonlySet<string>;
  readonly #outgoing = new Map<string, ForeignKey[]>();
  readonly #tints: ReadonlyMap<string, Parameters<typeof colourOf>[0]>;
  readonly #tables: ReadonlyMap<string, Table>;

  constructor({ schema, diagrams }: Design, dialect: Dialect) {
    this.#schema = schema;
    this.#dialect = dialect;
    this.#names = new Names(schema, dialect);
    this.#serial = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
    this.#tints = diagrams[0]?.tints ?? new Map();
    this.#tables = new Map(schema.tables.map((table) => [table.id, table]));
    for (const key of schema.foreignKeys) {
      const known = this.#outgoing.get(key.tableId);
      if (known) known.push(key);
      else this.#outgoing.set(key.tableId, [key]);
    }
    const { identifier } = dialect.quote;
    for (const type of schema.types)
      this.#types.set(`${identifier(this.#names.namespace(type.namespaceId))}.${identifier(type.name)}`, this.#names.of(type));
  }

  project({ name, diagrams }: Design): string {
    const diagram = diagrams[0]?.name ?? DIAGRAM;
    const named = diagram === DIAGRAM ? "" : `  diagram: ${stringLine(diagram)}\n`;
    const head = name === "" ? "Project" : `Project ${nameText(name)}`;
    return `${head} {\n  database_type: ${stringLine(this.#dialect.label)}\n${named}}`;
  }

  enums(): string[] {
    return this.#schema.types.flatMap((type) => (type.kind === "enum" ? [this.enumeration(type)] : []));
  }

  enumeration(type: EnumType): string {
    return `Enum ${this.#names.of(type)} {\n${type.values.map((value) => `  ${nameText(value)}`).join("\n")}\n}`;
  }

  /** `varchar(255)` for what an engine prints as `character varying(255)`, where that reads back the same. */
  #type(text: string): string {
    let known = this.#types.get(text);
    if (known !== undefined) return known;
    const array = /(?:\[\])+$/.exec(text)?.[0] ?? "";
    const own = array === "" ? undefined : this.#types.get(text.slice(0, -array.length));
    const { short, canonical } = this.#dialect.types;
    if (own !== undefined) known = own + array;
    else if (SIMPLE_TYPE.test(text)) known = text;
    else {
      const brief = short(text);
      const best = SIMPLE_TYPE.test(brief) && canonical(brief) === text ? brief : text;
      known = SIMPLE_TYPE.test(best) ? best : quoted(best);
    }
    if (this.#types.size < 10_000) this.#types.set(text, known);
    return known;
  }

  #default(text: string): string {
    if (/^-?\d+(?:\.\d+)?$/.test(text) || text === "true" || text === "false") return text;
    const inner = /^'((?:[^'\\]|'')*)'$/.exec(text)?.[1]?.replaceAll("''", "'");
    if (inner !== undefined && this.#dialect.quote.literal(inner).trim() === text) return stringLine(inner);
    return `\`${text}\``;
  }

  table(table: Table): string {
    const { name, colour, columns, indexes, checks, note: said } = this.pieces(table);
    const lines = columns.map((column) => `  ${columnLine(column)}`);
    if (indexes.length > 0) lines.push("", "  indexes {", ...indexes.map(({ text }) => `    ${text}`), "  }");
    if (checks.length > 0) lines.push("", "  checks {", ...checks.map(({ text }) => `    ${text}`), "  }");
    if (said !== null) lines.push("", `  Note: ${said}`);
    return `Table ${name}${colour === null ? "" : ` [headercolor: ${colour}]`} {\n${lines.join("\n")}\n}`;
  }

  pieces(table: Table): TableText {
    const keys = table.constraints.flatMap((constraint) =>
      constraint.kind === "primary" || constraint.kind === "unique" ? [constraint] : [],
    );
    const flagged = new Set(keys.filter((key) => this.#isFlag(table, key)));
    const primary = keys.find(({ kind }) => kind === "primary");
    const inKey = new Set<string>(primary?.columns ?? []);
    const flaggedPrimary = primary !== undefined && flagged.has(primary);
    const uniques = new Set<string>([...flagged].filter(({ kind }) => kind === "unique").flatMap(({ columns }) => columns));
    const byId = new Map<string, string>(table.columns.map(({ id, name }) => [id, name]));
    const tint = this.#tints.get(table.id);
    return {
      name: this.#names.of(table),
      colour: tint ? colourOf(tint) : null,
      columns: table.columns.map((column) => {
        const isKey = inKey.has(column.id);
        return this.#column(column, { flag: isKey && flaggedPrimary, inKey: isKey, unique: uniques.has(column.id) });
      }),
      indexes: [
        ...keys.filter((key) => !flagged.has(key)).map((key) => this.#key(table, key, byId)),
        ...table.indexes.map((index) => this.#index(table, index, byId)),
      ],
      checks: this.#checks(table),
      note: table.comment === null ? null : note(table.comment, "  "),
    };
  }

  /** Keys that stand in the lines of their columns: of one column or, the primary one, of several in their order. */
  #isFlag(table: Table, { kind, name, columns, comment }: KeyConstraint): boolean {
    if (comment !== null) return false;
    const names = table.columns.filter(({ id }) => columns.includes(id));
    if (kind === "unique") return columns.length === 1 && name === uniqueName(table.name, [names[0]?.name ?? ""], this.#dialect);
    return name === primaryName(table.name, this.#dialect) && names.every(({ id }, at) => columns[at] === id);
  }

  #column(
    column: Column,
    { flag, inKey, unique }: { readonly flag: boolean; readonly inKey: boolean; readonly unique: boolean },
  ): ColumnText {
    const serial = this.#serial.has(column.id);
    const implied = inKey || serial || column.identity !== null;
    const settings: (readonly [SettingKey, string])[] = [];
    if (flag) settings.push(["pk", "pk"]);
    if (column.identity && !serial) settings.push(["increment", "increment"]);
    if (column.notNull !== implied) settings.push(["null", column.notNull ? "not null" : "null"]);
    if (unique) settings.push(["unique", "unique"]);
    if (column.default !== null && !serial) settings.push(["default", `default: ${this.#default(column.default)}`]);
    if (column.comment !== null) settings.push(["note", `note: ${stringLine(column.comment)}`]);
    const type = serial ? (serialWord(column.type) ?? "serial") : this.#type(column.type);
    return { id: column.id, name: nameText(column.name), type, settings };
  }

  #key(table: Table, { id, kind, name, columns, comment }: KeyConstraint, byId: ReadonlyMap<string, string>): LineText {
    const names = columns.map((id) => byId.get(id) ?? "");
    const usual = kind === "primary" ? primaryName(table.name, this.#dialect) : uniqueName(table.name, names, this.#dialect);
    const text = `${this.#parts(names.map(nameText))}${list([
      kind === "primary" ? "pk" : "unique",
      ...(name === usual ? [] : [`name: ${stringLine(name)}`]),
      ...(comment === null ? [] : [`note: ${stringLine(comment)}`]),
    ])}`;
    return { id, name, parts: names, text };
  }

  #parts(parts: readonly string[]): string {
    return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(", ")})`;
  }

  #index(table: Table, { id, name, unique, method, parts, comment }: Index, byId: ReadonlyMap<string, string>): LineText {
    const names = parts.map(({ columnId }) => (columnId === null ? null : (byId.get(columnId) ?? "")));
    const texts = parts.map(({ expression }, at) => (expression === null ? nameText(names[at] ?? "") : `\`${expression}\``));
    const typed = unique || method !== usualMethod(this.#dialect);
    const text = `${this.#parts(texts)}${list([
      ...(unique ? ["unique"] : []),
      ...(typed ? [`type: ${/^[a-z]\w*$/.test(method) ? method : stringLine(method)}`] : []),
      ...(name === indexName(table.name, names, this.#dialect) ? [] : [`name: ${stringLine(name)}`]),
      ...(comment === null ? [] : [`note: ${stringLine(comment)}`]),
    ])}`;
    return {
      id,
      name,
      parts: parts.map(({ expression }, at) => (expression === null ? (names[at] ?? "") : `\`${expression}`)),
      text,
    };
  }

  #checks(table: Table): LineText[] {
    const usual = checkName(table.name, null, this.#dialect);
    return table.constraints.flatMap((check) => {
      if (check.kind !== "check") return [];
      const { id, name, expression } = check;
      return [
        { id, name, parts: [expression], text: `\`${expression}\`${name === usual ? "" : list([`name: ${stringLine(name)}`])}` },
      ];
    });
  }

  relations(): string[] {
    return this.#schema.tables.flatMap((table) => (this.#outgoing.get(table.id) ?? []).map((key) => this.relation(table, key)));
  }

  relation(table: Table, key: ForeignKey): string {
    const target = this.#tables.get(key.refTableId) ?? table;
    const from = this.#end(table, key.columns);
    const to = this.#end(target, key.refColumns);
    const names = key.columns.map((id) => table.columns.find((column) => column.id === id)?.name ?? "");
    const name = key.name === foreignName(table.name, names, this.#dialect) ? "" : ` ${nameText(key.name)}`;
    const settings = [
      ...(key.onDelete === "no action" ? [] : [`delete: ${key.onDelete}`]),
      ...(key.onUpdate === "no action" ? [] : [`update: ${key.onUpdate}`]),
    ];
    const alone = isUnique(table, key.columns);
    return `Ref${name}: ${alone ? `${to} - ${from}` : `${from} > ${to}`}${list(settings)}`;
  }

  #end(table: Table, columns: readonly string[]): string {
    const names = columns.map((id) => nameText(table.columns.find((column) => column.id === id)?.name ?? ""));
    return `${this.#names.of(table)}.${names.length === 1 ? (names[0] ?? "") : `(${names.join(", ")})`}`;
  }
}

/** A column as one line. */
export const columnLine = ({ name, type, settings }: ColumnText): string =>
  `${name} ${type}${list(settings.map(([, text]) => text))}`;

/** No two rows have the same values there. */
function isUnique(table: Table, columns: readonly string[]): boolean {
  return table.constraints.some(
    (key) =>
      (key.kind === "primary" || key.kind === "unique") &&
      key.columns.length === columns.length &&
      key.columns.every((id) => columns.includes(id)),
  );
}
