/**
 * A design as a program names it: classes or values for tables, fields for columns, enums, and both ends of each relation. What all
 * writers of code share; how it is written is each one's own.
 */
import type { Dialect, ParsedType } from "../../dialects/dialect.ts";
import type { Column, EnumType, Index, KeyConstraint, CheckConstraint, Schema, Table } from "../../model/index.ts";
import { Enums, unlisted } from "./enums.ts";
import { Identifiers, wordsOf } from "./identifiers.ts";
import { type Link, linksOf } from "./links.ts";
import { type Value, valueOf } from "./values.ts";

/** How a language likes its names. */
export interface Style {
  readonly entity: (name: string) => string;
  readonly field: (name: string) => string;
  readonly enumValue: (name: string) => string;
  /** Words that no name may be, of the language and of what is imported. */
  readonly reserved: ReadonlySet<string>;
  /** What names of entities are made of besides: `UserRow` for a `Row` of `User`. */
  readonly suffixes: readonly string[];
  /** Names that every class has already. */
  readonly members: readonly string[];
}

export interface CodeEnum {
  readonly name: string;
  /** Null where it is the list of a column's own type. */
  readonly type: EnumType | null;
  readonly values: readonly { readonly word: string; readonly value: string }[];
}

export interface CodeColumn {
  readonly column: Column;
  readonly name: string;
  /** As the engine prints it, without brackets; `parsed` likewise. */
  readonly type: string;
  readonly parsed: ParsedType;
  /** The dimensions of its array. */
  readonly depth: number;
  readonly enum: CodeEnum | null;
  /** Its default, as far as it is plain; null where it has none, or takes a number of a sequence of its own. */
  readonly value: Value | null;
  /** It takes a number of a sequence of its own. */
  readonly serial: boolean;
  readonly primary: boolean;
}

/** One end of a relation, as a field of a class. */
export interface CodeEnd {
  readonly name: string;
  readonly link: Link;
  /** It is on the side of the foreign key. */
  readonly owns: boolean;
  readonly other: CodeTable;
  /** The field at the other end. */
  readonly answer: string;
}

export interface CodeTable {
  readonly table: Table;
  readonly name: string;
  /** Null: the usual one. */
  readonly namespace: string | null;
  readonly columns: readonly CodeColumn[];
  readonly primary: KeyConstraint | null;
  readonly uniques: readonly KeyConstraint[];
  readonly checks: readonly CheckConstraint[];
  readonly indexes: readonly Index[];
  readonly ends: CodeEnd[];
}

/** `author_id` is `author`; `users` is what it is. */
const withoutId = (name: string): string => {
  const words = wordsOf(name);
  return words.length > 1 && /^(?:id|uuid|fk|key)$/.test(words.at(-1) ?? "") ? words.slice(0, -1).join("_") : "";
};

export class CodeModel {
  readonly tables: readonly CodeTable[];
  readonly enums: readonly CodeEnum[];
  readonly #dialect: Dialect;
  readonly #style: Style;
  readonly #enums = new Map<string, CodeEnum>();
  readonly #names: Identifiers;
  readonly #byId: ReadonlyMap<string, CodeTable>;
  readonly #columns = new Map<string, CodeColumn>();

