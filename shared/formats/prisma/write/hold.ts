/** A design as Prisma can say it. What the kit's flags do not tell is taken away here, and counted. */
import type { Dialect } from "../../../dialects/dialect.ts";
import {
  type Column,
  type ForeignKey,
  type Index,
  type KeyConstraint,
  makeIndex,
  makeKey,
  same,
  type Schema,
  type Sequence,
  type Table,
} from "../../../model/index.ts";
import type { Held } from "../../format.ts";
import type { Design } from "../../json/index.ts";
import { Enums } from "../../kit/enums.ts";
import { familyOf } from "../../kit/family.ts";
import { holdBy } from "../../kit/hold.ts";
import { isUnique, uniqueSets } from "../../kit/links.ts";
import { type Holds, LOSSES as KIT, type LossKey as KitKey, BARE } from "../../kit/losses.ts";
import { hasSerial, usualMethod } from "../../kit/names.ts";
import { serialDefault, serialSequence } from "../../kit/numbering.ts";
import { type Facts, factsOf } from "./column.ts";

const OWN = {
  uniqueKeys: "unique keys as constraints (they are unique indexes; in MySQL unique indexes are keys)",
  primaryNulls: "columns of primary keys that may be without a value (they must have one)",
  types: "domains, composite and range types (columns keep the names of them)",
  typeDetails: "types of columns that Prisma knows only by a near one",
  emptyEnums: "enums without values (columns keep the names of them)",
  relations: "foreign keys to columns that are no key, or between columns of unlike types",
  lineEnds: "line ends in comments other than the plain one",
} as const;

type OwnKey = keyof typeof OWN;

const holdsOf = (dialect: Dialect): Holds => {
  const family = familyOf(dialect);
  return {
    ...BARE,
    namespaces: family === "postgres",
    enums: dialect.features.enums,
    increment: family === "postgres" ? "serial" : family === "mysql" ? "identity" : "none",
    tableComments: true,
    columnComments: true,
    notNull: true,
    defaults: true,
    primaryKeys: true,
    uniqueKeys: true,
    primaryKeyNames: family === "postgres",
    uniqueKeyNames: true,
    relations: true,
    relationNames: family !== "sqlite",
    compositeRelations: true,
    actions: true,
    indexes: true,
    indexNames: true,
    indexMethods: true,
    indexOrder: true,
  };
};

const LOST_ALWAYS = Object.entries(BARE).flatMap(([key, held]) => (held === false ? [key] : []));

/** In words that follow a number. */
export const LOSSES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...LOST_ALWAYS, "increment", "diagrams"].map((key) => [key, KIT[key as KitKey]])),
  ...OWN,
};

/** The scalar and native types that methods of indexes take as they are. */
const METHODS: Readonly<Record<string, readonly [words: readonly string[], natives: RegExp | null]>> = {
  gin: [["Json"], /^$/],
  gist: [["String"], /^Inet$/],
  spgist: [["String"], /^$|^Inet$|^VarChar|^Char/],
  brin: [["Int", "BigInt", "Decimal", "Float", "DateTime", "String"], null],
};

const INLINE = ["inline", "autoincrement"];

/** Where a key stands in its column's line (SQLite) is said by Prisma in its own way: it is no loss. */
function withoutInline(design: Design): Design {
  const plain = (key: Table["constraints"][number]): Table["constraints"][number] => {
    if (key.kind !== "primary" || !INLINE.some((name) => name in key.options)) return key;
    return { ...key, options: Object.fromEntries(Object.entries(key.options).filter(([name]) => !INLINE.includes(name))) };
  };
  const tables = design.schema.tables.map((table) => ({ ...table, constraints: table.constraints.map(plain) }));
  return { ...design, schema: { ...design.schema, tables } };
}

const SERIAL_TYPES: ReadonlySet<string> = new Set(["integer", "bigint", "smallint"]);

const key = ({ namespaceId, name }: Sequence): string => JSON.stringify([namespaceId, name]);

