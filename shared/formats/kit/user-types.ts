/** Types of a design for formats that have enums and composite types, and no domains or ranges. */
import type { Dialect } from "../../dialects/dialect.ts";
import type { UserType } from "../../model/index.ts";

/** What is lost by it, in words that follow a number. */
export const DOMAINS = { domains: "domains and range types (columns keep the names of them)" };

/** Enums, and composite types whose fields are no more than names and types; the others are counted. */
export function plainTypes(
  types: readonly UserType[],
  { types: { canonical } }: Dialect,
  lost: Map<string, number>,
): readonly UserType[] {
  const kept = types.flatMap((type): UserType[] => {
    if (type.kind === "enum") return [{ ...type, values: [...new Set(type.values)] }];
    if (type.kind !== "composite") return [];
    const fields = type.fields.map(({ name, type: held }) => ({ name, type: canonical(held), collation: null, comment: null }));
    return [{ ...type, fields }];
  });
  if (kept.length < types.length) lost.set("domains" satisfies keyof typeof DOMAINS, types.length - kept.length);
  return kept;
}
