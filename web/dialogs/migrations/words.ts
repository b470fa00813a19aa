/** Migrations in words. */
import type { Comparison } from "#shared/history/index.ts";
import { type Problem, sentence } from "#shared/result/index.ts";
import { type Counts, reportText } from "../report.ts";

/** A migration that was replayed. */
export interface Step {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  /** `2024-01-31 12:00`; null where its name does not say. */
  readonly when: string | null;
  readonly path: string;
  readonly comparison: Comparison;
  readonly counts: Counts;
  readonly problems: readonly Problem[];
}

/** `add_users`, or its version where it has no other name. */
export const titleOf = ({ name, version }: Pick<Step, "name" | "version">): string => (name === "" ? version : name);

/** `20240131 · 31 Jan 2024, 12:00 · migrations/20240131_add_users.sql`. */
export function aboutOf({ name, version, when, path }: Step): string {
  const number = version === name ? "" : version;
  return [number, when === null ? "" : whenOf(when), path].filter((part) => part !== "").join(" · ");
}

/** The date of a name, as people here write dates. A name says no time zone, and none is made up. */
export function whenOf(when: string): string {
  const [day = "", time] = when.split(" ");
  const date = new Date(`${day}T${time ?? "00:00"}`);
  if (Number.isNaN(date.getTime())) return when;
  return date.toLocaleString(
    undefined,
    time === undefined ? { dateStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" },
  );
}

/** Statements of it that were refused. */
export const refusedIn = ({ problems }: Pick<Step, "problems">): number =>
  problems.filter(({ severity }) => severity === "error").length;

/** What became of each, for the clipboard. */
export const allText = (tool: string, steps: readonly Step[], problems: readonly Problem[]): string =>
  [
    `${tool}: ${String(steps.length)} migrations`,
    ...problems.map(sentence),
    ...steps.flatMap((step) => {
      const told = reportText([], step.problems);
      return [`${step.path}: ${step.comparison.short || "changes nothing"}`, ...(told === "" ? [] : [told])];
    }),
  ].join("\n");
