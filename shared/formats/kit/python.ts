/** Python as text. */
import { textLiteral } from "./comments.ts";

/** A literal that Python reads as the same text: JSON's, but for characters beyond the first plane, which stay as they are. */
export const pyText = textLiteral;

/** The comment of a class, as its docstring; empty where there is none. */
export function docstring(comment: string | null, indent: string): string {
  if (comment === null || comment.trim() === "") return "";
  const text = comment
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/\0/g, "\\0")
    .replace(/\r\n?|[\f\v\u2028\u2029]/g, "\n");
  return `${indent}"""${text.replaceAll("\n", `\n${indent}`)}"""\n\n`;
}

/** `name=value, ...` of what is there. */
export const named = (args: Readonly<Record<string, string | null>>): readonly string[] =>
  Object.entries(args).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));

/** A tuple or a list in lines of its own; empty where there is nothing in it. */
export const block = (head: string, items: readonly string[], tail: string, indent: string): string =>
  items.length === 0 ? "" : `${indent}${head}\n${items.map((item) => `${indent}    ${item},\n`).join("")}${indent}${tail}\n`;
