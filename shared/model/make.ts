/** Empty entities with every attribute at its default, so that makers name only what they know. */
import type { CheckConstraint, Column, ForeignKey, Index, KeyConstraint, Schema, Table } from "./schema.ts";

/** A schema with nothing in it. */
export function emptySchema(dialect: string): Schema {
  return { dialect, namespaces: [], tables: [], foreignKeys: [], types: [], sequences: [], views: [], verbatim: [] };
}

export function makeTable(known: Pick<Table, "id" | "namespaceId" | "name"> & Partial<Table>): Table {
  return {
    comment: null,
    columns: [],
    constraints: [],
    indexes: [],
    kind: "table",
    using: null,
    unlogged: false,
    partitionBy: null,
    partitionOf: null,
    inherits: [],
    options: {},
    rowSecurity: "off",
    dependsOn: [],
    ...known,
  };
}

export function makeColumn(known: Pick<Column, "id" | "name" | "type"> & Partial<Column>): Column {
  return {
    notNull: false,
    default: null,
    identity: null,
    generated: null,
    collation: null,
    comment: null,
    inherited: false,
    options: {},
    ...known,
  };
}

export function makeKey(known: Pick<KeyConstraint, "id" | "name" | "kind" | "columns"> & Partial<KeyConstraint>): KeyConstraint {
  return {
    comment: null,
    deferrable: "no",
    partOf: null,
    include: [],
    nullsNotDistinct: false,
    withoutOverlaps: false,
    options: {},
    ...known,
  };
}

export function makeForeignKey(
  known: Pick<ForeignKey, "id" | "tableId" | "name" | "columns" | "refTableId" | "refColumns"> & Partial<ForeignKey>,
): ForeignKey {
  return {
    onDelete: "no action",
    onUpdate: "no action",
    onDeleteColumns: [],
    match: "simple",
    deferrable: "no",
    notValid: false,
    notEnforced: false,
    comment: null,
    partOf: null,
    ...known,
  };
}

export function makeIndex(known: Pick<Index, "id" | "name" | "parts"> & Partial<Index>): Index {
  return {
    unique: false,
    method: "btree",
    include: [],
    nullsNotDistinct: false,
    where: null,
    options: {},
    comment: null,
    partOf: null,
    ...known,
  };
}

export function makeCheck(
  known: Pick<CheckConstraint, "id" | "name" | "expression"> & Partial<CheckConstraint>,
): CheckConstraint {
  return {
    kind: "check",
    comment: null,
    deferrable: "no",
    partOf: null,
    noInherit: false,
    notValid: false,
    notEnforced: false,
    inherited: false,
    ...known,
  };
}
