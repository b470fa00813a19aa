/** What changes of a table itself: its name, comment, options, partitions. */
import type { EntityRef, Table } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { statement } from "../../kit/statement.ts";
import { literal } from "../quote.ts";
import { columnText, ownCheck } from "./columns.ts";
import type { Names } from "./names.ts";
import { optionText } from "./tables.ts";

/** What takes an option back to how a table without it is. */
const WITHOUT: Readonly<Record<string, string>> = {
  engine: "ENGINE=InnoDB",
  row_format: "ROW_FORMAT=DEFAULT",
  key_block_size: "KEY_BLOCK_SIZE=0",
  stats_persistent: "STATS_PERSISTENT=DEFAULT",
  stats_auto_recalc: "STATS_AUTO_RECALC=DEFAULT",
  stats_sample_pages: "STATS_SAMPLE_PAGES=DEFAULT",
  checksum: "CHECKSUM=0",
  pack_keys: "PACK_KEYS=DEFAULT",
};
const TEXT = /^(char|varchar|tinytext|text|mediumtext|longtext|enum|set)\b/;

/** A column without a collation of its own has the table's: a new one of the table is not a new one of its columns. */
function recollated(table: Table, names: Names): string[] {
  const plain = table.columns.filter(
    ({ type, collation, options }) => TEXT.test(type) && collation === null && options["charset"] === undefined,
  );
  return plain.map((column) => {
    const check = ownCheck(table, column, names.flavour);
    return `MODIFY COLUMN ${columnText(column, names.flavour, { counting: true, check })}`;
  });
}

/** Clauses for the options that differ; null when one of them cannot be changed in place. */
function optionClauses(old: Table, next: Table, names: Names): readonly string[] | null {
  const differ = [...new Set([...Object.keys(old.options), ...Object.keys(next.options)])].filter(
    (name) => old.options[name] !== next.options[name],
  );
  const clauses: string[] = [];
  for (const name of differ) {
    const value = next.options[name];
    if (name.startsWith("period ")) return null;
    if (name === "system_versioning") clauses.push(`${value === "true" ? "ADD" : "DROP"} SYSTEM VERSIONING`);
    else if (value !== undefined) clauses.push(optionText(name, value));
    else {
      const without = WITHOUT[name];
      // Without a collation of its own a table has its database's: which, the server knows.
      if (without === undefined && name !== "charset" && name !== "collate") return null;
      if (without !== undefined) clauses.push(without);
    }
  }
  const recolour = differ.some((name) => name === "charset" || name === "collate") ? recollated(next, names) : [];
  return [...clauses, ...recolour];
}

export function alterTable(old: Table, next: Table, before: Names, after: Names): readonly Statement[] | null {
  const about: EntityRef = { entity: "table", id: next.id, ownerId: null };
  const [was, is] = [before.qualified(old), after.qualified(next)];
  const clauses = optionClauses(old, next, after);
  if (clauses === null || old.kind !== next.kind) return null;
  const sqls: string[] = was === is ? [] : [`RENAME TABLE ${was} TO ${is}`];
  const all = [...clauses, ...(old.comment === next.comment ? [] : [`COMMENT=${literal(next.comment ?? "")}`])];
  if (all.length > 0) sqls.push(`ALTER TABLE ${is} ${all.join(", ")}`);
  if (old.partitionBy !== next.partitionBy)
    sqls.push(`ALTER TABLE ${is} ${next.partitionBy === null ? "REMOVE PARTITIONING" : `PARTITION BY ${next.partitionBy}`}`);
  return sqls.map((sql) => statement(sql, about, false));
}
