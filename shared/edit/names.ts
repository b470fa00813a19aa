/** Names that are free, and names as PostgreSQL chooses them. */

/** `wanted`, or the first of `wanted_2`, `wanted_3`, ... that is not taken. */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  let number = 2;
  while (used.has(`${wanted}_${String(number)}`)) number += 1;
  return `${wanted}_${String(number)}`;
}
