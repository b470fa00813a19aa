/** What the comments say of times, places and numbers. */
import type { Comment, Where } from "#shared/comments/index.ts";
import { TINTS } from "../../stores/tints.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, short; from a week on the day itself. */
export function ago(then: number, now: number): string {
  const passed = now - then;
  if (passed < MINUTE) return "now";
  if (passed < HOUR) return `${String(Math.floor(passed / MINUTE))} min`;
  if (passed < DAY) return `${String(Math.floor(passed / HOUR))} h`;
  if (passed < 7 * DAY) return `${String(Math.floor(passed / DAY))} d`;
  return new Date(then).toLocaleDateString(undefined, { dateStyle: "medium" });
}

export const wholeTime = (then: number): string =>
  new Date(then).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Where a thread is pinned, in words. */
export const placeWords = ({ label, gone }: Where): string => (gone ? `was on ${label}` : label);

export const counted = (count: number, what: string, many = `${what}s`): string =>
  count === 1 ? `1 ${what}` : `${String(count)} ${many}`;

/** The colour of a person as CSS: only colours of the palette come out of what others wrote. */
export const colourOf = (tint: string): string => `var(--tint-${TINTS.find((known) => known === tint) ?? "slate"})`;

/** The latest comment is the newest news of a thread. */
export const latest = (comments: readonly Comment[]): number => Math.max(...comments.map(({ made }) => made));
