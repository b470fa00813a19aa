/**
 * A schema under way: readers of formats say what they found, by names, in any order; `finish` joins it. Names that a text does not
 * say are the usual ones (`names.ts`). Nothing here throws: what cannot be joined is given to `missing`.
 */
import type { Dialect } from "../../dialects/dialect.ts";
import {
  emptySchema,
  type ForeignKey,
  type ForeignKeyId,
  makeForeignKey,
  type Namespace,
  type NamespaceId,
  type ReferentialAction,
  type Schema,
  type Sequence,
  type TypeId,
  type UserType,
  type Verbatim,
  type View,
} from "../../model/index.ts";
import { idOf } from "./ids.ts";
import { foreignName, takeName } from "./names.ts";
import { TableDraft } from "./table-draft.ts";

export interface RelationFound {
  readonly table: TableDraft;
  readonly columns: readonly string[];
  /** The table it refers to: a draft, or its names. */
  readonly to: TableDraft | { readonly namespace: string | null; readonly name: string };
  /** Empty: the primary key of the table that is referred to. */
  readonly refColumns: readonly string[];
  /** Null: the usual name. */
  readonly name: string | null;
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly comment: string | null;
  /** Other attributes, where the format says them. */
  readonly more?: Partial<ForeignKey>;
}

/** Something that a relation speaks of and that is not there. */
export interface Missing {
  readonly relation: RelationFound;
  readonly what: "table" | "column" | "primary key";
  readonly name: string;
}

export class SchemaDraft {
  readonly dialect: Dialect;
  readonly views: View[] = [];
  readonly verbatim: Verbatim[] = [];
  readonly sequences: Sequence[] = [];
  readonly types: UserType[] = [];
  readonly #namespaces = new Map<string, Namespace>();
  readonly #tables = new Map<string, TableDraft>();
  readonly #typeIds = new Set<string>();
  readonly #relations: RelationFound[] = [];

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  /** Null or empty: the default one. It comes to be by being asked for. */
  namespace(name: string | null): Namespace {
    const called = this.#called(name);
    let known = this.#namespaces.get(called);
    if (!known)
      this.#namespaces.set(called, (known = { id: idOf<NamespaceId>("namespace", called), name: called, comment: null }));
    return known;
  }

  #called(namespace: string | null): string {
    const { features } = this.dialect;
    return namespace && features.namespaces ? namespace : features.defaultNamespace;
  }

  get namespaces(): readonly Namespace[] {
    return [...this.#namespaces.values()];
  }

  /** A new table; null when there is one of that name. */
  table(namespace: string | null, name: string): TableDraft | null {
    const key = JSON.stringify([this.#called(namespace), name]);
    if (this.#tables.has(key)) return null;
    const table = new TableDraft(this.dialect, this.namespace(namespace), name);
    this.#tables.set(key, table);
    return table;
  }

  find(namespace: string | null, name: string): TableDraft | null {
    return this.#tables.get(JSON.stringify([this.#called(namespace), name])) ?? null;
  }

  get tables(): readonly TableDraft[] {
    return [...this.#tables.values()];
  }

  /** A new composite type; false when there is a type of that name. In a dialect without them nothing comes to be. */
  composite(
    namespace: string | null,
    name: string,
    fields: readonly { readonly name: string; readonly type: string }[],
    comment: string | null,
  ): boolean {
    const { id: namespaceId, name: called } = this.namespace(namespace);
    const id = idOf<TypeId>("type", called, name);
    if (this.#typeIds.has(id)) return false;
    this.#typeIds.add(id);
    const typed = fields.map((field) => ({
      name: field.name,
      type: this.dialect.types.canonical(field.type),
      collation: null,
      comment: null,
    }));
    if (this.dialect.features.compositeTypes)
      this.types.push({ id, kind: "composite", namespaceId, name, fields: typed, comment, dependsOn: [] });
    return true;
  }

  /** A new enum; false when there is a type of that name. In a dialect without enums nothing comes to be. */
  enum(namespace: string | null, name: string, values: readonly string[], comment: string | null): boolean {
    const { id: namespaceId, name: called } = this.namespace(namespace);
    const id = idOf<TypeId>("type", called, name);
    if (this.#typeIds.has(id)) return false;
    this.#typeIds.add(id);
    if (this.dialect.features.enums)
      this.types.push({ id, kind: "enum", namespaceId, name, values: [...new Set(values)], comment, dependsOn: [] });
    return true;
  }

  relate(found: RelationFound): void {
    this.#relations.push(found);
  }

  /** The schema, whole. `missing` hears of each relation that cannot be joined, which is left out. */
  finish(missing: (what: Missing) => void): Schema {
    if (this.#namespaces.size === 0) this.namespace(null);
    const foreignKeys = this.#relations.flatMap((found) => this.#join(found, missing) ?? []);
    return {
      ...emptySchema(this.dialect.id),
      namespaces: [...this.#namespaces.values()],
      tables: this.tables.map((table) => table.finish()),
      foreignKeys,
      types: this.types,
      sequences: [...this.sequences, ...this.tables.flatMap(({ sequences }) => sequences)],
      views: this.views,
      verbatim: this.verbatim,
    };
  }

  #join(found: RelationFound, missing: (what: Missing) => void): ForeignKey | null {
    const { table, to } = found;
    const fault = (what: Missing["what"], name: string): null => {
      missing({ relation: found, what, name });
      return null;
    };
    const target = to instanceof TableDraft ? to : this.find(to.namespace, to.name);
    if (!target) return fault("table", to.name);
    const refNames = found.refColumns.length > 0 ? found.refColumns : target.primaryColumns;
    if (refNames.length !== found.columns.length) return fault("primary key", target.name);
    const lost = [
      ...found.columns.filter((name) => !table.column(name)).map((name) => `${table.name}.${name}`),
      ...refNames.filter((name) => !target.column(name)).map((name) => `${target.name}.${name}`),
    ];
    if (lost[0] !== undefined) return fault("column", lost[0]);
    const name = takeName(found.name ?? foreignName(table.name, found.columns, this.dialect), table.taken);
    return makeForeignKey({
      ...found.more,
      id: idOf<ForeignKeyId>("foreignKey", table.namespace.name, table.name, name),
      tableId: table.id,
      name,
      columns: found.columns.flatMap((column) => table.column(column)?.id ?? []),
      refTableId: target.id,
      refColumns: refNames.flatMap((column) => target.column(column)?.id ?? []),
      ...{ onDelete: found.onDelete, onUpdate: found.onUpdate, comment: found.comment },
    });
  }
}
