/** SQLite's quoting: sqlite.org/lang_keywords.html and sqlite.org/lang_expr.html. */
import keywords from "./keywords.json" with { type: "json" };

const KEYWORDS: ReadonlySet<string> = new Set(keywords);
const PLAIN = /^[A-Za-z_]\w*$/;

/** Whether SQLite's grammar knows the word, whatever its case. */
export const isKeyword = (word: string): boolean => KEYWORDS.has(word.toLowerCase());

/** Quotes a name where it would otherwise be misread. Case is kept by SQLite, so capitals need no quotes. */
export function identifier(name: string): string {
  return PLAIN.test(name) && !isKeyword(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
