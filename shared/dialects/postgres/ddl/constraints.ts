/** Constraints, foreign keys and indexes as SQL. */
import type { Constraint, Deferrable, ForeignKey, Index, IndexPart, Table, TableId, View } from "../../../model/index.ts";
import { identifier } from "../quote.ts";
import { type Names, withOptions } from "./names.ts";

const OWN_INDEX_OPTIONS = ["clustered", "replica_identity"];

export const deferrableClause = (deferrable: Deferrable): string =>
  deferrable === "no" ? "" : ` DEFERRABLE${deferrable === "deferred" ? " INITIALLY DEFERRED" : ""}`;

/** `CONSTRAINT name ...`, as CREATE TABLE and ADD take it. */
export function constraintDefinition(constraint: Constraint, table: Table, names: Names): string {
  const head = `CONSTRAINT ${identifier(constraint.name)} `;
  switch (constraint.kind) {
    case "primary":
    case "unique": {
      const columns = names.columns(table.id, constraint.columns) + (constraint.withoutOverlaps ? " WITHOUT OVERLAPS" : "");
      const include = constraint.include.length === 0 ? "" : ` INCLUDE (${names.columns(table.id, constraint.include)})`;
      const word =
        constraint.kind === "primary" ? "PRIMARY KEY" : `UNIQUE${constraint.nullsNotDistinct ? " NULLS NOT DISTINCT" : ""}`;
      return `${head}${word} (${columns})${include}${withOptions(constraint.options, OWN_INDEX_OPTIONS)}${deferrableClause(constraint.deferrable)}`;
    }
    case "check":
      return `${head}CHECK (${constraint.expression})${constraint.noInherit ? " NO INHERIT" : ""}${constraint.notEnforced ? " NOT ENFORCED" : ""}${constraint.notValid ? " NOT VALID" : ""}`;
    case "exclude":
      return `${head}EXCLUDE ${constraint.definition}${deferrableClause(constraint.deferrable)}`;
  }
}

/** The columns of a foreign key's one side; a key WITHOUT OVERLAPS is referred to with PERIOD before the last. */
function sideOf(key: ForeignKey, side: "from" | "to", names: Names): string {
  const [tableId, ids] = side === "from" ? [key.tableId, key.columns] : [key.refTableId, key.refColumns];
  const target = names.lookup.table(key.refTableId)?.constraints ?? [];
  const period = target.some(
    (constraint) =>
      (constraint.kind === "primary" || constraint.kind === "unique") &&
      constraint.withoutOverlaps &&
      constraint.columns.join() === key.refColumns.join(),
  );
  const last = ids.at(-1);
  if (!period || last === undefined) return names.columns(tableId, ids);
  return [...ids.slice(0, -1).map((id) => names.columns(tableId, [id])), `PERIOD ${names.columns(tableId, [last])}`].join(", ");
}

export function foreignKeyDefinition(key: ForeignKey, names: Names): string {
  const action = (event: string, what: string, columns: string): string =>
    what === "no action" ? "" : ` ON ${event} ${what.toUpperCase()}${columns}`;
  const only = key.onDeleteColumns.length === 0 ? "" : ` (${names.columns(key.tableId, key.onDeleteColumns)})`;
  return [
    `CONSTRAINT ${identifier(key.name)} FOREIGN KEY (${sideOf(key, "from", names)})`,
    ` REFERENCES ${names.relation(key.refTableId)}(${sideOf(key, "to", names)})`,
    key.match === "full" ? " MATCH FULL" : "",
    action("UPDATE", key.onUpdate, ""),
    action("DELETE", key.onDelete, only),
    deferrableClause(key.deferrable),
    key.notEnforced ? " NOT ENFORCED" : "",
    key.notValid ? " NOT VALID" : "",
  ].join("");
}

const SIMPLE_EXPRESSION = /^("([^"]|"")+"|[\w$]+|[\w$."]+\(.*\))$/s;

function indexPart(part: IndexPart, tableId: TableId, names: Names): string {
  const expression = part.expression ?? "";
  const what =
    part.columnId === null
      ? SIMPLE_EXPRESSION.test(expression) || expression.startsWith("(")
        ? expression
        : `(${expression})`
      : names.columns(tableId, [part.columnId]);
  return [
    what,
    part.collation === null ? "" : ` COLLATE ${part.collation}`,
    part.opclass === null ? "" : ` ${part.opclass}`,
    part.descending ? " DESC" : "",
    part.nulls === null ? "" : ` NULLS ${part.nulls.toUpperCase()}`,
  ].join("");
}

/** CREATE INDEX of a table or a materialized view. */
export function createIndex(index: Index, owner: Table | View, names: Names): string {
  // The columns of a view's index are expressions: their owner is never looked up.
  const tableId = owner.id as TableId;
  return [
    `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${identifier(index.name)} ON ${names.qualified(owner)} USING ${index.method}`,
    ` (${index.parts.map((part) => indexPart(part, tableId, names)).join(", ")})`,
    index.include.length === 0 ? "" : ` INCLUDE (${names.columns(tableId, index.include)})`,
    index.nullsNotDistinct ? " NULLS NOT DISTINCT" : "",
    withOptions(index.options, OWN_INDEX_OPTIONS),
    index.where === null ? "" : ` WHERE ${index.where}`,
  ].join("");
}
