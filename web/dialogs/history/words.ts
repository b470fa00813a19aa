/** A version in words: when, by whom, what it was taken for. */
import type { Version } from "../../stores/history/history.svelte.ts";

const WHY: Readonly<Record<string, string>> = {
  first: "First one kept here",
  working: "While working",
  pause: "After a piece of work",
  leaving: "When the design was left",
  import: "Before an update from a file",
  database: "Before taking from a database",
  migration: "After a migration",
  restore: "Before restoring a version",
};

/** What a version is called in a list. */
export const titleOf = ({ name, why }: Version): string => name ?? WHY[why ?? ""] ?? "Taken by itself";

/** `26 Nov 2026, 14:02`. */
export const whenOf = (at: number): string => new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

export const timeOf = (at: number): string => new Date(at).toLocaleTimeString(undefined, { timeStyle: "short" });

/** `Ada King, Jo and you`; empty where nobody is known. */
export function whoOf({ authors }: Version): string {
  const names = [...new Set(authors)].map((name) => (name === "" ? "you" : name));
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}` : (names[0] ?? "");
}

/** How a version is called in a sentence or a choice. */
export const calledOf = (version: Version): string =>
  version.name === null ? whenOf(version.at) : `${version.name}, ${whenOf(version.at)}`;

export interface Day {
  readonly key: string;
  readonly title: string;
  readonly versions: readonly Version[];
}

function dayTitle(day: Date, now: Date): string {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (day.toDateString() === now.toDateString()) return "Today";
  if (day.toDateString() === yesterday.toDateString()) return "Yesterday";
  return day.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** Versions, newest first, by the day they were taken on. */
export function daysOf(versions: readonly Version[], now: Date): readonly Day[] {
  const days = new Map<string, { readonly title: string; readonly versions: Version[] }>();
  for (const version of versions) {
    const day = new Date(version.at);
    const key = day.toDateString();
    const found = days.get(key) ?? { title: dayTitle(day, now), versions: [] };
    days.set(key, found);
    found.versions.push(version);
  }
  return [...days].map(([key, { title, versions: all }]) => ({ key, title, versions: all }));
}
