/**
 * What merging may leave behind between entities, resolved the same way on every device, and said: what refers to something that
 * is gone stands without it where it can, and is left out where it cannot. Nothing is written.
 */
import type { ForeignKey, Namespace, Schema, Sequence, Table, UserType, Verbatim, View } from "../model/index.ts";
import type { Problem } from "../result/index.ts";
import { byName, notebook, type Say } from "./read.ts";

export type Lists = Omit<Schema, "dialect">;

/** What everything is looked up in. */
interface Known {
  readonly tables: ReadonlyMap<string, Table>;
  readonly isRelation: (id: string) => boolean;
  readonly isKey: (id: string) => boolean;
}

/** Namespaces that are deleted, yet hold something, come back. */
function keptNamespaces(lists: Lists, deleted: ReadonlyMap<string, Namespace>, say: Say): readonly Namespace[] {
  const there = new Set<string | null>(lists.namespaces.map(({ id }) => id));
  const back: Namespace[] = [];
  for (const list of [lists.tables, lists.views, lists.types, lists.sequences, lists.verbatim])
    for (const { namespaceId: id } of list) {
      if (id === null || there.has(id)) continue;
      there.add(id);
      // Format 1 left nothing of what was deleted.
      const namespace = deleted.get(id) ?? { id, name: "recovered", comment: null };
      say("doc.kept", { name: namespace.name }, { entity: "namespace", id, ownerId: null });
      back.push(namespace);
    }
  return back.length === 0 ? lists.namespaces : [...lists.namespaces, ...back].sort(byName);
}

/** Is a table its own ancestor? */
function isOwnAncestor(table: Table, tables: ReadonlyMap<string, Table>): boolean {
  const seen = new Set<string>();
  const open = parentsOf(table);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === table.id) return true;
    const parent = seen.has(id) ? undefined : tables.get(id);
    seen.add(id);
    if (parent) open.push(...parentsOf(parent));
  }
  return false;
}

const parentsOf = ({ inherits, partitionOf }: Table): string[] => [...inherits, ...(partitionOf ? [partitionOf.tableId] : [])];

/** A part of what it was part of, unless that is gone. */
function loose<T extends { readonly partOf: string | null }>(items: readonly T[], of: ReadonlySet<string>): readonly T[] {
  if (items.every(({ partOf }) => partOf === null || of.has(partOf))) return items;
  return items.map((item) => (item.partOf === null || of.has(item.partOf) ? item : { ...item, partOf: null }));
}

/** A table without the parents that are gone, or that it is a parent of itself. */
function child(table: Table, { tables }: Known, say: Say): Table {
  const parents = parentsOf(table);
  if (parents.length === 0 && table.constraints.every(({ partOf }) => partOf === null)) return table;
  const round = isOwnAncestor(table, tables);
  const has = (id: string): boolean => !round && tables.has(id);
  const whole = parents.every(has);
  if (!whole) say("doc.cut", { what: "The table", name: table.name }, { entity: "table", id: table.id, ownerId: null });
  const inherits = whole ? table.inherits : table.inherits.filter(has);
  const partitionOf = table.partitionOf && has(table.partitionOf.tableId) ? table.partitionOf : null;
  const above = [...inherits, ...(partitionOf ? [partitionOf.tableId] : [])].flatMap((id) => tables.get(id) ?? []);
  const standing = loose(table.constraints, new Set(above.flatMap((parent) => parent.constraints.map(({ id }) => id))));
  const indexes = loose(table.indexes, new Set(above.flatMap((parent) => parent.indexes.map(({ id }) => id))));
  if (whole && standing === table.constraints && indexes === table.indexes) return table;
  const orphan = above.length === 0;
  const columns = orphan ? table.columns.map((column) => ({ ...column, inherited: false })) : table.columns;
  const constraints = orphan ? standing.map((item) => ("inherited" in item ? { ...item, inherited: false } : item)) : standing;
  return { ...table, inherits, partitionOf, constraints, indexes, columns };
}

