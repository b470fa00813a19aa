/** Texts in quotes: what they mean, and how they are written. */

const SIMPLE: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  r: "\r",
  "0": "\0",
  b: "\b",
  v: "\v",
  f: "\f",
  // The language keeps the backslash before a blank.
  " ": "\\ ",
};

/** The escape whose backslash stands at `at`: what it means, and where it ends. */
export function escape(text: string, at: number): { readonly means: string; readonly end: number } {
  const c = text[at + 1];
  if (c === undefined) return { means: "\\", end: at + 1 };
  if (c === "\n") return { means: "", end: at + 2 };
  if (c === "\r") return { means: "", end: text[at + 2] === "\n" ? at + 3 : at + 2 };
  const code = c === "u" ? /^[\dA-Fa-f]{4}/.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
  if (code !== undefined) return { means: String.fromCharCode(Number.parseInt(code, 16)), end: at + 6 };
  return { means: SIMPLE[c] ?? c, end: at + 2 };
}

function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  let made = "";
  let from = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", from)) {
    const { means, end } = escape(text, at);
    made += text.slice(from, at) + means;
    from = end;
  }
  return made + text.slice(from);
}

/** Several lines without the indent they share, and without empty lines before the first. */
function dedent(text: string): string {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first < 0) return "";
  const kept = lines.slice(first);
  const indent = kept.reduce(
    (least, line) => (line.trim() === "" ? least : Math.min(least, line.length - line.trimStart().length)),
    Infinity,
  );
  return kept.map((line) => line.slice(indent)).join("\n");
}

/** What a token `'…'`, `'''…'''`, `"…"` or `` `…` `` holds; one that is not closed holds the rest. */
export function contents(source: string): string {
  if (source.startsWith("`")) return source.slice(1, source.length > 1 && source.endsWith("`") ? -1 : undefined);
  if (!source.startsWith("'''")) {
    const quote = source[0] ?? "";
    const closed = source.length > 1 && source.endsWith(quote);
    return unescape(source.slice(1, closed ? -1 : undefined));
  }
  const closed = source.length > 5 && source.endsWith("'''");
  return dedent(unescape(source.slice(3, closed ? -3 : undefined).replaceAll("\r\n", "\n")));
}

const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0" };
/** What a text may hold and a line may not. */
const AWKWARD = /[\\\n\r\t\0]/g;

function escaped(text: string, quote: string): string {
  const safe = text.replace(AWKWARD, (c) => ESCAPED[c] ?? c);
  return quote + safe.replaceAll(quote, `\\${quote}`) + quote;
}

/** A name that may stand anywhere: in double quotes. */
export const quoted = (name: string): string => escaped(name, '"');

/** A text as one line. */
export const stringLine = (text: string): string => escaped(text, "'");

/** A note: lines stay lines where that reads back the same. `indent` is that of the line it begins in. */
export function note(text: string, indent: string): string {
  const lines = text.split("\n");
  const plain = lines.length > 1 && !/[\r\t\0\\]/.test(text) && !text.includes("'''") && !text.endsWith("'");
  const [first = "", last = ""] = [lines[0], lines.at(-1)];
  const fits = plain && first.trim() !== "" && last.trim() !== "" && lines.every((line) => line === "" || line.trim() !== "");
  if (!fits || !lines.some((line) => line !== "" && !line.startsWith(" "))) return stringLine(text);
  return `'''\n${lines.map((line) => (line === "" ? "" : `${indent}  ${line}`)).join("\n")}'''`;
}
