/** How SQLite's texts are cut and read: `kit/` with sqlite3's rules. */
import type { Splitter } from "../dialect.ts";
import { renameInExpression as rename, textsOf } from "../kit/rename.ts";
import type { LexicalRules } from "../kit/scanner.ts";
import { createSplitter } from "../kit/splitter.ts";
import { identifier } from "./quote.ts";

export const LEXICAL: LexicalRules = { dollarQuotes: false, nestedComments: false, backticks: true, brackets: true };

export function splitter(): Splitter {
  return createSplitter({
    ...LEXICAL,
    clientMark: ".",
    copy: false,
    body: /^create\s+(?:temp(?:orary)?\s+)?trigger\b/i,
    data: /^(insert|replace|update|delete|select|values)\b|^with\b/i,
  });
}

/** Rewrites a column name inside an expression. Names differ only by more than case. */
export function renameInExpression(expression: string, from: string, to: string): string {
  return rename(expression, from, to, {
    ...LEXICAL,
    quote: identifier,
    fold: (word) => (word.toLowerCase() === from.toLowerCase() ? from : word),
  });
}

const lower = (name: string): string => name.toLowerCase();
export const texts = textsOf(LEXICAL, lower, lower);
