/** Ids made from names: the same text gives the same ids. */

/** Names are parts of ids: a dot in one is not the dot between two. */
export const safe = (name: string): string => (name.includes(".") || name.includes("\\") ? name.replace(/[.\\]/g, "\\$&") : name);

/** An id made from a kind and names. */
export const idOf = <T extends string>(kind: string, ...names: readonly string[]): T =>
  `${kind}:${names.map(safe).join(".")}` as T;
