/**
 * Which entity of a freshly read schema is which of one that is known already: by name first; then, what found no namesake, by
 * shape. A table whose columns are mostly those of a vanished one was renamed, and so was a column of the same type between the
 * same neighbours. Where there are several that it could be, nothing is guessed.
 */
import type { Column, Constraint, ForeignKey, Index, Namespace, Schema, Table, UserType, Verbatim, View } from "./schema.ts";

/** At least this share of column names must agree for a table to count as the renamed one. */
const ALIKE = 0.7;
/** The same of a table that kept its name and changed its namespace. */
const ALIKE_NAMESAKE = 0.4;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The old id of each fresh one that was found again. */
type Found = Map<string, string>;
/** What identifies an item; `to` gives the old id of one the item refers to. Null: it cannot be told apart. */
type Key<T> = (item: T, to: (id: string) => string) => string | null;

/** Which old id a fresh one is known to have. */
export type Known = Pick<ReadonlyMap<string, string>, "get">;

class Matches {
  readonly found: Found = new Map();
  readonly #taken = new Set<string>();
  readonly #known: Known;

  constructor(known: Known) {
    this.#known = known;
  }

  /** Pairs those whose pair is known. */
  settle(fresh: Iterable<string>): void {
    for (const id of fresh) {
      const old = this.#known.get(id);
      if (old === undefined) continue;
      this.found.set(id, old);
      this.#taken.add(old);
    }
  }

  pair(fresh: Named, old: Named): void {
    this.found.set(fresh.id, old.id);
    this.#taken.add(old.id);
  }

  /** Those that are not paired yet. */
  left<T extends Named>(fresh: readonly T[], old: readonly T[]): { readonly fresh: readonly T[]; readonly old: readonly T[] } {
    return { fresh: fresh.filter(({ id }) => !this.found.has(id)), old: old.filter(({ id }) => !this.#taken.has(id)) };
  }

  /** Pairs namesakes; of several, in order. */
  byName<T extends Named>(fresh: readonly T[], old: readonly T[], name: Key<T>): void {
    this.#byKey(fresh, old, name, () => true);
  }

  /** Pairs, in order, those of one shape, where there are as many on both sides. */
  byShape<T extends Named>(fresh: readonly T[], old: readonly T[], shape: Key<T>): void {
    this.#byKey(fresh, old, shape, (some, others) => some === others);
  }

  #byKey<T extends Named>(
    fresh: readonly T[],
    old: readonly T[],
    key: Key<T>,
    may: (some: number, others: number) => boolean,
  ): void {
    const left = this.left(fresh, old);
    if (left.fresh.length === 0 || left.old.length === 0) return;
    const olds = grouped(left.old, (item) => key(item, (id) => id));
    for (const [value, items] of grouped(left.fresh, (item) => key(item, this.to))) {
      const others = olds.get(value) ?? [];
      if (may(items.length, others.length)) items.forEach((item, at) => others[at] && this.pair(item, others[at]));
    }
  }

  readonly to = (id: string): string => this.found.get(id) ?? this.#known.get(id) ?? id;
}

function grouped<T>(items: readonly T[], key: (item: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const value = key(item);
    if (value === null) continue;
    const group = groups.get(value);
    if (group) group.push(item);
    else groups.set(value, [item]);
  }
  return groups;
}

const words = (...parts: readonly unknown[]): string => JSON.stringify(parts);
const byName: Key<Named> = ({ name }) => name;
const inNamespace: Key<Named & { readonly namespaceId: string | null }> = ({ namespaceId, name }, to) =>
  words(namespaceId === null ? null : to(namespaceId), name);

/** Pairs best first; `score` is 0 where two cannot be the same. */
function byLikeness<T extends Named>(
  matches: Matches,
  fresh: readonly T[],
  old: readonly T[],
  score: (a: T, b: T) => number,
): void {
  const left = matches.left(fresh, old);
  const pairs = left.fresh.flatMap((item) =>
    left.old.flatMap((other) => {
      const alike = score(item, other);
      return alike > 0 ? [{ item, other, alike }] : [];
    }),
  );
  const taken = new Set<Named>();
  for (const { item, other } of pairs.sort((a, b) => b.alike - a.alike)) {
    if (taken.has(item) || taken.has(other)) continue;
    taken.add(item).add(other);
    matches.pair(item, other);
  }
}

function share(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const name of a) if (b.has(name)) both += 1;
  return both / Math.max(1, a.size, b.size);
}

