/** Tables that have what another has: its partitions, and its children by INHERITS. */
import { type Constraint, type Column, makeColumn, makeTable, type Table } from "#shared/model/index.ts";
import { PUBLIC } from "./types.ts";

/** Its columns have the same names and ids that tell whose they are. */
function renamed(name: string): { readonly id: Table["id"]; readonly mine: <T extends string>(id: T) => T } {
  return { id: `table:${name}` as Table["id"], mine: (id) => `${name}<${id}` as typeof id };
}

/** A partition: everything of its parent, as its share. */
export function partitionOf(parent: Table, at: number): Table {
  const name = `${parent.name} p${String(at)}`;
  const { id, mine } = renamed(name);
  return makeTable({
    id,
    namespaceId: parent.namespaceId,
    name,
    columns: parent.columns.map((column) => ({
      ...column,
      id: mine(column.id),
      inherited: true,
      comment: null,
      // The sequence is the parent's.
      identity: column.identity && { ...column.identity, sequence: "" },
      options: column.notNull ? { not_null_inherited: "true" } : {},
    })),
    constraints: parent.constraints.map((constraint): Constraint => {
      const own = {
        id: mine(constraint.id),
        name: constraint.kind === "check" ? constraint.name : `${constraint.name} ${String(at)}`,
      };
      if (constraint.kind === "check") return { ...constraint, ...own, inherited: true, comment: null };
      if (constraint.kind === "exclude") return constraint;
      const [columns, include] = [constraint.columns.map(mine), constraint.include.map(mine)];
      return { ...constraint, ...own, columns, include, partOf: constraint.id, comment: null };
    }),
    indexes: parent.indexes.map((index) => ({
      ...index,
      id: mine(index.id),
      name: `${index.name} ${String(at)}`,
      parts: index.parts.map((part) => ({ ...part, columnId: part.columnId && mine(part.columnId) })),
      include: index.include.map(mine),
      partOf: index.id,
      comment: null,
    })),
    partitionOf: { tableId: parent.id, bound: at === 0 ? "FOR VALUES FROM (0) TO (10)" : "DEFAULT" },
  });
}

/** A child by INHERITS, with a column of its own. */
export function childOf(parent: Table): Table {
  const name = `${parent.name} child`;
  const { id, mine } = renamed(name);
  const columns = parent.columns.map((column) => ({
    ...column,
    id: mine(column.id),
    inherited: true,
    identity: null,
    comment: null,
    options: {
      ...(column.options["storage"] === undefined ? {} : { storage: "EXTERNAL", compression: "pglz" }),
      ...(column.notNull
        ? {
            not_null_name: column.options["not_null_name"] ?? `${parent.name}_${column.name}_not_null`,
            not_null_inherited: "true",
          }
        : {}),
    },
  }));
  return makeTable({
    id,
    namespaceId: PUBLIC,
    name,
    columns: [...columns, makeColumn({ id: `${name}/own` as Column["id"], name: "own", type: "date" })],
    constraints: parent.constraints.flatMap((constraint) =>
      constraint.kind === "check" ? [{ ...constraint, id: mine(constraint.id), inherited: true, comment: null }] : [],
    ),
    inherits: [parent.id],
  });
}
