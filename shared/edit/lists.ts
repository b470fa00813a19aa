/** Ordered lists that a person sorts by hand. */

/** The list with one item at another place, no further than its ends; the same list where nothing moves. */
export function moved<T>(list: readonly T[], at: number, to: number): readonly T[] {
  const place = Math.max(0, Math.min(list.length - 1, to));
  const item = list[at];
  if (item === undefined || place === at) return list;
  const rest = list.filter((_, index) => index !== at);
  return [...rest.slice(0, place), item, ...rest.slice(place)];
}
