/** `pg_depend` -> for each id, the ids that must exist before it. */
import { type Ids, oid, type Row, word } from "./reader.ts";

const bare = (regclass: unknown): string => word(regclass).replace(/^pg_catalog\./, "");

export function readDependencies(rows: readonly Row[], ids: Ids): (id: string) => readonly string[] {
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    // What hangs on a table, view or domain speaks for that.
    const owner = ids.find("pg_class", row[4]) ?? ids.find("pg_type", row[5]);
    const from = owner ?? ids.find(bare(row[0]), oid(row[1]));
    const to = ids.find(bare(row[2]), oid(row[3]));
    if (from === null || to === null || from === to) continue;
    const set = found.get(from);
    if (set) set.add(to);
    else found.set(from, new Set([to]));
  }
  return (id) => [...(found.get(id) ?? [])].sort();
}
