/** How PostgreSQL's dumps are cut: `kit/splitter.ts` with psql's rules. */
import type { Splitter } from "../dialect.ts";
import { renameInExpression as rename, textsOf } from "../kit/rename.ts";
import type { LexicalRules } from "../kit/scanner.ts";
import { createSplitter } from "../kit/splitter.ts";
import { identifier } from "./quote.ts";

export const LEXICAL: LexicalRules = { dollarQuotes: true, nestedComments: true, backticks: false, brackets: false };

export function splitter(): Splitter {
  return createSplitter({
    ...LEXICAL,
    clientMark: "\\",
    copy: true,
    body: /^create\s+(or\s+replace\s+)?(function|procedure)\b/i,
    data: /^(insert|update|delete|merge|truncate)\b|^select\s+(pg_catalog\.)?setval\s*\(|^with\b[\s\S]*?\)\s*(insert|update|delete)\b/i,
  });
}

/** Rewrites a column or type name inside an expression. */
export function renameInExpression(expression: string, from: string, to: string): string {
  return rename(expression, from, to, { ...LEXICAL, quote: identifier, fold: (word) => word.toLowerCase() });
}

export const texts = textsOf(
  LEXICAL,
  (word) => word.toLowerCase(),
  (name) => name,
);
