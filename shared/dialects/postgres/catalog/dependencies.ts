/** `pg_depend` -> for each id, the ids that must exist before it. */
import { type Ids, oid, type Row, word } from "./reader.ts";

const OWN = new Map([
  ["pg_rewrite", "pg_class"],
  ["pg_attrdef", "pg_class"],
  ["pg_constraint", "pg_class"],
]);

const bare = (regclass: unknown): string => word(regclass).replace(/^pg_catalog\./, "");

export function readDependencies(rows: readonly Row[], ids: Ids): (id: string) => readonly string[] {
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    const catalogue = bare(row[0]);
    const parent = row[4] === null || row[4] === undefined ? null : OWN.get(catalogue);
    const from = parent ? ids.find(parent, row[4]) : ids.find(catalogue, oid(row[1]));
    const to = ids.find(bare(row[2]), oid(row[3]));
    if (from === null || to === null || from === to) continue;
    const set = found.get(from);
    if (set) set.add(to);
    else found.set(from, new Set([to]));
  }
  return (id) => [...(found.get(id) ?? [])].sort();
}
