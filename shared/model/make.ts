/**
 * Empty entities with every attribute at its default, so that makers name only what they know. Each attribute is spelled out: copying
 * what is known over the defaults takes several times as long, and thousands of columns are made of a text.
 */
import type { CheckConstraint, Column, ForeignKey, Index, KeyConstraint, Schema, Table } from "./schema.ts";

/** A schema with nothing in it. */
export function emptySchema(dialect: string): Schema {
  return { dialect, namespaces: [], tables: [], foreignKeys: [], types: [], sequences: [], views: [], verbatim: [] };
}

export function makeTable({
  comment = null,
  columns = [],
  constraints = [],
  indexes = [],
  kind = "table",
  using = null,
  unlogged = false,
  partitionBy = null,
  partitionOf = null,
  inherits = [],
  options = {},
  rowSecurity = "off",
  dependsOn = [],
  id,
  namespaceId,
  name,
}: Pick<Table, "id" | "namespaceId" | "name"> & Partial<Table>): Table {
  return {
    comment,
    columns,
    constraints,
    indexes,
    kind,
    using,
    unlogged,
    partitionBy,
    partitionOf,
    inherits,
    options,
    rowSecurity,
    dependsOn,
    id,
    namespaceId,
    name,
  };
}

export function makeColumn({
  notNull = false,
  default: fallback = null,
  identity = null,
  generated = null,
  collation = null,
  comment = null,
  inherited = false,
  options = {},
  id,
  name,
  type,
}: Pick<Column, "id" | "name" | "type"> & Partial<Column>): Column {
  return { notNull, default: fallback, identity, generated, collation, comment, inherited, options, id, name, type };
}

export function makeKey({
  comment = null,
  deferrable = "no",
  partOf = null,
  include = [],
  nullsNotDistinct = false,
  withoutOverlaps = false,
  options = {},
  id,
  name,
  kind,
  columns,
}: Pick<KeyConstraint, "id" | "name" | "kind" | "columns"> & Partial<KeyConstraint>): KeyConstraint {
  return { comment, deferrable, partOf, include, nullsNotDistinct, withoutOverlaps, options, id, name, kind, columns };
}

export function makeForeignKey({
  onDelete = "no action",
  onUpdate = "no action",
  onDeleteColumns = [],
  match = "simple",
  deferrable = "no",
  notValid = false,
  notEnforced = false,
  comment = null,
  partOf = null,
  id,
  tableId,
  name,
  columns,
  refTableId,
  refColumns,
}: Pick<ForeignKey, "id" | "tableId" | "name" | "columns" | "refTableId" | "refColumns"> & Partial<ForeignKey>): ForeignKey {
  return {
    onDelete,
    onUpdate,
    onDeleteColumns,
    match,
    deferrable,
    notValid,
    notEnforced,
    comment,
    partOf,
    id,
    tableId,
    name,
    columns,
    refTableId,
    refColumns,
  };
}

export function makeIndex({
  unique = false,
  method = "btree",
  include = [],
  nullsNotDistinct = false,
  where = null,
  options = {},
  comment = null,
  partOf = null,
  id,
  name,
  parts,
}: Pick<Index, "id" | "name" | "parts"> & Partial<Index>): Index {
  return { unique, method, include, nullsNotDistinct, where, options, comment, partOf, id, name, parts };
}

export function makeCheck({
  kind = "check",
  comment = null,
  deferrable = "no",
  partOf = null,
  noInherit = false,
  notValid = false,
  notEnforced = false,
  inherited = false,
  id,
  name,
  expression,
}: Pick<CheckConstraint, "id" | "name" | "expression"> & Partial<CheckConstraint>): CheckConstraint {
  return { kind, comment, deferrable, partOf, noInherit, notValid, notEnforced, inherited, id, name, expression };
}