/** A column that reads a sequence, whosever it is, counts up: Prisma knows no other kind, and gives each a sequence of its own. */
function counted(design: Design, dialect: Dialect): { readonly design: Design; readonly replaced: number } {
  const { schema } = design;
  if (!hasSerial(dialect)) return { design, replaced: 0 };
  const known = new Map(schema.sequences.map((sequence) => [key(sequence), sequence]));
  const names = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
  const sequences: Sequence[] = [];
  const tables = schema.tables.map((table) => {
    const columns = table.columns.map((column) => {
      const { default: value, notNull, type } = column;
      if (!value?.startsWith("nextval('") || !notNull || !SERIAL_TYPES.has(type) || column.identity) return column;
      const sequence = serialSequence(table, column, dialect);
      const was = known.get(key(sequence));
      if (was && same({ ...was, id: sequence.id }, sequence)) return column;
      sequences.push(sequence);
      return { ...column, default: serialDefault(names.get(table.namespaceId) ?? "", sequence.name, dialect) };
    });
    return { ...table, columns };
  });
  const taken = new Set(sequences.map(key));
  const others = schema.sequences.filter((sequence) => !taken.has(key(sequence)));
  const replaced = schema.sequences.length - others.length;
  return { design: { ...design, schema: { ...schema, tables, sequences: [...others, ...sequences] } }, replaced };
}

class Holder {
  readonly lost: Map<string, number>;
  readonly #dialect: Dialect;
  readonly #counting: ReadonlySet<string>;
  #facts: ReadonlyMap<string, Facts> = new Map();

  /** `counting`: keys whose column counts up (SQLite). */
  constructor(dialect: Dialect, lost: ReadonlyMap<string, number>, counting: ReadonlySet<string>) {
    this.#dialect = dialect;
    this.lost = new Map(lost);
    this.#counting = counting;
  }

  count(key: OwnKey | KitKey, number = 1): void {
    if (number > 0) this.lost.set(key, (this.lost.get(key) ?? 0) + number);
  }

