/** Names that are free, and names as PostgreSQL chooses them. */
import type { Schema } from "../model/index.ts";

/** `wanted`, or the first of `wanted_2`, `wanted_3`, ... that is not taken; `table_1` goes on with `table_2`. */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  const [, stem = wanted, digits] = /^(.*_)(\d+)$/.exec(wanted) ?? [];
  const base = digits === undefined ? `${wanted}_` : stem;
  let number = digits === undefined ? 2 : Number(digits) + 1;
  while (used.has(base + String(number))) number += 1;
  return base + String(number);
}

/** Names that tables, views, sequences and indexes share: engines keep them in one list for each namespace. */
export function relationNames(schema: Schema): Set<string> {
  return new Set([
    ...[...schema.tables, ...schema.views, ...schema.sequences].map(({ name }) => name),
    ...schema.tables.flatMap(({ indexes, constraints }) => [...indexes, ...constraints].map(({ name }) => name)),
  ]);
}

/** `table_column_suffix`, cut so that the suffix stays and the whole fits (in bytes: an engine counts those). */
export function constraintName(parts: readonly string[], suffix: string, limit: number): string {
  const bytes = (text: string): number => [...text].reduce((sum, c) => sum + utf8Length(c), 0);
  let head = parts.join("_");
  while (head.length > 1 && bytes(head) + bytes(suffix) + 1 > limit) head = head.slice(0, -1);
  return `${head}_${suffix}`;
}

function utf8Length(c: string): number {
  const code = c.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
