/** Whole lines of a text: putting one in, and taking one out with what belongs to it. */
import type { Span } from "../text/ast.ts";
import type { TextEdit } from "./edits.ts";

const endOfLine = (text: string, at: number): number => {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
};
const startOfLine = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1);

/** The blanks that the line of a place begins with. */
export function indentAt(text: string, at: number): string {
  const start = startOfLine(text, at);
  let end = start;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return text.slice(start, end);
}

/** The end of what belongs to something that ends at a place: its line with the comment in it, unless more stands there. */
export function tailOf(text: string, at: number): number {
  const end = endOfLine(text, at);
  const rest = text.slice(at, end).trim();
  return rest === "" || rest.startsWith("//") || /^\/\*(?:[^*]|\*(?!\/))*\*\/$/.test(rest) ? end : at;
}

/** Takes something out; its line goes with it when nothing else stands there. */
export function without(text: string, { start, end }: Span): TextEdit {
  const from = startOfLine(text, start);
  const to = tailOf(text, end);
  const alone = text.slice(from, start).trim() === "" && (to > end || to === endOfLine(text, end));
  if (!alone) return { from: start, to: end, insert: "" };
  return { from, to: Math.min(text.length, to + 1), insert: "" };
}

/** Takes an element out, and the empty line after it. */
export function withoutElement(text: string, span: Span): TextEdit {
  const { from, to } = without(text, span);
  const next = endOfLine(text, to);
  return { from, to: to > span.end && text.slice(to, next).trim() === "" ? Math.min(text.length, next + 1) : to, insert: "" };
}
