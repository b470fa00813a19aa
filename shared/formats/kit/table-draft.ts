/** A table under way: see `draft.ts`. Columns are named; those of keys and indexes are looked up at the end. */
import type { Dialect } from "../../dialects/dialect.ts";
import {
  type Column,
  type ColumnId,
  type Constraint,
  type ConstraintId,
  type Index,
  type IndexId,
  type IndexPart,
  type KeyConstraint,
  makeCheck,
  makeColumn,
  makeIndex,
  makeKey,
  makeTable,
  type Namespace,
  type Sequence,
  type Table,
  type TableId,
} from "../../model/index.ts";
import { idOf } from "./ids.ts";
import { checkName, indexName, primaryName, takeName, uniqueName, usualMethod } from "./names.ts";
import { serialDefault, serialSequence } from "./numbering.ts";

export interface IndexFound {
  readonly name: string | null;
  readonly unique: boolean;
  /** Names of columns, or expressions; what is said of their order. */
  readonly parts: readonly ({ readonly column: string } | { readonly expression: string })[];
  readonly more?: Partial<Index>;
  /** What is said of each part, by its place. */
  readonly order?: readonly Partial<IndexPart>[];
}

interface KeyFound {
  readonly kind: "primary" | "unique";
  readonly columns: readonly string[];
  readonly name: string | null;
  readonly more: Partial<KeyConstraint>;
}

const PLAIN: IndexPart = { columnId: null, expression: null, descending: false, nulls: null, opclass: null, collation: null };

const keyed = (columns: readonly string[]): string => JSON.stringify([...columns].sort());

export class TableDraft {
  readonly id: TableId;
  readonly namespace: Namespace;
  readonly name: string;
  comment: string | null = null;
  /** Other attributes of the table, where a format says them. */
  more: Partial<Table> = {};
  /** Names that its constraints, indexes and relations have. */
  readonly taken = new Set<string>();
  readonly sequences: Sequence[] = [];
  readonly #dialect: Dialect;
  readonly #columns = new Map<string, Column>();
  readonly #keys: KeyFound[] = [];
  readonly #keyed = new Set<string>();
  readonly #inKeys = new Set<string>();
  readonly #checks: { readonly name: string | null; readonly column: string | null; readonly expression: string }[] = [];
  readonly #indexes: IndexFound[] = [];

  constructor(dialect: Dialect, namespace: Namespace, name: string) {
    this.#dialect = dialect;
    this.namespace = namespace;
    this.name = name;
    this.id = idOf<TableId>("table", namespace.name, name);
  }

