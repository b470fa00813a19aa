/** Quoting: MySQL manual, "Schema Object Names" and "String Literals". The reserved words are those of both servers. */
import reserved from "./reserved.json" with { type: "json" };

const RESERVED: ReadonlySet<string> = new Set(reserved);
const PLAIN = /^[A-Za-z_]\w*$/;

/** As the server itself prints a name: always in backticks. */
export const quoted = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

/** Quotes a name where it would otherwise be misread. */
export function identifier(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name.toLowerCase()) ? name : quoted(name);
}

const ESCAPED: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\n": "\\n",
  "\r": "\\r",
  "\u001a": "\\Z",
  "\\": "\\\\",
  "'": "''",
};

/** A string literal under the usual mode, where a backslash escapes: scripts and sessions of ours set it. */
export function literal(text: string): string {
  // eslint-disable-next-line no-control-regex -- the control characters that a literal must not hold as they are
  return `'${text.replace(/[\0\n\r\u001a\\']/g, (c) => ESCAPED[c] ?? c)}'`;
}
