/** What is ticked, with some keys more, or without them. */
export function ticked(before: ReadonlySet<string>, keys: readonly string[], take: boolean): ReadonlySet<string> {
  const next = new Set(before);
  for (const key of keys) {
    if (take) next.add(key);
    else next.delete(key);
  }
  return next;
}
