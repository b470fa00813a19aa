/** What was combined, in words. */
import type { MergeReport } from "../storage/apart.ts";

const tables = (count: number): string => (count === 1 ? "1 table" : `${String(count)} tables`);

/** Each person's tables; shares of one name (two tabs, or a page that was opened again) are one person's. */
export function people({ others }: Pick<MergeReport, "others">): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const share of others) {
    const name = share.name === "" ? "Someone else" : share.name;
    found.set(name, new Set([...(found.get(name) ?? []), ...share.tables]));
  }
  return new Map([...found].map(([name, all]) => [name, [...all].sort()]));
}

/** `Ana changed 4 tables, you changed 2.` */
export function combined(report: Pick<MergeReport, "mine" | "others">): string {
  const theirs = [...people(report)].map(([name, all]) => `${name} changed ${tables(all.length)}`);
  return `${[...theirs, `you changed ${theirs.length === 0 ? tables(report.mine.length) : String(report.mine.length)}`].join(", ")}.`;
}
