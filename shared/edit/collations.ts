/** Collations as a person says them. */
import type { Dialect } from "../dialects/dialect.ts";

/** The catalogue's own spelling of a collation that a person named: `C` is `pg_catalog."C"`. Null for nothing. */
export function collationNamed(text: string, { features, quote }: Dialect): string | null {
  const wanted = text.trim();
  if (wanted === "") return null;
  const known = features.collations.find(
    (name) => name === wanted || [wanted, quote.identifier(wanted), `"${wanted}"`].some((ending) => name.endsWith(`.${ending}`)),
  );
  return known ?? wanted;
}
