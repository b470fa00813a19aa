/** What changed as rows of one height: groups, what changed in them, and how. */
import type { Line, LineGroup } from "#shared/history/index.ts";

export type ChangeRow =
  | { readonly key: string; readonly kind: "group"; readonly text: string; readonly count: number }
  | { readonly key: string; readonly kind: "line"; readonly line: Line; readonly detail: string | null }
  | { readonly key: string; readonly kind: "detail"; readonly text: string };

/** One detail of something that came or went stands beside it; what changed in something stands below it, one row for each. */
export function changeRows(groups: readonly LineGroup[]): readonly ChangeRow[] {
  return groups.flatMap((group): ChangeRow[] => [
    { key: `group ${group.key}`, kind: "group", text: group.name, count: group.lines.length },
    ...group.lines.flatMap((line): ChangeRow[] => {
      const key = `${group.key} ${line.key}`;
      const beside = line.kind !== "changed" && line.details.length === 1 ? (line.details[0] ?? null) : null;
      const below = beside === null ? line.details : [];
      return [
        { key, kind: "line", line, detail: beside },
        ...below.map((text, at): ChangeRow => ({ key: `${key} ${String(at)}`, kind: "detail", text })),
      ];
    }),
  ]);
}
