/** Names that a text need not say, because both its reader and its writer know them. */
import type { Dialect } from "../../dialects/dialect.ts";

const bytesOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** What fits of a text into so many bytes; at least its first character. */
function cut(text: string, room: number): string {
  let [at, bytes] = [0, 0];
  for (const c of text) {
    bytes += bytesOf(c.codePointAt(0) ?? 0);
    if (bytes > room && at > 0) break;
    at += c.length;
  }
  return text.slice(0, at);
}

/** `table_column_suffix`, cut where an engine would not take it. */
function joined(parts: readonly string[], suffix: string, { features }: Dialect): string {
  const head = parts.join("_");
  const room = features.maxIdentifierBytes - suffix.length - 1;
  return `${head.length * 4 > room ? cut(head, room) : head}_${suffix}`;
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

/**
 * `wanted`, or one of `wanted_2`, `wanted_3`, ... that is free: the first where they were given out in order. It is sought by halves, so
 * that a thousand things of one name do not take a million looks.
 */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(wanted)) return wanted;
  const numbered = (number: number): string => `${wanted}_${String(number)}`;
  let [taken, free] = [1, 2];
  while (isTaken(numbered(free))) [taken, free] = [free, free * 2];
  while (free - taken > 1) {
    const middle = (taken + free) >> 1;
    if (isTaken(numbered(middle))) taken = middle;
    else free = middle;
  }
  return numbered(free);
}

/** Such a name; it is taken then. */
export function takeName(wanted: string, taken: Set<string>): string {
  const name = freeName(wanted, (other) => taken.has(other));
  taken.add(name);
  return name;
}

/** How an unnamed access method is called. */
export const usualMethod = ({ features }: Dialect): string => features.indexMethods[0] ?? "btree";

/** The name that a text without a name for its diagram gives it. */
export const DIAGRAM = "Main";