  schema(schema: Schema): Schema {
    const filled = schema.types.filter((type) => type.kind !== "enum" || type.values.length > 0);
    this.count("emptyEnums", schema.types.length - filled.length);
    const named = { ...schema, types: filled };
    const numbered = new Set(schema.sequences.flatMap(({ ownedBy }) => ownedBy?.columnId ?? []));
    const enums = new Enums(named, this.#dialect);
    this.#facts = new Map(
      schema.tables.flatMap((table) =>
        table.columns.map((column) => [column.id, factsOf(column, numbered.has(column.id), enums, this.#dialect)] as const),
      ),
    );
    const tables = named.tables.map((table) => this.#table(table));
    return { ...named, tables, foreignKeys: this.#relations(named.foreignKeys, tables) };
  }

  #table(table: Table): Table {
    const primary = new Set(table.constraints.flatMap((key) => (key.kind === "primary" ? key.columns : [])));
    const keys: KeyConstraint[] = [];
    const made: Index[] = [];
    for (const key of table.constraints) {
      if (key.kind === "primary") keys.push(this.#primary(key));
      else if (key.kind === "unique" && familyOf(this.#dialect) === "mysql") keys.push(key);
      else if (key.kind === "unique") made.push(this.#asIndex(key));
    }
    for (const index of table.indexes.map((one) => this.#index(one))) {
      const key = familyOf(this.#dialect) === "mysql" ? this.#asKey(index) : null;
      if (key) keys.push(key);
      else made.push(index);
    }
    const indexed = new Set([...keys.map(({ columns }) => columns[0]), ...made.map(({ parts }) => parts[0]?.columnId)]);
    const columns = table.columns.map((column) => this.#column(column, primary.has(column.id), indexed.has(column.id)));
    return { ...table, comment: this.#comment(table.comment), columns, constraints: keys, indexes: made };
  }

  #comment(comment: string | null): string | null {
    if (comment === null || !/\r/.test(comment)) return comment;
    this.count("lineEnds");
    return comment.replace(/\r\n?/g, "\n");
  }

  #column(column: Column, primary: boolean, indexed: boolean): Column {
    const facts = this.#facts.get(column.id);
    if (!facts) return column;
    const { types } = this.#dialect;
    if (facts.type !== types.canonical(column.type)) this.count("typeDetails");
    if (column.default !== null && facts.default === null && !facts.counts) this.count("defaults");
    if (facts.list && column.notNull) this.count("notNull");
    if (primary && !column.notNull && !facts.list) this.count("primaryNulls");
    const identity = column.identity && facts.whole && indexed ? column.identity : null;
    if (column.identity && !identity) this.count("increment");
    return {
      ...column,
      identity,
      type: facts.type,
      default: facts.counts ? column.default : facts.default,
      notNull: !facts.list && (column.notNull || primary || identity !== null),
      comment: this.#comment(column.comment),
    };
  }

  #primary(key: KeyConstraint): KeyConstraint {
    if (familyOf(this.#dialect) !== "sqlite" || key.columns.length !== 1) return key;
    const facts = this.#facts.get(key.columns[0] ?? "");
    const counts = this.#counting.has(key.id) && facts?.whole === true;
    if (this.#counting.has(key.id) && !counts) this.count("increment");
    return { ...key, options: { inline: "true", ...(counts ? { autoincrement: "true" } : {}) } };
  }

  /** Prisma makes unique indexes of what it calls unique. */
  #asIndex({ id, name, columns }: KeyConstraint): Index {
    this.count("uniqueKeys");
    const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };
    return makeIndex({
      ...{ id: `${id}:index` as Index["id"], name, unique: true, method: usualMethod(this.#dialect) },
      parts: columns.map((columnId) => ({ ...part, columnId })),
    });
  }

  /** MySQL tells unique keys from unique indexes by nothing. */
  #asKey({ id, name, unique, parts }: Index): KeyConstraint | null {
    if (!unique || parts.some(({ columnId, descending, opclass }) => columnId === null || descending || opclass !== null))
      return null;
    this.count("uniqueKeys");
    const columns = parts.flatMap(({ columnId }) => columnId ?? []);
    return makeKey({ id: `${id}:key` as KeyConstraint["id"], name, kind: "unique", columns });
  }

  #index(index: Index): Index {
    const usual = usualMethod(this.#dialect);
    const family = familyOf(this.#dialect);
    const known = family === "postgres" ? !index.unique : index.method === "fulltext";
    const fits = index.parts.every(({ columnId, opclass }) => opclass !== null || this.#indexed(index.method, columnId));
    const method = index.method === usual || (known && fits) ? index.method : usual;
    if (method !== index.method) this.count("indexMethods");
    const parts = index.parts.map((part) => {
      if (method !== index.method) return { ...part, nulls: null, collation: null, opclass: null };
      const length = part.opclass?.startsWith("(") === true;
      const sayable =
        part.opclass === null ||
        (family === "postgres" ? !index.unique && method !== "hash" : length && /^\(\d+\)$/.test(part.opclass));
      const descending = part.descending && (method === "btree" || method === "fulltext");
      const plain = { ...part, descending, nulls: null, collation: null, opclass: sayable ? part.opclass : null };
      if (part.nulls !== null || part.collation !== null || !sayable || descending !== part.descending) this.count("indexOrder");
      return plain;
    });
    return { ...index, method, parts };
  }

  /** Does Prisma let a column of this type be in an index of this method without an operator class? */
  #indexed(method: string, columnId: string | null): boolean {
    const facts = this.#facts.get(columnId ?? "");
    const [words, natives] = METHODS[method] ?? [null, null];
    if (!facts || words === null || !facts.known) return true;
    if (facts.list) return method === "gin";
    return words.includes(facts.word) && (natives === null || natives.test(facts.native ?? ""));
  }

  /** Prisma follows a foreign key to a key alone, between fields of one type. */
  #relations(keys: readonly ForeignKey[], tables: readonly Table[]): readonly ForeignKey[] {
    const sets = new Map(tables.map((table) => [table.id, uniqueSets(table)]));
    const kept = keys.filter(({ columns, refColumns, refTableId }) => {
      if (!isUnique(sets.get(refTableId) ?? [], refColumns) || new Set(columns).size < columns.length) return false;
      return columns.every((id, at) => {
        const [one, other] = [this.#facts.get(id), this.#facts.get(refColumns[at] ?? "")];
        return one !== undefined && other !== undefined && !one.list && !other.list && one.word === other.word;
      });
    });
    this.count("relations", keys.length - kept.length);
    return kept;
  }
}

export function hold(whole: Design, dialect: Dialect): Held {
  const counting = new Set(
    whole.schema.tables.flatMap(({ constraints }) =>
      constraints.flatMap((key) => (key.kind === "primary" && key.options["autoincrement"] === "true" ? [key.id] : [])),
    ),
  );
  const numbered = counted(withoutInline(whole), dialect);
  const { design, lost } = holdBy(numbered.design, dialect, holdsOf(dialect));
  const holder = new Holder(dialect, lost, counting);
  holder.count("sequences", numbered.replaced);
  return { design: { ...design, schema: holder.schema(design.schema) }, lost: holder.lost };
}
