/**
 * Copies of tables and views: cut out of one design as a small schema of its own, and put into the same or another one under new
 * ids and free names. Duplicating and the clipboard are both this.
 */
import type { Dialect } from "../dialects/dialect.ts";
import {
  adopt,
  apply,
  type Change,
  type Column,
  type Constraint,
  created,
  type ForeignKey,
  type Mint,
  type NamespaceId,
  same,
  type Schema,
  type Sequence,
  type Table,
  type TableId,
  type UserType,
  type ViewId,
} from "../model/index.ts";
import { freeName, relationNames } from "./names.ts";
import { renameType } from "./type-renames.ts";
import { typesIn } from "./types.ts";

type Ids = ReadonlySet<TableId | ViewId>;

/**
 * The chosen tables and views with what they cannot be without: relations among them (`leaving`: to other tables of the design
 * as well), the types and sequences that their columns name, their namespaces. A parent or partition that stays behind is let go.
 */
export function cutOut(schema: Schema, chosen: Ids, dialect: Dialect, relations: "among" | "leaving" = "among"): Schema {
  const ids: ReadonlySet<string> = chosen;
  const tables = schema.tables.filter(({ id }) => ids.has(id));
  const parts = new Set<string>(tables.flatMap(({ constraints, indexes }) => [...constraints, ...indexes].map(({ id }) => id)));
  const views = schema.views.filter(({ id }) => ids.has(id));
  const types = typesIn(
    schema,
    tables.flatMap(({ columns }) => columns.map(({ type }) => type)),
    dialect,
  );
  const sequences = schema.sequences.filter(
    (sequence) =>
      (sequence.ownedBy && ids.has(sequence.ownedBy.tableId)) ||
      tables.some(({ columns }) => columns.some((column) => draws(column, sequence, schema, dialect))),
  );
  const used = new Set<string>([...tables, ...views, ...types, ...sequences].map(({ namespaceId }) => namespaceId));
  return {
    dialect: schema.dialect,
    namespaces: schema.namespaces.filter(({ id }) => used.has(id)),
    tables: tables.map((table) => alone(table, ids, parts)),
    foreignKeys: schema.foreignKeys
      .filter((key) => ids.has(key.tableId) && (relations === "leaving" || ids.has(key.refTableId)))
      .map((key) => ({ ...key, partOf: null })),
    types,
    sequences: sequences.map((sequence) =>
      sequence.ownedBy && !ids.has(sequence.ownedBy.tableId) ? { ...sequence, ownedBy: null } : sequence,
    ),
    views,
    verbatim: [],
  };
}

/** A table without the parents that are not copied with it; what came from them is its own now. */
function alone(table: Table, ids: ReadonlySet<string>, parts: ReadonlySet<string>): Table {
  const inherits = table.inherits.filter((id) => ids.has(id));
  const partitionOf = table.partitionOf && ids.has(table.partitionOf.tableId) ? table.partitionOf : null;
  const free = inherits.length === 0 && partitionOf === null;
  const own = <T extends Column | Constraint>(part: T): T => (free && "inherited" in part ? { ...part, inherited: false } : part);
  const cut = <T extends { readonly partOf: string | null }>(part: T): T =>
    part.partOf !== null && !parts.has(part.partOf) ? { ...part, partOf: null } : part;
  return {
    ...table,
    inherits,
    partitionOf,
    columns: table.columns.map(own),
    constraints: table.constraints.map((item) => own(cut(item))),
    indexes: table.indexes.map(cut),
  };
}

/** How a sequence may be written inside nextval('...'). */
function spellings(sequence: Sequence, schema: Schema, { quote }: Dialect): string[] {
  const namespace = schema.namespaces.find(({ id }) => id === sequence.namespaceId)?.name ?? "";
  const name = quote.identifier(sequence.name);
  return [name, `${quote.identifier(namespace)}.${name}`].map((text) => quote.literal(text));
}

const draws = (column: Column, sequence: Sequence, schema: Schema, dialect: Dialect): boolean =>
  spellings(sequence, schema, dialect).some((text) => column.default?.includes(text));

/** What was put into a design: its changes, and the copy of each table and view. */
export interface Pasted {
  readonly changes: Change[];
  readonly copies: ReadonlyMap<TableId | ViewId, TableId | ViewId>;
}

/**
 * Puts what `cutOut` gave into a design of the same dialect. Types and free sequences that are there already, equal, are used;
 * everything else gets new ids and, where its name is taken, another one. `wanted` says what a copied table would like to be called.
 */
export function pasteInto(
  schema: Schema,
  piece: Schema,
  dialect: Dialect,
  mint: Mint,
  wanted: (name: string) => string = (name) => name,
): Pasted {
  const placed = useNamespaces(schema, adopt(piece, null, mint));
  const settled = useSequences(schema, useTypes(schema, placed, dialect));
  const named = freelyNamed(settled, relationNames(schema), wanted, dialect);
  const all = <K extends Parameters<typeof created>[0]>(kind: K, list: readonly { readonly id: string }[]): Change[] =>
    list.map((item) => created(kind, null, item, null));
  const copies = new Map<TableId | ViewId, TableId | ViewId>();
  for (const list of ["tables", "views"] as const)
    piece[list].forEach(({ id }, at) => {
      const copy = named[list][at];
      if (copy) copies.set(id, copy.id);
    });
  const known = new Set<string>([schema, named].flatMap((of) => [...entities(of)]));
  const lasting = <T extends { readonly dependsOn: readonly string[] }>(item: T): T => ({
    ...item,
    dependsOn: item.dependsOn.filter((id) => known.has(id)),
  });
  return {
    changes: [
      ...all(
        "namespace",
        named.namespaces.filter((namespace) => !schema.namespaces.includes(namespace)),
      ),
      ...all("type", named.types.map(lasting)),
      ...all("sequence", named.sequences),
      ...all("table", named.tables.map(lasting)),
      ...named.foreignKeys.map((key) => created("foreignKey", key.tableId, key, null)),
      ...all("view", named.views.map(lasting)),
    ],
    copies,
  };
}

