/** What the ends of a relation say: read from the child's columns, keys and unique indexes. */
import type { ForeignKey, Table } from "#shared/model/index.ts";

export interface Cardinality {
  /** The child may be without a parent. */
  readonly optional: boolean;
  /** The child's key is part of its identity: drawn solid; else dashed. */
  readonly identifying: boolean;
  /** At most one child for each parent. */
  readonly single: boolean;
}

/** Sets of columns of which no two rows hold the same values. An index over a part of the rows or over expressions is none. */
function uniqueSets({ constraints, indexes }: Table): (readonly string[])[] {
  const keys = constraints.flatMap((constraint) =>
    constraint.kind === "primary" || constraint.kind === "unique" ? [constraint.columns] : [],
  );
  const unique = indexes.filter((index) => index.unique && index.where === null);
  return [
    ...keys,
    ...unique.flatMap(({ parts }) => {
      const columns = parts.flatMap(({ columnId }) => columnId ?? []);
      return columns.length === parts.length ? [columns] : [];
    }),
  ].filter((columns) => columns.length > 0);
}

export function cardinalityOf(key: ForeignKey, child: Table): Cardinality {
  const own = new Set<string>(key.columns);
  const primary = new Set<string>(child.constraints.flatMap((item) => (item.kind === "primary" ? item.columns : [])));
  return {
    optional: child.columns.some(({ id, notNull }) => own.has(id) && !notNull),
    identifying: key.columns.every((id) => primary.has(id)),
    single: uniqueSets(child).some((columns) => columns.every((id) => own.has(id))),
  };
}
