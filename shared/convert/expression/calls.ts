/** Functions and values by names of no dialect. */

/** Names of values that are no functions of anything. */
export const VALUES: ReadonlySet<string> = new Set(["now", "today", "clock", "uuid"]);

/** How many arguments a function has everywhere, at least and at most; one unless said. */
const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  coalesce: [1, 99],
  nullif: [2, 2],
  round: [1, 1],
  substring: [2, 3],
  replace: [3, 3],
  greatest: [2, 99],
  least: [2, 99],
  concat: [1, 99],
};

/** Is this function called with so many arguments? */
export function fits(name: string, count: number): boolean {
  const [least, most] = ARITY[name] ?? [1, 1];
  return count >= least && count <= most;
}
