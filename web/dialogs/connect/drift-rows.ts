/** The list of differences: groups with what differs in them, as a search and a filter leave them. */
import type { Difference, DriftGroup, Side } from "#shared/drift/index.ts";

export type DriftRow =
  | { readonly key: string; readonly kind: "group"; readonly group: DriftGroup; readonly keys: readonly string[] }
  | { readonly key: string; readonly kind: "difference"; readonly group: DriftGroup; readonly difference: Difference };

/** What to do about a difference is asked in these words. */
export const SIDES: Readonly<Record<Side, string>> = {
  database: "only in the database",
  design: "only in the design",
  both: "different",
};

/** Rows for a search over group, name and details; a side of null means all. */
export function driftRows(groups: readonly DriftGroup[], search: string, side: Side | null): readonly DriftRow[] {
  const words = search.trim().toLowerCase().split(/\s+/);
  return groups.flatMap((group): DriftRow[] => {
    const found = group.differences.filter((item) => {
      const text = `${group.name} ${item.what} ${item.details.join(" ")}`.toLowerCase();
      return (side === null || item.side === side) && words.every((word) => text.includes(word));
    });
    if (found.length === 0) return [];
    return [
      { key: `group ${group.key}`, kind: "group", group, keys: found.map(({ key }) => key) },
      ...found.map((difference): DriftRow => ({ key: difference.key, kind: "difference", group, difference })),
    ];
  });
}