  constructor(schema: Schema, dialect: Dialect, style: Style) {
    this.#dialect = dialect;
    this.#style = style;
    this.#names = new Identifiers(style.reserved);
    const namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
    const counts = new Map<string, number>();
    for (const { name } of schema.tables) counts.set(style.entity(name), (counts.get(style.entity(name)) ?? 0) + 1);
    const spaceOf = (id: Table["namespaceId"]): string | null => {
      const name = namespaces.get(id) ?? "";
      return name === dialect.features.defaultNamespace ? null : name;
    };
    const named = schema.tables.map((table) => {
      const space = spaceOf(table.namespaceId);
      const apart = (counts.get(style.entity(table.name)) ?? 0) > 1 && space !== null;
      return {
        table,
        space,
        name: this.#names.take(style.entity(apart ? `${space}_${table.name}` : table.name), style.suffixes),
      };
    });
    for (const type of schema.types) if (type.kind === "enum") this.#addEnum(type.id, type.name, type.values, type);
    const lookup = new Enums(schema, dialect);
    const serial = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
    this.tables = named.map(({ table, space, name }) => this.#table(table, name, space, lookup, serial));
    this.#byId = new Map(this.tables.map((table) => [table.table.id, table]));
    this.#relate(linksOf(schema));
    this.enums = [...this.#enums.values()];
  }

  /** The field of a column. */
  column = ({ id }: Pick<Column, "id">): CodeColumn | undefined => this.#columns.get(id);

  /** The names of the fields of these columns. */
  fields = (ids: readonly string[]): readonly string[] => ids.flatMap((id) => this.#columns.get(id)?.name ?? []);

  #addEnum(id: string, name: string, values: readonly string[], type: EnumType | null): CodeEnum {
    const words = new Identifiers(this.#style.reserved, ["name", "value"]);
    const made: CodeEnum = {
      name: this.#names.take(this.#style.entity(name), this.#style.suffixes),
      type,
      values: [...new Set(values)].map((value) => ({ value, word: words.take(this.#style.enumValue(value)) })),
    };
    this.#enums.set(id, made);
    return made;
  }

  #table(table: Table, name: string, namespace: string | null, enums: Enums, serial: ReadonlySet<string>): CodeTable {
    const fields = new Identifiers(this.#style.reserved, this.#style.members);
    const keys = table.constraints.filter((key): key is KeyConstraint => key.kind === "primary" || key.kind === "unique");
    const primary = keys.find(({ kind }) => kind === "primary") ?? null;
    const columns = table.columns.map((column): CodeColumn => {
      const { type, depth } = unlisted(column.type, this.#dialect);
      const enumType = enums.of(type);
      const listed = enumType ? null : enums.listed(type);
      const own = enumType
        ? (this.#enums.get(enumType.id) ?? null)
        : listed && this.#addEnum(column.id, `${table.name}_${column.name}`, listed, null);
      const counts = serial.has(column.id) && column.default?.startsWith("nextval(") === true;
      const made: CodeColumn = {
        ...{ column, type, depth, enum: own, serial: counts },
        name: fields.take(this.#style.field(column.name)),
        parsed: this.#dialect.types.parse(type),
        value: column.default === null || counts ? null : valueOf(column.default, this.#dialect),
        primary: primary?.columns.includes(column.id) ?? false,
      };
      this.#columns.set(column.id, made);
      return made;
    });
    const checks = table.constraints.filter((check): check is CheckConstraint => check.kind === "check");
    const uniques = keys.filter(({ kind }) => kind === "unique");
    return { table, name, namespace, columns, primary, uniques, checks, indexes: table.indexes, ends: [] };
  }

  #relate(links: readonly Link[]): void {
    const taken = new Map(
      this.tables.map(({ table, columns }) => [
        table.id,
        new Identifiers(this.#style.reserved, [...this.#style.members, ...columns.map(({ name }) => name)]),
      ]),
    );
    const pairs = new Map<string, number>();
    const pairOf = ({ table, target }: Link): string => JSON.stringify([table.id, target.id]);
    for (const link of links) pairs.set(pairOf(link), (pairs.get(pairOf(link)) ?? 0) + 1);
    for (const link of links) {
      const [from, to] = [this.#byId.get(link.table.id), this.#byId.get(link.target.id)];
      if (!from || !to) continue;
      const [first] = link.columns;
      const told = link.columns.length === 1 && first ? withoutId(first.name) : "";
      const forward = taken.get(from.table.id)?.take(this.#style.field(told === "" ? to.table.name : told)) ?? "";
      const several = (pairs.get(pairOf(link)) ?? 0) > 1 || from === to;
      const wanted = several ? `${from.table.name}_${told === "" ? "of" : told}` : from.table.name;
      const back = taken.get(to.table.id)?.take(this.#style.field(wanted)) ?? "";
      from.ends.push({ name: forward, link, owns: true, other: to, answer: back });
      to.ends.push({ name: back, link, owns: false, other: from, answer: forward });
    }
  }
}
