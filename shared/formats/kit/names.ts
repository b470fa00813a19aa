/** Names that a text need not say, because both its reader and its writer know them. */
import type { Dialect } from "../../dialects/dialect.ts";

const bytes = (text: string): number => {
  let sum = 0;
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    sum += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return sum;
};

/** `table_column_suffix`, cut where an engine would not take it. */
function joined(parts: readonly string[], suffix: string, { features }: Dialect): string {
  let head = parts.join("_");
  const room = features.maxIdentifierBytes - suffix.length - 1;
  if (head.length * 4 > room) while (head.length > 1 && bytes(head) > room) head = head.slice(0, -1);
  return `${head}_${suffix}`;
}

export const primaryName = (table: string, dialect: Dialect): string =>
  dialect.features.primaryKeyName ?? joined([table], "pkey", dialect);
export const uniqueName = (table: string, columns: readonly string[], dialect: Dialect): string =>
  joined([table, ...columns], "key", dialect);
export const foreignName = (table: string, columns: readonly string[], dialect: Dialect): string =>
  joined([table, ...columns], "fkey", dialect);
export const checkName = (table: string, column: string | null, dialect: Dialect): string =>
  joined(column === null ? [table] : [table, column], "check", dialect);
export const indexName = (table: string, parts: readonly (string | null)[], dialect: Dialect): string =>
  joined([table, ...parts.map((part) => part ?? "expr")], "idx", dialect);
/** `serial` is a type only where it is declared; its default names the sequence by its class. */
export const hasSerial = ({ features }: Dialect): boolean => features.sequences && features.domains;

/** PostgreSQL's sequence of a serial column. */
export const sequenceName = (table: string, column: string, dialect: Dialect): string => joined([table, column], "seq", dialect);

/** `wanted`, or the first of `wanted_2`, `wanted_3`, ... that is free; takes it. */
export function takeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${String(number)}`;
  taken.add(name);
  return name;
}

/** How an unnamed access method is called. */
export const usualMethod = ({ features }: Dialect): string => features.indexMethods[0] ?? "btree";

/** The name that a text without a name for its diagram gives it. */
export const DIAGRAM = "Main";