/** How alike the names of two things' parts are, each thing's names being gathered once. */
function sharedNames<T extends object>(namesOf: (item: T) => readonly string[]): (a: T, b: T) => number {
  const known = new WeakMap<T, ReadonlySet<string>>();
  const names = (item: T): ReadonlySet<string> => {
    const found = known.get(item) ?? new Set(namesOf(item));
    known.set(item, found);
    return found;
  };
  return (a, b) => share(names(a), names(b));
}

/** A namespace was renamed when most of its tables are still there. */
function matchNamespaces(matches: Matches, fresh: Schema, old: Schema): void {
  const tables = new Map([fresh, old].map((schema) => [schema, grouped(schema.tables, ({ namespaceId }) => namespaceId)]));
  const isFresh = new Set(fresh.namespaces);
  const alike = sharedNames<Namespace>((item) =>
    (tables.get(isFresh.has(item) ? fresh : old)?.get(item.id) ?? []).map(({ name }) => name),
  );
  byLikeness(matches, fresh.namespaces, old.namespaces, (a, b) => (alike(a, b) >= ALIKE ? alike(a, b) : 0));
}

function matchTables(matches: Matches, fresh: Schema, old: Schema): void {
  const alike = sharedNames<Table>(({ columns }) => columns.map(({ name }) => name));
  byLikeness(matches, fresh.tables, old.tables, (a, b) => {
    const namesake = a.name === b.name;
    const score = alike(a, b);
    if (score < (namesake ? ALIKE_NAMESAKE : ALIKE) || (!namesake && a.columns.length < 2)) return 0;
    return score + (namesake ? 1 : 0) + (matches.to(a.namespaceId) === b.namespaceId ? 0.1 : 0);
  });
}

/** The neighbours that were found again, before and after each of those that were not. */
function places(columns: readonly Column[], to: (id: string) => string | null): ReadonlyMap<Column, string> {
  const found = new Map<Column, string>();
  let before: string | null = null;
  let open: Column[] = [];
  const close = (after: string | null): void => {
    for (const column of open) found.set(column, words(before, after));
    open = [];
  };
  for (const column of columns) {
    const known = to(column.id);
    if (known === null) open.push(column);
    else {
      close(known);
      before = known;
    }
  }
  close(null);
  return found;
}

function matchColumns(matches: Matches, fresh: Table, old: Table): void {
  const { fresh: left, old: gone } = matches.left(fresh.columns, old.columns);
  if (left.length === 0 || gone.length === 0) return;
  const vanished = new Set<string>(gone.map(({ id }) => id));
  const at = new Map([
    ...places(fresh.columns, (id) => matches.found.get(id) ?? null),
    ...places(old.columns, (id) => (vanished.has(id) ? null : id)),
  ]);
  const shape = (column: Column): string => {
    const { type, notNull, default: value, identity, generated, collation } = column;
    return words(at.get(column), type, notNull, value, identity, generated, collation);
  };
  matches.byShape(fresh.columns, old.columns, shape);
  matches.byShape(fresh.columns, old.columns, (column) => words(at.get(column), column.type));
}

const constraintShape: Key<Constraint> = (item, to) => {
  if (item.kind === "primary") return item.kind;
  if ("columns" in item) return words(item.kind, item.columns.map(to));
  return words(item.kind, "expression" in item ? item.expression : item.definition);
};
const indexShape: Key<Index> = ({ parts, where, method, unique }, to) =>
  words(
    parts.map((part) => ({ ...part, columnId: part.columnId && to(part.columnId) })),
    where,
    method,
    unique,
  );
