/**
 * The comments in the text of a CREATE TABLE, which SQLite keeps with the text, and what each speaks of: a comment behind something
 * in the same line is about that, one in a line of its own about what follows, and one behind the opening parenthesis or outside of
 * it about the table.
 */
import { tokens } from "../../kit/scanner.ts";
import { LEXICAL } from "../splitter.ts";

export interface Comments {
  readonly table: string | null;
  /** By the number of the item between commas, from 0: columns and table constraints. */
  readonly items: ReadonlyMap<number, string>;
}

/** The words of a comment without its marks. */
function words(comment: string): string {
  if (comment.startsWith("--")) return comment.slice(2).trim();
  const lines = comment.replace(/^\/\*+|\*+\/$/g, "").split("\n");
  return lines
    .map((line) => line.replace(/^\s*\* ?/, "").trim())
    .join("\n")
    .trim();
}

/** The comments before what follows AS or USING: those of a view or a virtual table. */
export function headComment(sql: string): string | null {
  const found: string[] = [];
  let body = false;
  for (const { kind, start, end } of tokens(sql, LEXICAL)) {
    if (kind === "space") continue;
    if (kind === "comment") found.push(words(sql.slice(start, end)));
    else if (body) break;
    else body = kind === "word" && /^(as|using)$/i.test(sql.slice(start, end));
  }
  return found.join("\n").trim() || null;
}

/** A comment behind what stands in the same line; more than one line stands between marks. */
export function writtenBehind(comment: string | null): string {
  if (!comment) return "";
  return comment.includes("\n") ? ` /* ${comment.replaceAll("*/", "* /")} */` : ` -- ${comment}`;
}

/** As `writtenBehind`, with the blank or line's end that what follows needs. */
export function behind(comment: string | null): string {
  return `${writtenBehind(comment)}${comment ? "\n" : " "}`;
}

export function readComments(sql: string): Comments {
  const table: string[] = [];
  const items = new Map<number, string[]>();
  let depth = 0;
  let item = 0;
  /** What stands before: nothing or the opening parenthesis, a comma between items, something of an item, or what closes all. */
  let before: "open" | "comma" | "item" | "close" = "open";
  let newLine = false;
  const all = [...tokens(sql, LEXICAL)];
  const closes = all.findLastIndex(({ start, end }) => sql.slice(start, end) === ")");
  all.forEach(({ kind, start, end }, at) => {
    const text = sql.slice(start, end);
    if (kind === "space") newLine ||= text.includes("\n");
    else if (kind === "comment") {
      const behind = !newLine && before === "comma" ? item - 1 : item;
      const last = at < closes ? behind : item;
      if (depth === 0 || before === "close" || (before === "open" && !newLine)) table.push(words(text));
      else items.set(last, [...(items.get(last) ?? []), words(text)]);
    } else {
      newLine = false;
      if (text === "(") depth += 1;
      if (text === ")") depth -= 1;
      if (text === "," && depth === 1) item += 1;
      if (depth > 0 || at >= closes)
        before =
          at === closes
            ? "close"
            : depth === 1 && text === ","
              ? "comma"
              : depth === 1 && text === "(" && before === "open"
                ? "open"
                : "item";
    }
  });
  const said = (list: readonly string[]): string => list.filter((line) => line !== "").join("\n");
  const found = [...items].map(([number, list]) => [number, said(list)] as const).filter(([, text]) => text !== "");
  return { table: said(table) === "" ? null : said(table), items: new Map(found) };
}
