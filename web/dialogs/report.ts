/** What was read, in counts and sentences, for the clipboard. */
import { type Problem, sentence } from "#shared/result/index.ts";

/** How many there are of each kind. */
export type Counts = readonly (readonly [what: string, count: number])[];

export const reportText = (counts: Counts, problems: readonly Problem[]): string =>
  [
    ...counts.map(([what, count]) => `${String(count)} ${what}`),
    ...problems.map((item) => `${item.at ? `line ${String(item.at.line)}: ` : ""}${sentence(item)}`),
  ].join("\n");
