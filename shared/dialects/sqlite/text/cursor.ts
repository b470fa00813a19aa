/** A walk over the tokens of one statement of SQLite, without its spaces and comments; words in lower case. */
import { type Token, tokenName, tokens } from "../../kit/scanner.ts";
import { Walk, type WalkToken } from "../../kit/walk.ts";
import { LEXICAL } from "../splitter.ts";

type CursorToken = Token & WalkToken;

function tokensOf(text: string): CursorToken[] {
  return [...tokens(text, LEXICAL)].flatMap((token): CursorToken[] => {
    if (token.kind === "space" || token.kind === "comment") return [];
    const plain = token.kind === "word" || token.kind === "symbol";
    return [{ ...token, word: plain ? text.slice(token.start, token.end).toLowerCase() : "" }];
  });
}

export class Cursor extends Walk<CursorToken> {
  constructor(text: string) {
    super(text, tokensOf(text));
  }

  /** The next token as a name: a word, a quoted name, or a string, which SQLite takes for a name too. */
  name(): string {
    const token = this.ahead();
    this.next();
    if (!token) return "";
    if (token.kind !== "string") return tokenName(this.text, token);
    return this.text.slice(token.start + 1, token.end - 1).replaceAll("''", "'");
  }
}
