/** Any text inside Markdown of GitHub's kind: as code, as prose, in a cell, as a block. */
import { wellFormed } from "../kit/xml.ts";

// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
/** What has line breaks in one line. */
const flat = (text: string): string =>
  wellFormed(text)
    .replace(CONTROL, "\ufffd")
    .replace(/[\t\r\n\u2028\u2029]+/g, " ");
const entity = (letter: string): string => `&#${String(letter.codePointAt(0))};`;

/** A name or an expression, good in a cell too. Where backticks will not do, an element with its letters as numbers. */
export function code(text: string): string {
  const line = flat(text);
  if (line.trim() === "") return line === "" ? "" : "<code>&#32;</code>";
  if (!/[`|\\]/.test(line) && line === line.trim()) return `\`${line}\``;
  return `<code>${line.replace(/[^A-Za-z0-9 \u0080-\u{10ffff}]/gu, entity)}</code>`;
}

/** A sentence or more, good in a cell too: nothing in it is markup, line breaks stay. */
export function prose(text: string): string {
  const lines = wellFormed(text)
    .replace(CONTROL, "\ufffd")
    .split(/\r\n|[\r\n\u2028\u2029]/);
  return lines
    .map((line) =>
      line
        .trim()
        .replace(/[\\`*{}[\]<>#|~&$!@]/g, "\\$&")
        .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_")
        .replace(/^([-+=]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`)),
    )
    .join("<br>");
}

/** A block of code, with a fence that nothing in it closes. */
export function block(text: string, language: string): string {
  const body = wellFormed(text).replace(CONTROL, "\ufffd").replace(/\r\n?/g, "\n");
  const longest = [...body.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
  const fence = "`".repeat(Math.max(3, longest + 1));
  let end = body.length;
  while (body[end - 1] === "\n") end -= 1;
  return `${fence}${language}\n${body.slice(0, end)}\n${fence}`;
}

/** A table; rows are of cells that are escaped already. Empty for no rows. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
