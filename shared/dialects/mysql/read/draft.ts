/**
 * What a dump has made so far. Statements change it in sequence as a server would; `schema.ts` makes the model of it in the end.
 * Everything refers by name here: what a name means may come later in the dump.
 */
import type { ReferentialAction, Verbatim } from "../../../model/index.ts";
import type { TextSpan } from "../../../result/index.ts";

export interface DraftColumn {
  name: string;
  type: string;
  notNull: boolean;
  default: string | null;
  autoIncrement: boolean;
  generated: { expression: string; stored: boolean } | null;
  charset: string | null;
  collation: string | null;
  comment: string | null;
  options: Record<string, string>;
}

export interface DraftPart {
  /** One of the two is set. */
  readonly column: string | null;
  readonly expression: string | null;
  /** A prefix of this many characters or bytes. */
  readonly length: string | null;
  readonly descending: boolean;
}

export interface DraftKey {
  readonly kind: "primary" | "unique" | "index" | "fulltext" | "spatial";
  name: string;
  parts: readonly DraftPart[];
  /** The period of a key WITHOUT OVERLAPS. */
  readonly period: string | null;
  readonly using: string | null;
  options: Record<string, string>;
  readonly comment: string | null;
  /** Made by the server for a foreign key: an index that serves as well takes its place. */
  readonly implied: boolean;
}

export interface DraftCheck {
  readonly name: string;
  readonly expression: string;
  readonly enforced: boolean;
}

export interface DraftForeignKey {
  readonly name: string;
  columns: readonly string[];
  readonly refNamespace: string | null;
  refTable: string;
  /** Empty means the primary key of the other table. */
  readonly refColumns: readonly string[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly full: boolean;
  readonly at: TextSpan | null;
}

export interface DraftTable {
  namespace: string;
  name: string;
  comment: string | null;
  columns: DraftColumn[];
  keys: DraftKey[];
  checks: DraftCheck[];
  foreignKeys: DraftForeignKey[];
  options: Record<string, string>;
  partitionBy: string | null;
}

export interface DraftView {
  readonly namespace: string;
  readonly name: string;
  readonly definition: string;
  readonly columns: readonly string[] | null;
  readonly options: Record<string, string>;
}

export interface DraftSequence {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  readonly definition: string;
  readonly comment: string | null;
}

/** A trigger, routine or event: `table` is the one a trigger hangs on. */
export interface DraftObject extends Pick<Verbatim, "kind" | "name" | "definition" | "comment"> {
  readonly namespace: string;
  readonly table: string | null;
}

/** Names of tables and columns differ by more than case; what was written exactly so wins. */
const same = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase();

export function findColumn(table: DraftTable, name: string): DraftColumn | null {
  return table.columns.find((column) => same(column.name, name)) ?? null;
}

const keyOf = (namespace: string, name: string): string => `${namespace}\0${name}`.toLowerCase();

export class Draft {
  readonly #tables = new Map<string, DraftTable>();
  readonly #views = new Map<string, DraftView>();
  readonly #sequences = new Map<string, DraftSequence>();
  readonly #objects = new Map<string, DraftObject>();
  readonly namespaces = new Map<string, { options: Record<string, string>; comment: string | null }>();
  /** Columns that a view's stand-in told: mysqldump writes one so that views may refer to each other. */
  readonly #viewColumns = new Map<string, readonly string[]>();

  get tables(): readonly DraftTable[] {
    return [...this.#tables.values()];
  }
  get views(): readonly DraftView[] {
    return [...this.#views.values()];
  }
  get sequences(): readonly DraftSequence[] {
    return [...this.#sequences.values()];
  }
  get objects(): readonly DraftObject[] {
    return [...this.#objects.values()];
  }

  table(namespace: string, name: string): DraftTable | null {
    return this.#tables.get(keyOf(namespace, name)) ?? null;
  }

  has(namespace: string, name: string): boolean {
    const key = keyOf(namespace, name);
    return this.#tables.has(key) || this.#views.has(key) || this.#sequences.has(key);
  }

  putTable(table: DraftTable): void {
    this.#tables.set(keyOf(table.namespace, table.name), table);
  }
  putView(view: DraftView): void {
    this.#views.set(keyOf(view.namespace, view.name), view);
  }
  putSequence(sequence: DraftSequence): void {
    this.#sequences.set(keyOf(sequence.namespace, sequence.name), sequence);
  }
  putObject(object: DraftObject): void {
    this.#objects.set(`${object.kind}\0${keyOf(object.namespace, object.name)}`, object);
  }

  /** Drops a table, view or sequence with what hangs on it. False when there is none. */
  drop(namespace: string, name: string): boolean {
    const key = keyOf(namespace, name);
    const columns = this.#views.get(key)?.columns ?? this.#tables.get(key)?.columns.map((column) => column.name);
    if (columns) this.#viewColumns.set(key, columns);
    for (const [id, object] of this.#objects)
      if (object.kind === "trigger" && object.namespace === namespace && object.table !== null && same(object.table, name))
        this.#objects.delete(id);
    return this.#tables.delete(key) || this.#views.delete(key) || this.#sequences.delete(key);
  }

  dropObject(kind: string, namespace: string, name: string): boolean {
    return this.#objects.delete(`${kind}\0${keyOf(namespace, name)}`);
  }

  /** Drops a database with everything in it. */
  dropNamespace(namespace: string): void {
    this.namespaces.delete(namespace);
    for (const list of [this.#tables, this.#views, this.#sequences, this.#objects])
      for (const [key, item] of list) if (item.namespace === namespace) list.delete(key);
  }

  /** A table's new name; foreign keys and triggers follow. */
  rename(table: DraftTable, namespace: string, name: string): void {
    this.#tables.delete(keyOf(table.namespace, table.name));
    for (const other of this.#tables.values())
      for (const key of other.foreignKeys)
        if ((key.refNamespace ?? other.namespace) === table.namespace && same(key.refTable, table.name)) key.refTable = name;
    for (const key of table.foreignKeys) if (key.refNamespace === null && same(key.refTable, table.name)) key.refTable = name;
    table.namespace = namespace;
    table.name = name;
    this.putTable(table);
  }

  /** The columns that a dropped stand-in of this view had. */
  stoodIn(namespace: string, name: string): readonly string[] | null {
    return this.#viewColumns.get(keyOf(namespace, name)) ?? null;
  }
}
