/**
 * Cuts a MySQL dump into statements as it streams in, as the mysql client does: DELIMITER, strings, comments. Where a routine's
 * body stands without a DELIMITER, its BEGIN and END are counted.
 */
import type { TextSpan } from "../../../result/index.ts";
import type { Piece, PieceKind, Splitter } from "../../dialect.ts";
import { commentEnd, executableMark, quotedEnd, tokenize } from "./lexer.ts";
import { type Mode, modeAfter, USUAL } from "./mode.ts";

export type Executes = (mark: string) => boolean;

/** How much longer what is left must grow before it is scanned from its start again. */
const GROWTH = 1.5;
/** What stands this near to the end of what is here may turn into something else with the next push: `-` into a comment. */
const UNSURE = 16;
const CLIENT = /(?:delimiter|source|\\\.|\\[CGgdu])(?=[ \t])[^\r\n]*|\\[Gg]/iy;
const DELIMITER = /^delimiter\s+(\S+)/i;
const DATA = /^(?:insert|replace|update|delete|load|truncate|select|with|values|call|do|handler)\b/i;
const ROUTINE = /^create\b[^;]*?\b(?:trigger|procedure|function|event|package)\b/i;

interface End {
  readonly end: number;
  readonly after: number;
}

/** How far a statement was looked at for BEGIN and END, how many are open there, and the last word. */
interface Body {
  end: number;
  blocks: number;
  last: string;
}

class MysqlSplitter implements Splitter {
  readonly #executes: Executes;
  #buffer = "";
  /** Where in the buffer what is not cut yet starts; the counts are of that place. */
  #from = 0;
  #offset = 0;
  #line = 1;
  #column = 1;
  #enough = 0;
  #delimiter = ";";
  #begun = false;
  #mode: Mode = USUAL;

  constructor(executes: Executes) {
    this.#executes = executes;
  }

