/** A file that is read again and again: what no change reached is not read again. */
import type { Piece } from "./ast.ts";
import { parsePieces } from "./file.ts";

/** Where a piece begins in the file as it was last read. */
const placeOf = ({ start, shift }: Piece): number => start + shift;

/** So many characters are compared at once: engines do that many times faster than one by one. */
const BLOCK = 4096;

/** How many characters two texts begin with alike. */
function sameHead(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count + BLOCK <= most && a.slice(count, count + BLOCK) === b.slice(count, count + BLOCK)) count += BLOCK;
  while (count < most && a.charCodeAt(count) === b.charCodeAt(count)) count += 1;
  return count;
}

/** How many they end with alike, beyond what they begin with alike. */
function sameTail(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  const block = (text: string, count: number): string => text.slice(text.length - count - BLOCK, text.length - count);
  let count = 0;
  while (count + BLOCK <= most && block(a, count) === block(b, count)) count += BLOCK;
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count += 1;
  return count;
}

/** A copy of its own. Names are parts of the text they were read from: they would keep the whole of each old text in memory. */
const detached = (text: string): string => ` ${text}`.slice(1);

/** So many pieces after the last that changed are looked at, before the whole rest is. */
const BESIDE = 2;

export class Source {
  readonly path: string;
  #text = "";
  #pieces: readonly Piece[] = [];

  constructor(path: string) {
    this.path = path;
  }

  /** The pieces of a text; those that are the same as at the call before are the same objects, at their new places. */
  read(text: string): readonly Piece[] {
    if (this.#pieces.length === 0) this.#pieces = parsePieces(text, { path: this.path, shift: 0, told: -1 }, () => false);
    else if (text !== this.#text) this.#pieces = this.#changed(text);
    this.#text = text;
    return this.#pieces;
  }

  #changed(text: string): readonly Piece[] {
    const [before, pieces] = [this.#text, this.#pieces];
    const head = sameHead(before, text);
    const tail = before.length - sameTail(before, text, head);
    const from = Math.max(
      0,
      pieces.findIndex(({ reach, shift }) => reach + shift > head),
    );
    const after = pieces.findIndex((piece) => placeOf(piece) >= tail);
    const beside = after < 0 ? undefined : pieces[after + BESIDE];
    const near = beside && this.#between(text, from, tail, placeOf(beside) + text.length - before.length);
    return near ?? this.#between(text, from, tail, text.length) ?? [];
  }

  /**
   * Reads anew from a piece on, up to where one begins that begins in what did not change, from `tail` on. `end` is where the text is cut
   * off for it; null when something would have looked beyond.
   */
  #between(text: string, from: number, tail: number, end: number): readonly Piece[] | null {
    const pieces = this.#pieces;
    const moved = text.length - this.#text.length;
    const first = from === 0 ? undefined : pieces[from];
    const shift = first ? placeOf(first) : 0;
    let next = Math.max(from, 1);
    const known = (start: number, told: number): boolean => {
      const place = start + shift - moved;
      if (place < tail) return false;
      let piece = pieces[next];
      while (piece && placeOf(piece) < place) piece = pieces[(next += 1)];
      // What was told of tokens further on is not told again: it must be as much as it was.
      return (
        piece !== undefined && placeOf(piece) === place && Math.max(piece.told - piece.start, -1) === Math.max(told - start, -1)
      );
    };
    let rest = pieces.length;
    const part = detached(text.slice(shift, end));
    const place = { path: this.path, shift, told: first ? first.told - first.start : -1 };
    const read = parsePieces(part, place, (start, told) => {
      const found = known(start, told);
      if (found) rest = next;
      return found;
    });
    if (end < text.length && read.some(({ reach }) => reach > part.length)) return null;
    const after = pieces.slice(rest);
    for (const piece of after) piece.shift += moved;
    // What stands before the first element of a part belongs to the piece before it.
    return [...pieces.slice(0, from), ...(first ? read.slice(1) : read), ...after];
  }
}