  /** A new column; null when there is one of that name. Its type is made what the engine would print. */
  add(known: Pick<Column, "name" | "type"> & Partial<Column>): Column | null {
    if (this.#columns.has(known.name)) return null;
    const id = idOf<ColumnId>("column", this.namespace.name, this.name, known.name);
    const column = makeColumn({ ...known, id, type: this.#dialect.types.canonical(known.type) });
    this.#columns.set(known.name, column);
    return column;
  }

  /** Says more of a column. */
  patch(name: string, known: Partial<Column>): void {
    const column = this.#columns.get(name);
    if (column) this.#columns.set(name, { ...column, ...known });
  }

  /** Lets a column number itself by a sequence of its own. */
  serial(name: string): void {
    const column = this.#columns.get(name);
    if (!column) return;
    const sequence = serialSequence({ namespaceId: this.namespace.id, name: this.name, id: this.id }, column, this.#dialect);
    this.sequences.push(sequence);
    this.patch(name, { notNull: true, default: serialDefault(this.namespace.name, sequence.name, this.#dialect) });
  }

  column(name: string): Column | undefined {
    return this.#columns.get(name);
  }

  get columns(): readonly Column[] {
    return [...this.#columns.values()];
  }

  get primaryColumns(): readonly string[] {
    return this.#keys.find(({ kind }) => kind === "primary")?.columns ?? [];
  }

  /** Are these columns one of its keys, in whatever order? */
  isKey(columns: readonly string[]): boolean {
    return this.#keyed.has(keyed(columns));
  }

  /** Is this column in one of its keys? */
  inKey(column: string): boolean {
    return this.#inKeys.has(column);
  }

  /** `name` null: the usual one. Columns of a primary key must have a value. A second primary key is a unique one. */
  key(kind: "primary" | "unique", columns: readonly string[], name: string | null, more: Partial<KeyConstraint> = {}): void {
    const second = kind === "primary" && this.#keys.some((known) => known.kind === "primary");
    this.#keyed.add(keyed(columns));
    for (const column of columns) this.#inKeys.add(column);
    this.#keys.push({ kind: second ? "unique" : kind, columns, name, more });
    if (kind === "primary") for (const column of columns) this.patch(column, { notNull: true });
  }

  /** `column`: the one that a name of its own is made of; null for a check of the table. */
  check(expression: string, name: string | null, column: string | null = null): void {
    this.#checks.push({ name, column, expression });
  }

  index(found: IndexFound): void {
    this.#indexes.push(found);
  }

  /** The table, whole. Names that are said go before those that are made; a name that stands twice gets a number. */
  finish(): Table {
    const said = [...this.#keys, ...this.#checks, ...this.#indexes].flatMap(({ name }) => name ?? []);
    for (const name of said) this.taken.add(name);
    const seen = new Set<string>();
    const called = (name: string | null, usual: () => string): string => {
      if (name === null) return takeName(usual(), this.taken);
      if (!seen.has(name)) {
        seen.add(name);
        return name;
      }
      return takeName(name, this.taken);
    };
    return makeTable({
      ...this.more,
      ...{ id: this.id, namespaceId: this.namespace.id, name: this.name, comment: this.comment },
      columns: this.columns,
      constraints: [...this.#keys.map((key) => this.#keyOf(key, called)), ...this.#checksOf(called)],
      indexes: this.#indexes.flatMap((index) => this.#indexOf(index, called) ?? []),
    });
  }

  #keyOf({ kind, columns, name, more }: KeyFound, called: (name: string | null, usual: () => string) => string): Constraint {
    const usual = (): string =>
      kind === "primary" ? primaryName(this.name, this.#dialect) : uniqueName(this.name, columns, this.#dialect);
    const found = kind === "primary" && this.#dialect.features.primaryKeyName !== null ? usual() : called(name, usual);
    const id = idOf<ConstraintId>("constraint", this.namespace.name, this.name, found);
    const ids = columns.flatMap((column) => this.#columns.get(column)?.id ?? []);
    return makeKey({ ...more, id, name: found, kind, columns: ids });
  }

  #checksOf(called: (name: string | null, usual: () => string) => string): Constraint[] {
    return this.#checks.map(({ name, column, expression }) => {
      const found = called(name, () => checkName(this.name, column, this.#dialect));
      return makeCheck({ id: idOf<ConstraintId>("constraint", this.namespace.name, this.name, found), name: found, expression });
    });
  }

  #indexOf(
    { name, unique, parts, more, order }: IndexFound,
    called: (name: string | null, usual: () => string) => string,
  ): Index | null {
    const names = parts.map((part) => ("column" in part ? part.column : null));
    const found = called(name, () => indexName(this.name, names, this.#dialect));
    const made = parts.flatMap((part, at): IndexPart[] => {
      const said = { ...PLAIN, ...order?.[at] };
      if ("expression" in part) return [{ ...said, expression: part.expression }];
      const column = this.#columns.get(part.column);
      return column ? [{ ...said, columnId: column.id }] : [];
    });
    if (made.length === 0) return null;
    const id = idOf<IndexId>("index", this.namespace.name, this.name, found);
    return makeIndex({ method: usualMethod(this.#dialect), ...more, id, name: found, unique, parts: made });
  }
}
