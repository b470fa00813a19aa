/** Renaming a name inside an SQL expression without touching its strings and comments. */
import { type LexicalRules, tokenName, tokens } from "./scanner.ts";

export interface RenameRules extends LexicalRules {
  readonly quote: (name: string) => string;
  /** How the engine reads an unquoted name: PostgreSQL folds to lower case. */
  readonly fold: (word: string) => string;
}

/** Every name in the expression that means `from` becomes `to`. A name followed by `(` is a function and stays. */
export function renameInExpression(expression: string, from: string, to: string, rules: RenameRules): string {
  let out = "";
  let last = 0;
  for (const token of tokens(expression, rules)) {
    if (token.kind !== "word" && token.kind !== "quoted") continue;
    const name = tokenName(expression, token);
    if ((token.kind === "quoted" ? name : rules.fold(name)) !== from) continue;
    if (/^\s*\(/.test(expression.slice(token.end))) continue;
    out += expression.slice(last, token.start) + rules.quote(to);
    last = token.end;
  }
  return out + expression.slice(last);
}