const keyShape: Key<ForeignKey> = ({ tableId, columns, refTableId, refColumns }, to) =>
  words(to(tableId), columns.map(to), to(refTableId), refColumns.map(to));
const typeShape: Key<UserType> = (type, to) => {
  const { id: _id, name: _name, namespaceId, dependsOn: _dependsOn, comment: _comment, ...rest } = type;
  return words(to(namespaceId), Object.entries(rest).sort());
};
const viewShape: Key<View> = ({ namespaceId, definition, materialized }, to) => words(to(namespaceId), definition, materialized);
const objectName: Key<Verbatim> = (item, to) => words(item.kind, item.ownerId && to(item.ownerId), inNamespace(item, to));
const objectShape: Key<Verbatim> = ({ kind, ownerId, definition }, to) => words(kind, ownerId && to(ownerId), definition);

function matchParts(matches: Matches, fresh: Schema, old: Schema, shapes: boolean): void {
  const oldTables = new Map<string, Table>(old.tables.map((table) => [table.id, table]));
  for (const table of fresh.tables) {
    const known = oldTables.get(matches.to(table.id));
    if (!known) continue;
    matches.byName(table.columns, known.columns, byName);
    if (shapes) matchColumns(matches, table, known);
    matches.byName(table.constraints, known.constraints, byName);
    if (shapes) matches.byShape(table.constraints, known.constraints, constraintShape);
    matches.byName(table.indexes, known.indexes, byName);
    if (shapes) matches.byShape(table.indexes, known.indexes, indexShape);
  }
  const oldViews = new Map<string, View>(old.views.map((view) => [view.id, view]));
  for (const view of fresh.views) matches.byName(view.indexes, oldViews.get(matches.to(view.id))?.indexes ?? [], byName);
}

/** Every id of a schema, once. */
export function* allIds(schema: Schema): Generator<string> {
  const { namespaces, types, sequences, views, tables, foreignKeys, verbatim } = schema;
  for (const list of [namespaces, types, sequences, views, tables, foreignKeys, verbatim]) for (const { id } of list) yield id;
  for (const { indexes } of views) for (const { id } of indexes) yield id;
  for (const { columns, constraints, indexes } of tables)
    for (const list of [columns, constraints, indexes]) for (const { id } of list) yield id;
}

/**
 * The old id of every fresh entity that was found again; without `shapes` only namesakes are. What is `known` is believed; it may
 * speak of more than these two schemas hold.
 */
export function match(fresh: Schema, old: Schema, shapes: boolean, known: Known = new Map()): ReadonlyMap<string, string> {
  const matches = new Matches(known);
  matches.settle(allIds(fresh));
  matches.byName(fresh.namespaces, old.namespaces, byName);
  if (shapes) matchNamespaces(matches, fresh, old);
  matches.byName(fresh.types, old.types, inNamespace);
  matches.byName(fresh.sequences, old.sequences, inNamespace);
  matches.byName(fresh.tables, old.tables, inNamespace);
  matches.byName(fresh.views, old.views, inNamespace);
  if (shapes) {
    matches.byShape(fresh.types, old.types, typeShape);
    matches.byShape(fresh.views, old.views, viewShape);
    matchTables(matches, fresh, old);
  }
  matchParts(matches, fresh, old, shapes);
  matches.byName(fresh.foreignKeys, old.foreignKeys, ({ tableId, name }, to) => words(to(tableId), name));
  matches.byName(fresh.verbatim, old.verbatim, objectName);
  if (shapes) {
    matches.byShape(fresh.foreignKeys, old.foreignKeys, keyShape);
    matches.byShape(
      fresh.sequences,
      old.sequences,
      ({ ownedBy }, to) => ownedBy && words(to(ownedBy.tableId), to(ownedBy.columnId)),
    );
    matches.byShape(fresh.verbatim, old.verbatim, objectShape);
  }
  return matches.found;
}
