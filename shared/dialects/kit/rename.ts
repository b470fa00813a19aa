/** Names inside SQL, without its strings and comments: renaming one in an expression, following all of them in a definition. */
import type { NameToken, Texts } from "../dialect.ts";
import { findMentions, findResult } from "./mentions/index.ts";
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

/** A dialect's texts, as its lexical rules read them. `fold` says how the engine compares an unquoted name, `key` a quoted one. */
export function textsOf(rules: LexicalRules, fold: (word: string) => string, key: (name: string) => string): Texts {
  const named = (text: string): NameToken[] =>
    [...tokens(text, rules)].flatMap((token) => {
      const { kind, start, end } = token;
      if (kind === "space" || kind === "comment") return [];
      const isWord = kind === "word";
      const word = isWord || kind === "symbol" ? text.slice(start, end).toLowerCase() : "";
      const name = isWord ? fold(tokenName(text, token)) : kind === "quoted" ? key(tokenName(text, token)) : null;
      return [{ start, end, word, key: name }];
    });
  return {
    key,
    tokens: named,
    mentions: (text, relations, owner) => findMentions(named(text), relations, owner),
    result: (text, relations) => findResult(text, named(text), relations),
  };
}