  push(text: string): readonly Piece[] {
    this.#buffer = this.#buffer.slice(this.#from) + (this.#begun ? text : text.replace(/^\uFEFF/, ""));
    this.#begun ||= text !== "";
    this.#from = 0;
    if (this.#buffer.length < this.#enough) return [];
    const pieces = this.#cut(false);
    this.#enough = (this.#buffer.length - this.#from) * GROWTH;
    return pieces;
  }

  end(): readonly Piece[] {
    return this.#cut(true);
  }

  #cut(last: boolean): readonly Piece[] {
    const pieces: Piece[] = [];
    for (let piece = this.#next(last); piece !== null; piece = this.#next(last)) pieces.push(piece);
    return pieces;
  }

  /** The next piece, consumed; null when the buffer holds none that is complete. */
  #next(last: boolean): Piece | null {
    if (!this.#skipBlank(last)) return null;
    const sure = last ? this.#buffer.length : this.#buffer.length - UNSURE;
    if (this.#from > sure) return null;
    CLIENT.lastIndex = this.#from;
    const line = CLIENT.exec(this.#buffer)?.[0];
    if (line !== undefined) return this.#clientLine(line, last);
    const found = this.#statementEnd();
    if (!last && (found === null || found.after > sure)) return null;
    const end = found?.end ?? this.#buffer.length;
    const text = this.#buffer.slice(this.#from, end).trimEnd();
    this.#mode = modeAfter(this.#mode, text);
    const kind: PieceKind = DATA.test(text) ? "data" : "statement";
    const complete = found !== null || tokenize(text, this.#mode).at(-1)?.closed !== false;
    return this.#take(kind, text, found?.after ?? end, complete);
  }

  #clientLine(line: string, last: boolean): Piece | null {
    const end = this.#from + line.length;
    if (end === this.#buffer.length && !last) return null;
    const wanted = DELIMITER.exec(line)?.[1];
    if (wanted !== undefined) this.#delimiter = wanted;
    return this.#take("client-command", line.trimEnd(), end, true);
  }

  /** Passes spaces, comments and lone delimiters. False when nothing is left, or more text is needed to know. */
  #skipBlank(last: boolean): boolean {
    let at = this.#from;
    const stop = last ? this.#buffer.length : this.#buffer.length - UNSURE;
    while (at < stop) {
      if (/\s/.test(this.#buffer.charAt(at))) at += 1;
      else if (this.#buffer.startsWith(this.#delimiter, at)) at += this.#delimiter.length;
      else {
        const mark = executableMark(this.#buffer, at);
        if (mark !== null && this.#executes(mark.slice(2))) break;
        const end = commentEnd(this.#buffer, at);
        if (end === at) break;
        if (!last && (end < 0 || end === this.#buffer.length)) return false;
        at = end < 0 ? this.#buffer.length : end;
      }
    }
    this.#advance(at);
    return at < this.#buffer.length;
  }

  /** Where the statement's text ends and where the next begins. */
  #statementEnd(): End | null {
    const text = this.#buffer;
    const delimiter = this.#delimiter;
    const first = delimiter.charAt(0).replace(/[\\\]^-]/, "\\$&");
    const interesting = new RegExp(`['"\`#/*${first}-]`, "g");
    const body: Body = { end: this.#from, blocks: 0, last: "" };
    let depth = 0;
    for (let at = this.#from; ;) {
      interesting.lastIndex = at;
      const found = interesting.exec(text);
      if (!found) return null;
      at = found.index;
      const c = text.charAt(at);
      if (depth === 0 && text.startsWith(delimiter, at)) {
        if (delimiter !== ";" || !this.#insideBody(body, at)) return { end: at, after: at + delimiter.length };
        at += 1;
      } else if (c === "'" || c === '"' || c === "`") {
        at = quotedEnd(text, at, this.#mode);
        if (at < 0) return null;
      } else {
        const mark = executableMark(text, at);
        if (mark !== null && this.#executes(mark.slice(2))) {
          depth += 1;
          at += mark.length;
        } else if (depth > 0 && c === "*" && text[at + 1] === "/") {
          depth -= 1;
          at += 2;
        } else {
          const end = commentEnd(text, at);
          if (end < 0) return null;
          at = Math.max(end, at + 1);
        }
      }
    }
  }

  /** Is a `;` at this place inside the body of a routine? Each is asked about once, in order. */
  #insideBody(body: Body, at: number): boolean {
    if (!ROUTINE.test(this.#buffer.slice(this.#from, Math.min(at, this.#from + 400)))) return false;
    const words = tokenize(this.#buffer.slice(body.end, at), this.#mode).map(({ word }) => word);
    words.forEach((word, i) => {
      if (word === "BEGIN" || (word === "CASE" && (words[i - 1] ?? body.last) !== "END")) body.blocks += 1;
      if (word === "END" && !/^(IF|LOOP|WHILE|REPEAT)$/.test(words[i + 1] ?? "")) body.blocks -= 1;
    });
    body.last = words.at(-1) ?? body.last;
    body.end = at;
    return body.blocks > 0;
  }

  #take(kind: PieceKind, text: string, end: number, complete: boolean): Piece {
    const span: TextSpan = { line: this.#line, column: this.#column, offset: this.#offset, length: end - this.#from };
    this.#advance(end);
    return { kind, text, span, complete };
  }

  #advance(to: number): void {
    for (let at = this.#buffer.indexOf("\n", this.#from); at >= 0 && at < to; at = this.#buffer.indexOf("\n", at + 1)) {
      this.#line += 1;
      this.#column = 1 - (at + 1 - this.#from);
    }
    this.#column += to - this.#from;
    this.#offset += to - this.#from;
    this.#from = to;
  }
}

/** `executes`: which executable comments are code for this server. */
export function createMysqlSplitter(executes: Executes): Splitter {
  return new MysqlSplitter(executes);
}
