/** A script in statements: by `;`, by lines `GO` or `/`, and by the words that begin one where nothing ends the one before. */
import { type Lexeme, lex } from "./lexer.ts";
import type { Product } from "./product.ts";

/** Words that begin a statement, first in their line, where none has to end it. */
const STARTS = new Set(
  "CREATE ALTER DROP INSERT EXEC EXECUTE IF PRINT USE GRANT REVOKE DENY DECLARE BEGIN END ELSE RAISERROR CHECKPOINT TRUNCATE UPDATE DELETE SET SELECT".split(
    " ",
  ),
);
/** What is made by a text with a body, up to the end of the batch or a line `/`. */
const BODIES = new Set(["PROCEDURE", "PROC", "FUNCTION", "TRIGGER", "PACKAGE"]);
const MODIFIERS = new Set(["OR", "REPLACE", "ALTER", "EDITIONABLE", "NONEDITIONABLE", "FORCE", "NOFORCE"]);

type Statement = readonly Lexeme[];

/** What a CREATE makes: the first word that says so. */
export function made(statement: Statement): string {
  return statement.slice(1).find(({ text }) => !MODIFIERS.has(text))?.text ?? "";
}

const hasBody = (statement: Statement): boolean => {
  const [head] = statement;
  if (head?.text !== "CREATE" && head?.text !== "ALTER") return head?.text === "DECLARE" || head?.text === "BEGIN";
  const what = made(statement);
  return BODIES.has(what) || (what === "TYPE" && statement.some(({ text }) => text === "BODY"));
};

/** The tokens of a text, those of the client's own lines left out and given apart. */
function withoutClient(text: string, { clientWords }: Product): { readonly blank: string; readonly lines: Lexeme[] } {
  if (clientWords.length === 0) return { blank: text, lines: [] };
  const pattern = new RegExp(`^[ \\t]*(?:${clientWords.join("|")})(?![\\w$#])[^\\n]*`, "gim");
  const lines: Lexeme[] = [];
  const blank = text.replace(pattern, (line, at: number) => {
    const start = at + line.search(/\S/);
    lines.push({
      kind: "word",
      start,
      end: at + line.length,
      text: line.trim().split(/\s/)[0]?.toUpperCase() ?? "",
      first: true,
    });
    return " ".repeat(line.length);
  });
  return { blank, lines };
}

export interface Cut {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly clientLines: readonly Lexeme[];
}

export function cut(script: string, product: Product): Cut {
  const { blank, lines } = withoutClient(script, product);
  const cutter = new Cutter(product);
  for (const token of lex(blank)) cutter.take(token, blank);
  return { text: blank, statements: cutter.end(), clientLines: lines };
}

class Cutter {
  readonly #product: Product;
  readonly #found: Statement[] = [];
  #now: Lexeme[] = [];
  #depth = 0;
  #body: boolean | null = null;

  constructor(product: Product) {
    this.#product = product;
  }

  #close(): void {
    if (this.#now.length > 0) this.#found.push(this.#now);
    this.#now = [];
    this.#depth = 0;
    this.#body = null;
  }

  /** Known once a few words of a statement are read. */
  #inBody(): boolean {
    if (this.#body === null && this.#now.length >= 6) this.#body = hasBody(this.#now);
    return this.#body ?? hasBody(this.#now);
  }

  take(token: Lexeme, text: string): void {
    const { batches, slashes } = this.#product;
    if (batches && token.first && token.text === "GO" && token.kind === "word") return this.#close();
    if (slashes && token.first && token.text === "/" && /^\/[ \t\r]*(\n|$)/.test(text.slice(token.start, token.start + 80)))
      return this.#close();
    if (token.text === ";" && token.kind === "symbol" && this.#depth === 0) {
      // A block of T-SQL is read statement by statement, one of PL/SQL is whole.
      if (!this.#inBody() || (batches && !/^(CREATE|ALTER)$/.test(this.#now[0]?.text ?? ""))) this.#close();
      else this.#now.push(token);
      return;
    }
    if (batches && this.#starts(token)) this.#close();
    if (token.kind === "symbol" && token.text === "(") this.#depth += 1;
    if (token.kind === "symbol" && token.text === ")") this.#depth = Math.max(0, this.#depth - 1);
    this.#now.push(token);
  }

  #starts({ first, kind, text }: Lexeme): boolean {
    if (!first || kind !== "word" || this.#depth > 0 || !STARTS.has(text)) return false;
    const [head] = this.#now;
    if (!head || ((head.text === "CREATE" || head.text === "ALTER") && (this.#inBody() || made(this.#now) === "VIEW")))
      return false;
    const last = this.#now.at(-1)?.text ?? "";
    if (/^(ON|FOR|OR|,|AND|NOT|AS)$/.test(last)) return false;
    const altering = head.text === "ALTER" && /^(ALTER|DROP|SET)$/.test(text) && this.#now.length <= 8;
    return !altering && !(head.text === "INSERT" && text === "SELECT");
  }

  end(): readonly Statement[] {
    this.#close();
    return this.#found;
  }
}
