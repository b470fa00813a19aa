/**
 * A design as DBML holds it: what the language cannot say is taken away here, and counted. The printer takes nothing away, so that
 * what it writes reads back as this.
 */
import type { Dialect } from "../../../dialects/dialect.ts";
import {
  type Column,
  type Constraint,
  type Diagram,
  type EnumType,
  type ForeignKey,
  type Index,
  type IndexPart,
  makeColumn,
  makeTable,
  type Namespace,
  type Schema,
  type Sequence,
  type Table,
} from "../../../model/index.ts";
import type { Design } from "../../json/index.ts";
import { hasSerial, sequenceName } from "../../kit/names.ts";
import { serialDefault, serialWord } from "../../kit/numbering.ts";
import { holds, type Level, type LossKey } from "./level.ts";

export interface Held {
  readonly design: Design;
  /** How often what was lost. */
  readonly lost: ReadonlyMap<LossKey, number>;
}

const isEmpty = (options: object): boolean => Object.keys(options).length === 0;

class Holder {
  readonly lost = new Map<LossKey, number>();
  readonly #schema: Schema;
  readonly #dialect: Dialect;
  readonly #level: Level;
  readonly #namespaces: ReadonlyMap<string, string>;

  constructor(schema: Schema, dialect: Dialect, level: Level) {
    this.#schema = schema;
    this.#dialect = dialect;
    this.#level = level;
    this.#namespaces = new Map(schema.namespaces.map(({ id, name }) => [id, name]));
  }

  count(key: LossKey, count = 1): void {
    if (count > 0) this.lost.set(key, (this.lost.get(key) ?? 0) + count);
  }