/** A foreign key whose two ends exist. */
function wholeKey(key: ForeignKey, { tables, isKey }: Known, say: Say): ForeignKey | null {
  const about = { entity: "foreignKey", id: key.id, ownerId: key.tableId } as const;
  const has = (tableId: string, ids: readonly string[]): boolean => {
    const columns = tables.get(tableId)?.columns;
    return columns !== undefined && ids.every((id) => columns.some((column) => column.id === id));
  };
  const { columns, refColumns, onDeleteColumns, partOf } = key;
  const ends = columns.length > 0 && columns.length === refColumns.length;
  if (!ends || !has(key.tableId, columns) || !has(key.refTableId, refColumns)) {
    say("model.dangling", { what: "The relation", name: key.name }, about);
    return null;
  }
  const own = onDeleteColumns.every((id) => columns.includes(id));
  if (own && (partOf === null || isKey(partOf))) return key;
  if (!own) say("doc.cut", { what: "The relation", name: key.name }, about);
  return {
    ...key,
    onDeleteColumns: onDeleteColumns.filter((id) => columns.includes(id)),
    partOf: partOf !== null && isKey(partOf) ? partOf : null,
  };
}

function owned(sequence: Sequence, { tables }: Known, say: Say): Sequence {
  const { ownedBy } = sequence;
  if (!ownedBy || tables.get(ownedBy.tableId)?.columns.some(({ id }) => id === ownedBy.columnId)) return sequence;
  say("doc.cut", { what: "The sequence", name: sequence.name }, { entity: "sequence", id: sequence.id, ownerId: null });
  return { ...sequence, ownedBy: null };
}

function hanging(object: Verbatim, { isRelation }: Known, say: Say): Verbatim | null {
  if (object.ownerId === null || isRelation(object.ownerId)) return object;
  say("model.dangling", { what: `The ${object.kind}`, name: object.name }, { entity: "verbatim", id: object.id, ownerId: null });
  return null;
}

/** Two tables or views of one name in one namespace are both kept; the engine would refuse the second. Lists are sorted by name. */
function sayDoubled(tables: readonly Table[], views: readonly View[], types: readonly UserType[], say: Say): void {
  const twins = <T extends Table | View | UserType>(
    list: readonly T[],
    entity: "table" | "view" | "type",
    what: string,
  ): void => {
    list.forEach((item, at) => {
      // Those of one name stand together.
      for (let before = at - 1; list[before]?.name === item.name; before -= 1)
        if (list[before]?.namespaceId === item.namespaceId)
          say("model.duplicate-name", { what, name: item.name }, { entity, id: item.id, ownerId: null });
    });
  };
  twins(tables, "table", "tables or views");
  twins(views, "view", "tables or views");
  twins(types, "type", "types");
  if (views.length === 0) return;
  const names = new Set(tables.map(({ namespaceId, name }) => `${namespaceId}.${name}`));
  for (const { id, name, namespaceId } of views)
    if (names.has(`${namespaceId}.${name}`))
      say("model.duplicate-name", { what: "tables or views", name }, { entity: "view", id, ownerId: null });
}

/** The list itself where nothing of it changed. */
function mapped<T>(list: readonly T[], mend: (item: T) => T | null): readonly T[] {
  let changed = false;
  const out: T[] = [];
  for (const item of list) {
    const mended = mend(item);
    if (mended !== item) changed = true;
    if (mended !== null) out.push(mended);
  }
  return changed ? out : list;
}

/** The lists with every reference leading somewhere. `deleted`: the namespaces that are. */
export function repair(
  lists: Lists,
  tables: ReadonlyMap<string, Table>,
  deleted: ReadonlyMap<string, Namespace>,
): { readonly lists: Lists; readonly problems: readonly Problem[] } {
  const { problems, say } = notebook();
  const namespaces = keptNamespaces(lists, deleted, say);
  let keys: ReadonlySet<string> | null = null;
  const known: Known = {
    tables,
    isRelation: (id) => tables.has(id) || lists.views.some((view) => view.id === id),
    // Only partitions ask.
    isKey: (id) => (keys ??= new Set(lists.foreignKeys.map((key) => key.id))).has(id),
  };
  const mended: Lists = {
    ...lists,
    namespaces,
    tables: mapped(lists.tables, (table) => child(table, known, say)),
    foreignKeys: mapped(lists.foreignKeys, (key) => wholeKey(key, known, say)),
    sequences: mapped(lists.sequences, (sequence) => owned(sequence, known, say)),
    verbatim: mapped(lists.verbatim, (object) => hanging(object, known, say)),
  };
  sayDoubled(mended.tables, mended.views, mended.types, say);
  return { lists: mended, problems };
}
