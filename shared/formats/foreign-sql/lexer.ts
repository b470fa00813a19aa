/** The tokens of SQL Server's and Oracle's SQL: brackets, `N'...'`, `q'[...]'`, comments of both kinds. One pass, whatever the text. */

export interface Lexeme {
  readonly kind: "word" | "name" | "string" | "number" | "symbol";
  readonly start: number;
  readonly end: number;
  /** A word in capitals, the symbol itself; what a quoted name or a string says. */
  readonly text: string;
  /** Nothing but spaces before it in its line. */
  readonly first: boolean;
}

const WORD = /[\p{L}_#@$][\p{L}\p{N}_#@$]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
const CLOSERS: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">" };

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The end of what opens at `at` and whose closing mark is doubled to stand for itself; the text's end where it is not closed. */
function closed(text: string, at: number, mark: string): number {
  for (let end = text.indexOf(mark, at + 1); end >= 0; end = text.indexOf(mark, end + 2))
    if (text[end + 1] !== mark) return end + 1;
  return text.length;
}

function commentEnd(text: string, at: number): number {
  if (text.startsWith("--", at)) {
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end;
  }
  if (!text.startsWith("/*", at)) return at;
  const end = text.indexOf("*/", at + 2);
  return end < 0 ? text.length : end + 2;
}

/** `q'[it's]'` of Oracle. */
function alternative(text: string, at: number): number {
  const open = text[at + 2] ?? "";
  const end = text.indexOf(`${CLOSERS[open] ?? open}'`, at + 3);
  return end < 0 ? text.length : end + 2;
}

function stringAt(text: string, at: number): { readonly end: number; readonly says: string } | null {
  const head = text.slice(at, at + 3).toUpperCase();
  if (head.startsWith("Q'")) {
    const end = alternative(text, at);
    return { end, says: text.slice(at + 3, end - 2) };
  }
  const start = head.startsWith("N'") ? at + 1 : at;
  if (text[start] !== "'") return null;
  const end = closed(text, start, "'");
  return { end, says: text.slice(start + 1, end - 1).replaceAll("''", "'") };
}

/** All tokens between two places. */
export function lex(text: string, from = 0, to = text.length): Lexeme[] {
  const found: Lexeme[] = [];
  let first = true;
  for (let at = from; at < to;) {
    const c = text.charAt(at);
    if (/\s/.test(c)) {
      if (c === "\n") first = true;
      at += 1;
      continue;
    }
    const after = commentEnd(text, at);
    if (after > at) {
      if (text.slice(at, after).includes("\n")) first = true;
      at = after;
      continue;
    }
    const token = tokenAt(text, at, first);
    found.push(token);
    first = false;
    at = token.end;
  }
  return found;
}

function tokenAt(text: string, start: number, first: boolean): Lexeme {
  const c = text.charAt(start);
  const string = stringAt(text, start);
  if (string) return { kind: "string", start, end: string.end, text: string.says, first };
  if (c === '"' || c === "[") {
    const mark = c === '"' ? '"' : "]";
    const end = closed(text, start, mark);
    return { kind: "name", start, end, text: text.slice(start + 1, end - 1).replaceAll(mark + mark, mark), first };
  }
  const word = match(WORD, text, start);
  if (word > start) return { kind: "word", start, end: word, text: text.slice(start, word).toUpperCase(), first };
  const number = match(NUMBER, text, start);
  if (number > start) return { kind: "number", start, end: number, text: text.slice(start, number), first };
  // Half of a pair may stand alone, at the end of a text that was cut.
  const end = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  return { kind: "symbol", start, end, text: text.slice(start, end), first };
}
