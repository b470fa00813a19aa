/**
 * Change: one difference between two schemas, by id.
 *
 * `create` and `drop` of a table or view carry it whole (columns, constraints and indexes included; foreign keys are entities
 * of their own). `alter` carries the same entity before and after; which attributes differ is for the reader to see. A change
 * of a table's columns, constraints or indexes is never inside the table's own `alter`. The order of columns is part of a schema;
 * the order of everything else is by name and means nothing.
 */
import type { Column, Constraint, ForeignKey, Index, Namespace, Sequence, Table, UserType, Verbatim, View } from "./schema.ts";
import type { ColumnId, TableId, ViewId } from "./ids.ts";

export interface EntityMap {
  readonly namespace: Namespace;
  readonly table: Table;
  readonly column: Column;
  readonly constraint: Constraint;
  readonly foreignKey: ForeignKey;
  readonly index: Index;
  readonly type: UserType;
  readonly sequence: Sequence;
  readonly view: View;
  readonly verbatim: Verbatim;
}

export type EntityKind = keyof EntityMap;

/** Points at one entity. `ownerId`: the table (or materialized view) of a column, constraint, index or foreign key. */
export interface EntityRef {
  readonly entity: EntityKind;
  readonly id: string;
  readonly ownerId: TableId | ViewId | null;
}

/** `at`: the index in the owner's list after the change; null for the end. It matters for columns only. */
interface Create<K extends EntityKind> {
  readonly kind: "create";
  readonly entity: K;
  readonly ownerId: TableId | ViewId | null;
  readonly after: EntityMap[K];
  readonly at: number | null;
}

interface Drop<K extends EntityKind> {
  readonly kind: "drop";
  readonly entity: K;
  readonly ownerId: TableId | ViewId | null;
  readonly before: EntityMap[K];
}

interface Alter<K extends EntityKind> {
  readonly kind: "alter";
  readonly entity: K;
  readonly ownerId: TableId | ViewId | null;
  readonly before: EntityMap[K];
  readonly after: EntityMap[K];
}

/** The columns of a table, all of them, in their old and new order. */
export interface ReorderColumns {
  readonly kind: "reorder";
  readonly entity: "column";
  readonly ownerId: TableId;
  readonly before: readonly ColumnId[];
  readonly after: readonly ColumnId[];
}

export type Change = { readonly [K in EntityKind]: Create<K> | Drop<K> | Alter<K> }[EntityKind] | ReorderColumns;
