/** The dialect that a text means by a name. */
import type { Dialect } from "../../dialects/dialect.ts";

const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");

/** `PostgreSQL`, `postgres`, `MariaDB 10.11`: the dialect that is meant, or null. */
export function dialectCalled(name: string, dialects: readonly Dialect[]): Dialect | null {
  const wanted = plainName(name);
  if (wanted === "") return null;
  const named = dialects.find(({ id, label }) => [id, label].some((word) => plainName(word) === wanted));
  return named ?? dialects.find(({ id, label }) => [id, label].some((word) => wanted.startsWith(plainName(word)))) ?? null;
}
