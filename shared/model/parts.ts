/** The lists of a schema by entity kind: what generic code (diff, apply, adopt) walks over. */
import type { Change, EntityKind, EntityMap } from "./change.ts";
import type { TableId, ViewId } from "./ids.ts";
import type { Schema, Table } from "./schema.ts";

/** Kinds that live in a list of the schema itself. */
export const TOP = {
  namespace: "namespaces",
  type: "types",
  sequence: "sequences",
  table: "tables",
  foreignKey: "foreignKeys",
  view: "views",
  verbatim: "verbatim",
} as const satisfies Partial<Record<EntityKind, keyof Schema>>;

/** Kinds that live in a list of a table. */
export const PARTS = { column: "columns", constraint: "constraints", index: "indexes" } as const satisfies Partial<
  Record<EntityKind, keyof Table>
>;

export type TopKind = keyof typeof TOP;
export type PartKind = keyof typeof PARTS;

export const TOP_KINDS = Object.keys(TOP) as readonly TopKind[];
export const PART_KINDS = Object.keys(PARTS) as readonly PartKind[];

export interface Identified {
  readonly id: string;
}

export const topList = (schema: Schema, kind: TopKind): readonly (EntityMap[TopKind] & Identified)[] => schema[TOP[kind]];
export const partList = (table: Table, kind: PartKind): readonly (EntityMap[PartKind] & Identified)[] => table[PARTS[kind]];

export const isPart = (kind: EntityKind): kind is PartKind => Object.hasOwn(PARTS, kind);

/** Changes made by generic code, whose kinds and entities belong together by construction. */
export const created = (entity: EntityKind, ownerId: TableId | ViewId | null, after: Identified, at: number | null): Change =>
  ({ kind: "create", entity, ownerId, after, at }) as unknown as Change;
export const dropped = (entity: EntityKind, ownerId: TableId | ViewId | null, before: Identified): Change =>
  ({ kind: "drop", entity, ownerId, before }) as unknown as Change;
export const altered = (entity: EntityKind, ownerId: TableId | ViewId | null, before: Identified, after: Identified): Change =>
  ({ kind: "alter", entity, ownerId, before, after }) as unknown as Change;
