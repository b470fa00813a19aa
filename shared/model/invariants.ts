/** What must hold in every schema: references lead somewhere, names are unique where engines want them unique. */
import { problem, type Problem } from "../result/index.ts";
import { lookup } from "./lookup.ts";
import type { Schema } from "./schema.ts";

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

export function invariants(schema: Schema): Problem[] {
  const find = lookup(schema);
  const found: Problem[] = [];
  for (const key of schema.foreignKeys) {
    const whole =
      key.columns.length > 0 &&
      key.columns.length === key.refColumns.length &&
      key.columns.every((id) => find.column(key.tableId, id)) &&
      key.refColumns.every((id) => find.column(key.refTableId, id));
    if (!whole) found.push(dangling("The foreign key", key.name));
  }
  for (const table of schema.tables) {
    if (!find.namespace(table.namespaceId)) found.push(dangling("The table", table.name));
    const parents = [...table.inherits, ...(table.partitionOf ? [table.partitionOf.tableId] : [])];
    if (!parents.every((id) => find.table(id))) found.push(dangling("The table", table.name));
    const columns = new Set<string>(table.columns.map(({ id }) => id));
    for (const constraint of table.constraints) {
      if ("columns" in constraint && (constraint.columns.length === 0 || !constraint.columns.every((id) => columns.has(id)))) {
        found.push(dangling("The key", constraint.name));
      }
    }
    for (const index of table.indexes) {
      if (index.parts.length === 0 || index.parts.some(({ columnId }) => columnId !== null && !columns.has(columnId)))
        found.push(dangling("The index", index.name));
    }
    found.push(
      ...doubled(
        "columns",
        table.columns.map(({ name }) => name),
      ),
    );
    found.push(
      ...doubled(
        "constraints",
        table.constraints.map(({ name }) => name),
      ),
    );
  }
  const relations = [...schema.tables, ...schema.views].map(({ namespaceId, name }) => `${namespaceId}\0${name}`);
  return [...found, ...doubled("tables", relations)];
}
