/** Comments of a design in code. */

/** A comment of TypeScript, each line after `indent`; empty where there is none. */
export function docComment(comment: string | null, indent: string): string {
  if (comment === null || comment.trim() === "") return "";
  const lines = comment.replaceAll("*/", "*\\/").split(/\r\n|[\n\r\u2028\u2029]/);
  if (lines.length === 1) return `${indent}/** ${lines[0] ?? ""} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
}

/** A text as a literal of TypeScript, and of Python as well. */
export const textLiteral = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** SQL as a template of TypeScript. */
export const sqlTemplate = (sql: string): string => `sql\`${sql.replace(/[\\`]|\$\{/g, (c) => `\\${c}`)}\``;