  #if(is: boolean, key: LossKey): void {
    if (is) this.count(key);
  }

  schema(): Schema {
    const { views, verbatim, types, sequences } = this.#schema;
    this.count("views", views.length);
    this.count("objects", verbatim.length);
    const tables = this.#schema.tables.filter(({ columns }) => columns.length > 0);
    this.count("emptyTables", this.#schema.tables.length - tables.length);
    const kept = new Set<string>(tables.map(({ id }) => id));
    const serial = sequences.filter((sequence) => this.#isSerial(sequence, tables));
    this.count("sequences", sequences.length - serial.length);
    const enums = types.flatMap((type) => (type.kind === "enum" ? [type] : []));
    this.count("types", types.length - enums.length);
    const values = enums.filter((type) => type.values.length > 0).map((type) => this.#enum(type));
    this.count("emptyEnums", enums.length - values.length);
    const used = new Set<string>([...tables, ...values].map(({ namespaceId }) => namespaceId));
    const namespaces = this.#namespacesOf(used);
    this.count("namespaces", Math.max(0, this.#schema.namespaces.length - namespaces.length));
    for (const { comment } of namespaces) this.#if(comment !== null, "comments");
    return {
      ...this.#schema,
      namespaces: namespaces.map((namespace) => ({ ...namespace, comment: null })),
      tables: tables.map((table) => this.#table(table)),
      foreignKeys: this.#relations(this.#schema.foreignKeys.filter((key) => kept.has(key.tableId) && kept.has(key.refTableId))),
      types: values,
      sequences: serial,
      views: [],
      verbatim: [],
    };
  }

  /** A text in which nothing stands is one of the default namespace. */
  #namespacesOf(used: ReadonlySet<string>): Namespace[] {
    const { defaultNamespace: name } = this.#dialect.features;
    if (used.size > 0) return this.#schema.namespaces.filter(({ id }) => used.has(id));
    const known = this.#schema.namespaces.find((namespace) => namespace.name === name);
    return [known ?? { id: `namespace:${name}` as Namespace["id"], name, comment: null }];
  }

  #enum(type: EnumType): EnumType {
    this.#if(type.comment !== null, "comments");
    return { ...type, comment: null, dependsOn: [] };
  }

  /** Declared by its column's type alone. */
  #isSerial(sequence: Sequence, tables: readonly Table[]): boolean {
    const { ownedBy, definition, unlogged, comment, name, type, namespaceId } = sequence;
    const table = ownedBy && tables.find(({ id }) => id === ownedBy.tableId);
    const column = table?.columns.find(({ id }) => id === ownedBy?.columnId);
    if (!table || !column || !hasSerial(this.#dialect) || serialWord(type) === null) return false;
    const namespace = this.#namespaces.get(namespaceId) ?? "";
    return (
      definition === "" &&
      !unlogged &&
      comment === null &&
      column.type === type &&
      namespaceId === table.namespaceId &&
      name === sequenceName(table.name, column.name, this.#dialect) &&
      column.default === serialDefault(namespace, name, this.#dialect)
    );
  }

  #table(table: Table): Table {
    this.#if(table.kind !== "table", "tableKinds");
    this.#if(table.partitionBy !== null || table.partitionOf !== null || table.inherits.length > 0, "partitions");
    this.#if(table.unlogged || table.rowSecurity !== "off" || !isEmpty(table.options), "tableOptions");
    const { id, namespaceId, name, comment } = table;
    return makeTable({
      ...{ id, namespaceId, name, comment },
      columns: table.columns.map((column) => this.#column(column)),
      constraints: table.constraints.flatMap((constraint) => this.#constraint(constraint)),
      indexes: table.indexes.map((index) => this.#index(index)),
    });
  }

  #column(column: Column): Column {
    this.#if(column.generated !== null, "generated");
    this.#if(column.identity !== null && (column.identity.always || column.identity.sequence !== ""), "identity");
    this.#if(column.collation !== null, "collations");
    this.#if(!isEmpty(column.options), "columnOptions");
    this.#if(column.inherited, "partitions");
    const identity = column.identity && this.#dialect.features.identity ? { always: false, sequence: "" } : null;
    const { id, name, notNull, comment } = column;
    return makeColumn({
      ...{ id, name, notNull, comment, identity },
      type: this.#dialect.types.canonical(column.type),
      default: column.default === null ? null : this.#expression(column.default),
    });
  }

  /** Backticks end an expression, and cannot be escaped in one. */
  #expression(text: string): string {
    if (!text.includes("`")) return text;
    this.count("backticks");
    return text.replaceAll("`", "");
  }

  #constraint(constraint: Constraint): Constraint[] {
    if (constraint.kind === "exclude") {
      this.count("exclusions");
      return [];
    }
    const base = { deferrable: "no", partOf: null } as const;
    if (constraint.kind === "check") {
      if (!holds(this.#level, "checks")) {
        this.count("checks");
        return [];
      }
      const { noInherit, notValid, notEnforced, inherited } = constraint;
      this.#if(noInherit || notValid || notEnforced || inherited || constraint.deferrable !== "no", "constraintOptions");
      this.#if(constraint.comment !== null, "comments");
      const plain = { noInherit: false, notValid: false, notEnforced: false, inherited: false, comment: null };
      return [{ ...constraint, ...base, ...plain, expression: this.#expression(constraint.expression) }];
    }
    const { include, nullsNotDistinct, withoutOverlaps, options } = constraint;
    const more = include.length > 0 || nullsNotDistinct || withoutOverlaps || !isEmpty(options);
    this.#if(more || constraint.deferrable !== "no", "constraintOptions");
    return [{ ...constraint, ...base, include: [], nullsNotDistinct: false, withoutOverlaps: false, options: {} }];
  }

  #index(index: Index): Index {
    const { include, nullsNotDistinct, where, options } = index;
    this.#if(include.length > 0 || nullsNotDistinct || where !== null || !isEmpty(options), "indexOptions");
    const parts = index.parts.map((part) => this.#part(part));
    return { ...index, parts, include: [], nullsNotDistinct: false, where: null, options: {}, partOf: null };
  }

  #part(part: IndexPart): IndexPart {
    const { descending, nulls, opclass, collation } = part;
    this.#if(descending || nulls !== null || opclass !== null || collation !== null, "indexOrder");
    const expression = part.expression === null ? null : this.#expression(part.expression);
    return { ...part, expression, descending: false, nulls: null, opclass: null, collation: null };
  }

  /** The language takes one relation of the same ends, whichever way it points, and none of a column with itself. */
  #relations(keys: readonly ForeignKey[]): ForeignKey[] {
    const seen = new Set<string>();
    return keys.flatMap((key) => {
      const from = JSON.stringify([key.tableId, key.columns]);
      const to = JSON.stringify([key.refTableId, key.refColumns]);
      const ends = [from, to].sort().join();
      if (from === to || seen.has(ends)) {
        this.count("doubleRelations");
        return [];
      }
      seen.add(ends);
      const { onDeleteColumns, match, deferrable, notValid, notEnforced, comment } = key;
      const more = onDeleteColumns.length > 0 || match !== "simple" || deferrable !== "no" || notValid || notEnforced;
      this.#if(more, "relationOptions");
      this.#if(comment !== null, "comments");
      const plain = {
        match: "simple",
        deferrable: "no",
        notValid: false,
        notEnforced: false,
        comment: null,
        partOf: null,
      } as const;
      return [{ ...key, ...plain, onDeleteColumns: [] }];
    });
  }

  diagrams(diagrams: readonly Diagram[], { tables }: Schema): readonly Diagram[] {
    const [first, ...others] = diagrams;
    this.count("diagrams", others.length);
    if (!first) return [];
    const kept = new Set<string>(tables.map(({ id }) => id));
    const mine = <T>(map: ReadonlyMap<string, T>): Map<never, T> =>
      new Map([...map].filter(([id]) => kept.has(id))) as unknown as Map<never, T>;
    const placed = holds(this.#level, "places");
    const positions = mine(first.positions);
    if (!placed) this.count("places", positions.size + first.areas.length + first.notes.length);
    const held: Diagram = { ...first, positions, tints: mine(first.tints) };
    return held.positions.size + held.tints.size + held.areas.length + held.notes.length === 0 ? [] : [held];
  }
}

/** The design without what DBML cannot say at a level. Below 10 places stay in it: they tell which area a table is in. */
export function hold({ name, schema, diagrams }: Design, dialect: Dialect, level: Level): Held {
  const holder = new Holder(schema, dialect, level);
  const held = holder.schema();
  return { design: { name, schema: held, diagrams: holder.diagrams(diagrams, held) }, lost: holder.lost };
}
