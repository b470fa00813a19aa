/** What the ends of a relation say: read from the child's columns, keys and unique indexes. */
import type { ColumnId, Constraint, ForeignKey, Index, Table } from "../model/index.ts";

export interface Cardinality {
  /** The child may be without a parent. */
  readonly optional: boolean;
  /** The child's key is part of its identity: drawn solid; else dashed. */
  readonly identifying: boolean;
  /** At most one child for each parent. */
  readonly single: boolean;
}

/** What opening a large design asks of every relation: it makes nothing that it throws away. */
export function cardinalityOf({ columns: own }: ForeignKey, child: Table): Cardinality {
  const holds = (id: string): boolean => own.includes(id as ColumnId);
  return {
    optional: child.columns.some(({ id, notNull }) => !notNull && holds(id)),
    identifying: own.every((id) => child.constraints.some((item) => item.kind === "primary" && item.columns.includes(id))),
    single: child.constraints.some((item) => isUnique(item, holds)) || child.indexes.some((index) => indexIsUnique(index, holds)),
  };
}

/** A key all of whose columns are held: no two rows have the same values in them. */
const isUnique = (item: Constraint, holds: (id: string) => boolean): boolean =>
  (item.kind === "primary" || item.kind === "unique") && item.columns.length > 0 && item.columns.every(holds);

/** The same of an index; one over a part of the rows or over expressions says nothing. */
const indexIsUnique = ({ unique, where, parts }: Index, holds: (id: string) => boolean): boolean =>
  unique && where === null && parts.length > 0 && parts.every(({ columnId }) => columnId !== null && holds(columnId));
