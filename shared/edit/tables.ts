/** Making, renaming, copying and deleting tables. */
import type { Dialect } from "../dialects/dialect.ts";
import {
  type Change,
  makeColumn,
  makeKey,
  makeTable,
  type Mint,
  type NamespaceId,
  type Schema,
  type Table,
  type TableId,
  type ViewId,
} from "../model/index.ts";
import { freeName, relationNames } from "./names.ts";

/** A new table with a key, under a free name. */
export function createTable(
  schema: Schema,
  dialect: Dialect,
  mint: Mint,
  wanted = "table_1",
): { readonly changes: Change[]; readonly id: TableId } {
  const id = mint() as TableId;
  const columnId = mint() as Table["columns"][number]["id"];
  const namespaces = schema.namespaces;
  const known = namespaces.find(({ name }) => name === dialect.features.defaultNamespace) ?? namespaces[0];
  const namespaceId = known?.id ?? (mint() as NamespaceId);
  const name = freeName(wanted, relationNames(schema));
  const { features, types } = dialect;
  const identity = features.identity ? { always: features.identityAlways, sequence: "" } : null;
  const type = features.identity ? types.canonical("bigint") : "INTEGER";
  const table = makeTable({
    id,
    namespaceId,
    name,
    columns: [makeColumn({ id: columnId, name: "id", type, notNull: features.identity, identity })],
    constraints: [
      makeKey({
        id: mint() as Table["constraints"][number]["id"],
        kind: "primary",
        name: features.primaryKeyName ?? `${name}_pkey`,
        columns: [columnId],
      }),
    ],
  });
  const namespace: Change[] = known
    ? []
    : [
        {
          kind: "create",
          entity: "namespace",
          ownerId: null,
          at: null,
          after: { id: namespaceId, name: dialect.features.defaultNamespace, comment: null },
        },
      ];
  return { changes: [...namespace, { kind: "create", entity: "table", ownerId: null, after: table, at: null }], id };
}

/** The tables and all their partitions, and theirs. */
function withPartitions(schema: Schema, ids: ReadonlySet<TableId | ViewId>): ReadonlySet<string> {
  const all = new Set<string>(ids);
  for (let before = -1; before !== all.size;) {
    before = all.size;
    for (const { id, partitionOf } of schema.tables) if (partitionOf && all.has(partitionOf.tableId)) all.add(id);
  }
  return all;
}

/** Children of a dropped parent keep what they inherited as their own. */
function orphans(schema: Schema, gone: ReadonlySet<string>): Change[] {
  return schema.tables.flatMap((table): Change[] => {
    if (gone.has(table.id) || !table.inherits.some((id) => gone.has(id))) return [];
    const inherits = table.inherits.filter((id) => !gone.has(id));
    const owned = table.columns.filter(({ inherited }) => inherited && inherits.length === 0);
    return [
      ...patchTable(table, { inherits }),
      ...owned.map((before): Change => ({
        kind: "alter",
        entity: "column",
        ownerId: table.id,
        before,
        after: { ...before, inherited: false },
      })),
    ];
  });
}

/** Tables and views go, and with them their partitions, the relations that reach them, owned sequences, and what hangs on them. */
export function dropTables(schema: Schema, ids: ReadonlySet<TableId | ViewId>): Change[] {
  const gone = withPartitions(schema, ids);
  const has = (id: string | null): boolean => id !== null && gone.has(id);
  return [
    ...orphans(schema, gone),
    ...schema.foreignKeys
      .filter((key) => has(key.tableId) || has(key.refTableId))
      .map((before): Change => ({ kind: "drop", entity: "foreignKey", ownerId: before.tableId, before })),
    ...schema.verbatim
      .filter((object) => has(object.ownerId) || (object.kind === "grant" && object.dependsOn.some(has)))
      .map((before): Change => ({ kind: "drop", entity: "verbatim", ownerId: null, before })),
    ...schema.views
      .filter(({ id }) => has(id))
      .map((before): Change => ({ kind: "drop", entity: "view", ownerId: null, before })),
    ...schema.tables
      .filter(({ id }) => has(id))
      .map((before): Change => ({ kind: "drop", entity: "table", ownerId: null, before })),
    ...schema.sequences
      .filter(({ ownedBy }) => ownedBy !== null && has(ownedBy.tableId))
      .map((before): Change => ({ kind: "drop", entity: "sequence", ownerId: null, before })),
  ];
}

/** One attribute or several of a table. */
export function patchTable(before: Table, patch: Partial<Omit<Table, "id" | "columns" | "constraints" | "indexes">>): Change[] {
  return [{ kind: "alter", entity: "table", ownerId: null, before, after: { ...before, ...patch } }];
}
