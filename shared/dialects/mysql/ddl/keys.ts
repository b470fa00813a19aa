/** Keys, indexes, checks and foreign keys as the server itself prints them. */
import type { CheckConstraint, ForeignKey, Index, KeyConstraint, Options, Table } from "../../../model/index.ts";
import { literal, quoted } from "../quote.ts";
import type { Names } from "./names.ts";

function optionsText(options: Options, comment: string | null): string {
  const words: string[] = [];
  if (options["key_block_size"] !== undefined) words.push(`KEY_BLOCK_SIZE=${options["key_block_size"]}`);
  if (options["using"] !== undefined) words.push(`USING ${options["using"].toUpperCase()}`);
  if (comment !== null) words.push(`COMMENT ${literal(comment)}`);
  if (options["parser"] !== undefined) words.push(`WITH PARSER ${quoted(options["parser"])}`);
  if (options["clustering"] !== undefined) words.push(`CLUSTERING=${options["clustering"]}`);
  for (const name of ["engine_attribute", "secondary_engine_attribute"])
    if (options[name] !== undefined) words.push(`${name.toUpperCase()} ${literal(options[name])}`);
  if (options["invisible"] === "true") words.push("INVISIBLE");
  if (options["ignored"] === "true") words.push("IGNORED");
  return words.map((word) => ` ${word}`).join("");
}

export function keyText(key: KeyConstraint, table: Table, names: Names): string {
  const lengths = key.options["lengths"]?.split(",") ?? [];
  const orders = key.options["order"]?.split(",") ?? [];
  const parts = key.columns.map((id, at) => {
    const length = lengths[at] ? `(${lengths[at]})` : "";
    return `${names.columns(table, [id])}${length}${orders[at] === "desc" ? " DESC" : ""}`;
  });
  const period = key.options["period"];
  if (key.withoutOverlaps && period !== undefined) parts.push(`${quoted(period)} WITHOUT OVERLAPS`);
  const what = key.kind === "primary" ? "PRIMARY KEY" : `UNIQUE KEY ${quoted(key.name)}`;
  return `${what} (${parts.join(",")})${optionsText(key.options, key.comment)}`;
}

export function indexText(index: Index, table: Table, names: Names): string {
  const parts = index.parts.map((part) => {
    const what = part.columnId === null ? `(${part.expression ?? ""})` : names.columns(table, [part.columnId]);
    return `${what}${part.opclass ?? ""}${part.descending ? " DESC" : ""}`;
  });
  const special = index.method === "fulltext" || index.method === "spatial";
  const what = special ? `${index.method.toUpperCase()} ` : index.unique ? "UNIQUE " : "";
  const options = index.method === "hash" ? { ...index.options, using: "hash" } : index.options;
  return `${what}KEY ${quoted(index.name)} (${parts.join(",")})${optionsText(options, index.comment)}`;
}

export function checkText(check: CheckConstraint): string {
  return `CONSTRAINT ${quoted(check.name)} CHECK (${check.expression})${check.notEnforced ? " NOT ENFORCED" : ""}`;
}

export function foreignKeyText(key: ForeignKey, names: Names): string {
  const [table, parent] = [names.lookup.table(key.tableId), names.lookup.table(key.refTableId)];
  const from = table ? names.columns(table, key.columns) : "";
  const to = parent ? `${names.qualified(parent)} (${names.columns(parent, key.refColumns)})` : "``";
  const { silentAction } = names.flavour;
  const action = (what: string, does: string): string => (does === silentAction ? "" : ` ON ${what} ${does.toUpperCase()}`);
  const match = key.match === "full" ? " MATCH FULL" : "";
  const actions = action("DELETE", key.onDelete) + action("UPDATE", key.onUpdate);
  return `CONSTRAINT ${quoted(key.name)} FOREIGN KEY (${from}) REFERENCES ${to}${match}${actions}`;
}
