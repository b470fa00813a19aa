/** Types that foreign keys join: those that cannot be joined take the type of what they refer to. */
import type { TypeSystem } from "../dialects/dialect.ts";
import type { ColumnId, ForeignKey, TableId } from "../model/index.ts";
import type { Draft } from "./columns.ts";

/** Foreign keys that lead to foreign keys: so often the types are looked at again. */
const ROUNDS = 4;
const NUMBERS = new Set(["integer", "decimal", "float"]);

export function joinTypes<T extends Pick<Draft, "after" | "counters">>(
  drafts: readonly T[],
  keys: readonly ForeignKey[],
  types: TypeSystem,
): readonly T[] {
  const tables = new Map<TableId, T>(drafts.map((draft) => [draft.after.id, draft]));
  const found = new Map<ColumnId, string>();
  const typeOf = (table: TableId, id: ColumnId): string =>
    found.get(id) ?? tables.get(table)?.after.columns.find((column) => column.id === id)?.type ?? "";
  for (let round = 0, changed = true; changed && round < ROUNDS; round += 1) {
    changed = false;
    for (const { tableId, columns, refTableId, refColumns } of keys)
      columns.forEach((id, at) => {
        const other = refColumns[at];
        if (other === undefined || tables.get(tableId)?.counters.has(id)) return;
        const [mine, theirs] = [typeOf(tableId, id), typeOf(refTableId, other)];
        const [a, b] = [types.parse(mine), types.parse(theirs)];
        const numbers = NUMBERS.has(a.kind) && NUMBERS.has(b.kind) && a.name !== b.name;
        const apart = a.kind === b.kind && types.comparable(mine, theirs) === false;
        if (mine === theirs || !(numbers || apart)) return;
        found.set(id, theirs);
        changed = true;
      });
  }
  if (found.size === 0) return drafts;
  return drafts.map((draft) => ({
    ...draft,
    after: {
      ...draft.after,
      columns: draft.after.columns.map((column) => ({ ...column, type: found.get(column.id) ?? column.type })),
    },
  }));
}
