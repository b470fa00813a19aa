/** Names inside SQL, without its strings: renaming one in an expression, following all of them in a definition. */
import type { NameToken, Texts } from "../dialect.ts";
import { findMentions, findResult } from "../kit/mentions/index.ts";
import { quoted } from "./quote.ts";
import { tokenize, unquoteName } from "./text/lexer.ts";
import { USUAL } from "./text/mode.ts";

/** Every name in the expression that means `from` becomes `to`. A name followed by `(` is a function and stays. */
export function renameInExpression(expression: string, from: string, to: string): string {
  const tokens = tokenize(expression, USUAL);
  let out = "";
  let last = 0;
  tokens.forEach(({ kind, start, end }, at) => {
    if (kind !== "word" && kind !== "quoted") return;
    const raw = expression.slice(start, end);
    const name = kind === "quoted" ? unquoteName(raw) : raw;
    if (name.toLowerCase() !== from.toLowerCase() || (kind === "word" && tokens[at + 1]?.word === "(")) return;
    out += expression.slice(last, start) + quoted(to);
    last = end;
  });
  return out + expression.slice(last);
}

function named(text: string): NameToken[] {
  return tokenize(text, USUAL).map(({ kind, start, end, word }) => {
    const raw = text.slice(start, end);
    const name = kind === "quoted" ? unquoteName(raw) : kind === "word" ? raw : null;
    return { start, end, word: word.toLowerCase(), key: name?.toLowerCase() ?? null };
  });
}

export const texts: Texts = {
  key: (name) => name.toLowerCase(),
  tokens: named,
  mentions: (text, relations, owner) => findMentions(named(text), relations, owner),
  result: (text, relations) => findResult(text, named(text), relations),
};
