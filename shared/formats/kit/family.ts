/** Whose manner a dialect follows, as far as other tools know databases: told by what it can do. */
import type { Dialect } from "../../dialects/dialect.ts";

export type Family = "postgres" | "mysql" | "sqlite";

export function familyOf({ features }: Dialect): Family {
  if (features.arrays) return "postgres";
  return features.prefixLengths ? "mysql" : "sqlite";
}
