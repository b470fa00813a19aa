/**
 * Cuts a dump into statements as it streams in.
 *
 * Knows what a client program knows: strings, dollar quotes, comments, parentheses, bodies between BEGIN and END, the rows after
 * `COPY ... FROM stdin`, and the client's own lines (psql's `\`, sqlite3's `.`). It does not know the grammar.
 */
import type { TextSpan } from "../../result/index.ts";
import type { Piece, PieceKind, Splitter } from "../dialect.ts";
import { type LexicalRules, tokenAt } from "./scanner.ts";

export interface SplitRules extends LexicalRules {
  /** A line that starts with this, where a statement could start, is the client's own. */
  readonly clientMark: "\\" | ".";
  /** Rows follow `COPY ... FROM stdin;` up to a line `\.`. */
  readonly copy: boolean;
  /** Statements that may hold a body between BEGIN and END, by their first words. */
  readonly body: RegExp;
  /** Statements that change rows, by their first words. */
  readonly data: RegExp;
}

/** How much longer what is left must grow before it is scanned from its start again. */
const GROWTH = 1.5;

const COPY_FROM_STDIN = /^copy\b[\s\S]*\bfrom\s+stdin\b/i;

interface Cursor {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

class StreamSplitter implements Splitter {
  readonly #rules: SplitRules;
  /** What is not cut yet; it starts at `#at`. */
  #buffer = "";
  #begun = false;
  #at: Cursor = { offset: 0, line: 1, column: 1 };
  /** Not looked at again before it is this long: so the work stays linear however long one statement is. */
  #enough = 0;

  constructor(rules: SplitRules) {
    this.#rules = rules;
  }

  push(text: string): readonly Piece[] {
    this.#buffer += this.#begun ? text : text.replace(/^\uFEFF/, "");
    this.#begun ||= text !== "";
    return this.#cut(false);
  }

  end(): readonly Piece[] {
    return this.#cut(true);
  }

  #cut(last: boolean): readonly Piece[] {
    const pieces: Piece[] = [];
    if (!last && this.#buffer.length < this.#enough) return pieces;
    for (;;) {
      const piece = this.#next(last);
      if (piece === null) break;
      pieces.push(piece);
    }
    this.#enough = this.#buffer.length * GROWTH;
    return pieces;
  }

  /** The next piece, consumed; null when the buffer holds none that is complete. */
  #next(last: boolean): Piece | null {
    const start = this.#skipBlank(last);
    if (start === null) return null;
    if (this.#buffer.startsWith(this.#rules.clientMark)) return this.#clientLine(last);
    const found = this.#statementEnd(last);
    if (found === null && !last) return null;
    const end = found?.end ?? this.#buffer.length;
    const text = this.#buffer.slice(0, end).trimEnd();
    if (this.#rules.copy && found && COPY_FROM_STDIN.test(text)) return this.#copyRows(text, found.after, last);
    const kind: PieceKind = this.#rules.data.test(text) ? "data" : "statement";
    return this.#take(kind, text, found?.after ?? end, found !== null || !unfinished(text, this.#rules));
  }

  /** Drops spaces, comments and lone semicolons before a statement. Null when nothing is left, or more text is needed to know. */
  #skipBlank(last: boolean): true | null {
    let at = 0;
    while (at < this.#buffer.length) {
      const token = tokenAt(this.#buffer, at, this.#rules);
      const blank = token.kind === "space" || token.kind === "comment" || this.#buffer[at] === ";";
      if (!blank) break;
      // A comment that reaches the end of what is there may go on in what comes.
      const open = !token.closed || (token.kind === "comment" && token.end === this.#buffer.length);
      if (open && !last) break;
      at = token.end;
    }
    this.#advance(at);
    return this.#buffer === "" ? null : true;
  }

  #clientLine(last: boolean): Piece | null {
    const newline = this.#buffer.indexOf("\n");
    if (newline < 0 && !last) return null;
    const end = newline < 0 ? this.#buffer.length : newline;
    return this.#take("client-command", this.#buffer.slice(0, end).trimEnd(), end, true);
  }

  /** Where the statement's text ends and where the next begins. */
  #statementEnd(last: boolean): { readonly end: number; readonly after: number } | null {
    const text = this.#buffer;
    let parens = 0;
    let blocks = 0;
    let body: boolean | null = null;
    for (let at = 0; at < text.length;) {
      const token = tokenAt(text, at, this.#rules);
      if (!token.closed) return null;
      const c = text[at];
      if (token.kind === "word") {
        const word = text.slice(token.start, token.end).toLowerCase();
        if (word === "begin" || word === "case" || word === "end") {
          body ??= this.#rules.body.test(text);
          if (body && (word === "begin" || (word === "case" && blocks > 0))) blocks += 1;
          if (body && word === "end" && blocks > 0) blocks -= 1;
        }
      } else if (c === "(") parens += 1;
      else if (c === ")") parens = Math.max(0, parens - 1);
      else if (c === ";" && parens === 0 && blocks === 0) return { end: at, after: token.end };
      else if (c === "\\" && this.#rules.clientMark === "\\" && /^\\g\w*/.test(text.slice(at, at + 8))) {
        const line = text.indexOf("\n", at);
        if (line < 0 && !last) return null;
        return { end: at, after: line < 0 ? text.length : line };
      }
      at = token.end;
    }
    return null;
  }

  #copyRows(statement: string, after: number, last: boolean): Piece | null {
    const marker = last ? /^\\\.\r?$/m : /^\\\.\r?(?=\n)/m;
    const rows = this.#buffer.indexOf("\n", after);
    const found = rows < 0 ? null : marker.exec(this.#buffer.slice(rows));
    if (found) return this.#take("copy", statement, rows + found.index + found[0].length, true);
    return last ? this.#take("copy", statement, this.#buffer.length, false) : null;
  }

  #take(kind: PieceKind, text: string, length: number, complete: boolean): Piece {
    const span: TextSpan = { line: this.#at.line, column: this.#at.column, offset: this.#at.offset, length };
    this.#advance(length);
    return { kind, text, span, complete };
  }

  #advance(length: number): void {
    let { line, column } = this.#at;
    for (let i = 0; i < length; i += 1) {
      if (this.#buffer.charCodeAt(i) === 10) {
        line += 1;
        column = 1;
      } else column += 1;
    }
    this.#at = { offset: this.#at.offset + length, line, column };
    this.#buffer = this.#buffer.slice(length);
  }
}

/** A last statement without its `;` is complete unless the text stops inside a string, a comment or parentheses. */
function unfinished(text: string, rules: LexicalRules): boolean {
  let parens = 0;
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at, rules);
    if (!token.closed) return true;
    if (text[at] === "(") parens += 1;
    if (text[at] === ")") parens -= 1;
    at = token.end;
  }
  return parens > 0;
}

export function createSplitter(rules: SplitRules): Splitter {
  return new StreamSplitter(rules);
}
