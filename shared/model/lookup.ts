/** Finding entities by id and by name, in constant time. */
import type { Column, ForeignKey, Namespace, Schema, Table, View } from "./schema.ts";
import type { ColumnId, ForeignKeyId, NamespaceId, TableId, ViewId } from "./ids.ts";

export interface Lookup {
  readonly namespace: (id: NamespaceId) => Namespace | null;
  readonly table: (id: TableId | ViewId) => Table | null;
  readonly view: (id: TableId | ViewId) => View | null;
  readonly column: (tableId: TableId, columnId: ColumnId) => Column | null;
  readonly foreignKey: (id: ForeignKeyId) => ForeignKey | null;
  /** Foreign keys that leave a table. */
  readonly outgoing: (tableId: TableId) => readonly ForeignKey[];
  /** Foreign keys that arrive at a table. */
  readonly incoming: (tableId: TableId) => readonly ForeignKey[];
  readonly tableByName: (namespace: string, name: string) => Table | null;
  readonly primaryKey: (table: Table) => readonly ColumnId[];
  /** `PK`, `FK`, `UQ` for the key mark of a row; the first that applies. */
  readonly keyMark: (table: Table, columnId: ColumnId) => "PK" | "FK" | "UQ" | null;
}

const cache = new WeakMap<Schema, Lookup>();

/** The lookup of a schema; made once per snapshot, lazily. */
export function lookup(schema: Schema): Lookup {
  const known = cache.get(schema);
  if (known) return known;
  const made = build(schema);
  cache.set(schema, made);
  return made;
}

type Groups = ReadonlyMap<TableId, readonly ForeignKey[]>;

function group(keys: readonly ForeignKey[], by: (key: ForeignKey) => TableId): Groups {
  const groups = new Map<TableId, ForeignKey[]>();
  for (const key of keys) {
    const list = groups.get(by(key));
    if (list) list.push(key);
    else groups.set(by(key), [key]);
  }
  return groups;
}

function marks(table: Table, outgoing: readonly ForeignKey[]): ReadonlyMap<ColumnId, "PK" | "FK" | "UQ"> {
  const found = new Map<ColumnId, "PK" | "FK" | "UQ">();
  for (const constraint of table.constraints) {
    if (constraint.kind === "unique") for (const id of constraint.columns) found.set(id, "UQ");
  }
  for (const key of outgoing) for (const id of key.columns) found.set(id, "FK");
  for (const constraint of table.constraints) {
    if (constraint.kind === "primary") for (const id of constraint.columns) found.set(id, "PK");
  }
  return found;
}

/** Made when it is first asked for: an edit makes a new schema, and few of them ask for everything. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

interface Grouped {
  readonly outgoing: () => Groups;
  readonly incoming: () => Groups;
}

const groupings = new WeakMap<readonly ForeignKey[], Grouped>();

/** By their ends, once for a list: most edits leave the list of foreign keys the one it was. */
function grouped(keys: readonly ForeignKey[]): Grouped {
  let known = groupings.get(keys);
  if (!known) {
    known = {
      outgoing: lazy(() => group(keys, (key) => key.tableId)),
      incoming: lazy(() => group(keys, (key) => key.refTableId)),
    };
    groupings.set(keys, known);
  }
  return known;
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): (() => ReadonlyMap<string, T>) =>
  lazy(() => new Map(list.map((item) => [item.id, item])));

function build(schema: Schema): Lookup {
  const namespaces = byId(schema.namespaces);
  const tables = byId(schema.tables);
  const views = byId(schema.views);
  const foreignKeys = byId(schema.foreignKeys);
  const { outgoing, incoming } = grouped(schema.foreignKeys);
  const byName = lazy(
    () => new Map(schema.tables.map((table) => [JSON.stringify([namespaces().get(table.namespaceId)?.name, table.name]), table])),
  );
  const columns = new WeakMap<Table, ReadonlyMap<ColumnId, Column>>();
  const keyMarks = new WeakMap<Table, ReadonlyMap<ColumnId, "PK" | "FK" | "UQ">>();

  return {
    namespace: (id) => namespaces().get(id) ?? null,
    table: (id) => tables().get(id) ?? null,
    view: (id) => views().get(id) ?? null,
    column: (tableId, columnId) => {
      const table = tables().get(tableId);
      if (!table) return null;
      let map = columns.get(table);
      if (!map) columns.set(table, (map = new Map(table.columns.map((column) => [column.id, column]))));
      return map.get(columnId) ?? null;
    },
    foreignKey: (id) => foreignKeys().get(id) ?? null,
    outgoing: (id) => outgoing().get(id) ?? [],
    incoming: (id) => incoming().get(id) ?? [],
    tableByName: (namespace, name) => byName().get(JSON.stringify([namespace, name])) ?? null,
    primaryKey: (table) => {
      for (const constraint of table.constraints) if (constraint.kind === "primary") return constraint.columns;
      return [];
    },
    keyMark: (table, columnId) => {
      let map = keyMarks.get(table);
      if (!map) keyMarks.set(table, (map = marks(table, outgoing().get(table.id) ?? [])));
      return map.get(columnId) ?? null;
    },
  };
}
