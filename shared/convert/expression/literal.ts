/** Literals of all dialects: numbers, strings and bits, however they are introduced. */
import { type Cursor, unsure } from "./cursor.ts";
import type { NameToken } from "../../dialects/dialect.ts";
import type { Tree } from "./tree.ts";

const ESCAPES: Readonly<Record<string, string>> = { 0: "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\u001a" };
const unescape = (text: string): string => text.replace(/\\([\s\S])/g, (_, c: string) => ESCAPES[c] ?? c);

/** The literal that is next; null where none is. */
export function readLiteral(cursor: Cursor, token: NameToken, backslashes: boolean): Tree | null {
  const raw = cursor.raw();
  const pass = (tree: Tree): Tree => {
    cursor.at += 1;
    return tree;
  };
  const plain = (text: string, mark: string): string => {
    const inner = text.slice(1, -1).replaceAll(mark + mark, mark);
    return backslashes ? unescape(inner) : inner;
  };
  if (token.word === "null") return pass({ kind: "null" });
  if (token.word === "true" || token.word === "false") return pass({ kind: "boolean", value: token.word === "true" });
  if (/^(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(raw)) return pass({ kind: "number", text: raw });
  if (raw.startsWith("'") && raw.length > 1) return pass({ kind: "string", text: plain(raw, "'") });
  if (raw.startsWith('"') && token.key === null) return pass({ kind: "string", text: plain(raw, '"') });
  if (/^e'/i.test(raw)) return pass({ kind: "string", text: unescape(raw.slice(2, -1).replaceAll("''", "'")) });
  if (/^b'[01]*'$/i.test(raw)) return pass({ kind: "bits", text: raw.slice(2, -1) });
  if (/^n'/i.test(raw)) return pass({ kind: "string", text: plain(raw.slice(1), "'") });
  return introduced(cursor, token, backslashes);
}

/** `b'0'`, `_utf8mb4'x'` and `N'x'` where a word and a string stand side by side. */
function introduced(cursor: Cursor, token: NameToken, backslashes: boolean): Tree | null {
  const next = cursor.ahead(1);
  if (!next || next.start !== token.end || !cursor.raw(1).startsWith("'")) return null;
  const inner = cursor.raw(1).slice(1, -1);
  cursor.at += 2;
  if (token.word === "b") return /^[01]*$/.test(inner) ? { kind: "bits", text: inner } : unsure();
  if (token.word !== "n" && !/^_(utf8(mb[34])?|latin1|ascii)$/.test(token.word)) return unsure();
  const text = inner.replaceAll("''", "'");
  return { kind: "string", text: backslashes ? unescape(text) : text };
}