function* entities({ namespaces, tables, types, sequences, views, verbatim }: Schema): Generator<string> {
  for (const list of [namespaces, tables, types, sequences, views, verbatim]) for (const { id } of list) yield id;
  for (const { columns } of tables) for (const { id } of columns) yield id;
}

/** Namespaces of the same name are the design's own. */
function useNamespaces(schema: Schema, piece: Schema): Schema {
  const own = new Map(
    piece.namespaces.map((namespace) => [
      namespace.id,
      schema.namespaces.find(({ name }) => name === namespace.name) ?? namespace,
    ]),
  );
  const placed = <T extends { readonly namespaceId: NamespaceId }>(item: T): T => ({
    ...item,
    namespaceId: own.get(item.namespaceId)?.id ?? item.namespaceId,
  });
  return {
    ...piece,
    namespaces: [...own.values()],
    tables: piece.tables.map(placed),
    types: piece.types.map(placed),
    sequences: piece.sequences.map(placed),
    views: piece.views.map(placed),
  };
}

/** Types that the design has, equal, are used; another one of the same name makes the newcomer take a free one. */
function useTypes(schema: Schema, piece: Schema, dialect: Dialect): Schema {
  const plain = (type: UserType): object => ({ ...type, id: null, comment: null, dependsOn: null });
  const isKnown = (type: UserType): boolean => schema.types.some((known) => same(plain(known), plain(type)));
  const taken = new Set([...relationNames(schema), ...schema.types.map(({ name }) => name)]);
  const added = piece.types.filter((type) => !isKnown(type));
  return added.reduce<Schema>((now, type) => apply(now, renameType(now, type, freeName(type.name, taken), dialect)), {
    ...piece,
    types: added,
  });
}

/** A sequence that no column owns is shared with the one of its name. */
function useSequences(schema: Schema, piece: Schema): Schema {
  const isKnown = ({ ownedBy, name, namespaceId }: Sequence): boolean =>
    ownedBy === null && schema.sequences.some((known) => known.name === name && known.namespaceId === namespaceId);
  return { ...piece, sequences: piece.sequences.filter((sequence) => !isKnown(sequence)) };
}

/** Every table, view, sequence, index and constraint under a name that is not taken; a table's own parts follow its name. */
function freelyNamed(piece: Schema, taken: Set<string>, wanted: (name: string) => string, dialect: Dialect): Schema {
  const free = (name: string): string => {
    const made = freeName(name, taken);
    taken.add(made);
    return made;
  };
  const names = new Map<string, string>(piece.tables.map(({ id, name }) => [id, free(wanted(name))]));
  const followed = (part: string, { id, name }: Pick<Table, "id" | "name">): string =>
    part.startsWith(name) ? (names.get(id) ?? name) + part.slice(name.length) : part;
  const ownerOf = (id: TableId | undefined): Table | undefined => piece.tables.find((table) => table.id === id);
  const named = <T extends { readonly name: string }>(owner: Table | undefined, part: T): T => ({
    ...part,
    name: free(owner ? followed(part.name, owner) : part.name),
  });
  const sequences = piece.sequences.map((sequence) => named(ownerOf(sequence.ownedBy?.tableId), sequence));
  const redrawn = (column: Column): Column => {
    const at = piece.sequences.findIndex((sequence) => draws(column, sequence, piece, dialect));
    const [from, to] = [piece.sequences[at], sequences[at]];
    if (column.default === null || !from || !to || from.name === to.name) return column;
    const spelled = spellings(to, piece, dialect);
    return {
      ...column,
      default: spellings(from, piece, dialect).reduce(
        (text, old, form) => text.replace(old, spelled[form] ?? old),
        column.default,
      ),
    };
  };
  const keys = piece.foreignKeys.map((key): ForeignKey => {
    const owner = ownerOf(key.tableId);
    return owner ? { ...key, name: followed(key.name, owner) } : key;
  });
  return {
    ...piece,
    sequences,
    foreignKeys: keys,
    views: piece.views.map((view) => ({
      ...view,
      name: free(wanted(view.name)),
      indexes: view.indexes.map((index) => named(undefined, index)),
    })),
    tables: piece.tables.map((table) => ({
      ...table,
      name: names.get(table.id) ?? table.name,
      columns: table.columns.map(redrawn),
      constraints: table.constraints.map((item) => named(table, item)),
      indexes: table.indexes.map((index) => named(table, index)),
    })),
  };
}

/** Copies of tables and views beside the originals, with the relations among and out of them. */
export function duplicate(schema: Schema, ids: Ids, dialect: Dialect, mint: Mint): Pasted {
  return pasteInto(schema, cutOut(schema, ids, dialect, "leaving"), dialect, mint, (name) => `${name}_copy`);
}
