/** What must hold in every schema: references lead somewhere, names are unique where engines want them unique. */
import { problem, type Problem } from "../result/index.ts";
import type { TableId } from "./ids.ts";
import { type Lookup, lookup } from "./lookup.ts";
import type { ForeignKey, Schema, Table } from "./schema.ts";

function doubled(what: string, names: readonly string[]): Problem[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [problem("model.duplicate-name", "error", { what, name: name.split("\0").at(-1) ?? name })];
  });
}

const dangling = (what: string, name: string): Problem => problem("model.dangling", "error", { what, name });
const namesOf = (items: readonly { readonly name: string }[]): readonly string[] => items.map(({ name }) => name);

function isWhole(key: ForeignKey, find: Lookup): boolean {
  return (
    key.columns.length > 0 &&
    key.columns.length === key.refColumns.length &&
    key.columns.every((id) => find.column(key.tableId, id)) &&
    key.refColumns.every((id) => find.column(key.refTableId, id)) &&
    key.onDeleteColumns.every((id) => key.columns.includes(id))
  );
}

function ofTable(table: Table, find: Lookup): Problem[] {
  const found: Problem[] = [];
  const parents = [...table.inherits, ...(table.partitionOf ? [table.partitionOf.tableId] : [])];
  if (!parents.every((id) => find.table(id))) found.push(dangling("The table", table.name));
  const columns = new Set<string>(table.columns.map(({ id }) => id));
  const has = (ids: readonly string[]): boolean => ids.every((id) => columns.has(id));
  for (const constraint of table.constraints) {
    if ("columns" in constraint && (constraint.columns.length === 0 || !has([...constraint.columns, ...constraint.include])))
      found.push(dangling("The key", constraint.name));
  }
  for (const { name, parts, include } of table.indexes) {
    if (parts.length === 0 || !has([...parts.flatMap(({ columnId }) => columnId ?? []), ...include]))
      found.push(dangling("The index", name));
  }
  const primary = table.constraints.filter(({ kind }) => kind === "primary");
  const [, second] = primary;
  if (second) found.push(problem("doc.two-primary-keys", "error", { table: table.name, name: second.name }));
  return [
    ...found,
    ...doubled(`columns of ${table.name}`, namesOf(table.columns)),
    ...doubled(`keys of ${table.name}`, namesOf(table.constraints.filter(({ kind }) => kind !== "check"))),
    ...doubled(`checks of ${table.name}`, namesOf(table.constraints.filter(({ kind }) => kind === "check"))),
  ];
}

/** What does not hold in a schema; empty when all does. */
export function invariants(schema: Schema): Problem[] {
  const find = lookup(schema);
  const found = schema.foreignKeys.filter((key) => !isWhole(key, find)).map(({ name }) => dangling("The relation", name));
  for (const list of [schema.tables, schema.views, schema.types, schema.sequences, schema.verbatim])
    for (const { namespaceId, name } of list)
      if (namespaceId !== null && !find.namespace(namespaceId)) found.push(dangling("The object", name));
  for (const { ownedBy, name } of schema.sequences)
    if (ownedBy && !find.column(ownedBy.tableId, ownedBy.columnId)) found.push(dangling("The sequence", name));
  for (const { ownerId, name, kind } of schema.verbatim)
    if (ownerId !== null && !find.table(ownerId as TableId) && !find.view(ownerId)) found.push(dangling(`The ${kind}`, name));
  const relations = [...schema.tables, ...schema.views].map(({ namespaceId, name }) => `${namespaceId}\0${name}`);
  return [...found, ...schema.tables.flatMap((table) => ofTable(table, find)), ...doubled("tables or views", relations)];
}
