/** PostgreSQL's quoting: the manual, "Identifiers and Key Words" and "String Constants". */
import reserved from "./reserved.json" with { type: "json" };

const RESERVED: ReadonlySet<string> = new Set(reserved);
const PLAIN = /^[a-z_][a-z0-9_$]*$/;

/** Quotes a name where it would otherwise be folded, misread, or taken for a key word. */
export function identifier(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A string constant; one with a backslash is written so that no setting can change its meaning. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes("\\") ? ` E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}
