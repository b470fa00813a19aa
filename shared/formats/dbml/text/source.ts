/** A file that is read again and again: what no change reached is not read again. */
import type { Piece } from "./ast.ts";
import { parsePieces } from "./file.ts";

/** Where a piece begins in the file as it was last read. */
const placeOf = ({ start, shift }: Piece): number => start + shift;

/** So many characters are compared at once: engines do that many times faster than one by one. */
const BLOCK = 4096;

/** How many characters are alike in two texts, from a place in each. */
function alike(a: string, from: number, b: string, at: number): number {
  const most = Math.min(a.length - from, b.length - at);
  const block = (text: string, start: number): string => text.slice(start, start + BLOCK);
  let count = 0;
  while (count + BLOCK <= most && block(a, from + count) === block(b, at + count)) count += BLOCK;
  while (count < most && a.charCodeAt(from + count) === b.charCodeAt(at + count)) count += 1;
  return count;
}

/** How many two texts end with alike. */
function alikeAtEnd(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  const block = (text: string, count: number): string => text.slice(text.length - count - BLOCK, text.length - count);
  let count = 0;
  while (count + BLOCK <= most && block(a, count) === block(b, count)) count += BLOCK;
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count += 1;
  return count;
}

/** A copy of its own. Names are parts of the text they were read from: they would keep the whole of each old text in memory. */
const detached = (text: string): string => ` ${text}`.slice(1);

/** So many pieces are cut out with one that changed, at first: cutting out all that follows takes long. */
const BESIDE = 3;
/** So many of the pieces before are looked at for one that begins where something does now. */
const NEXT = 8;

/** Pieces that were read again, and the first of the old ones that follows them as it is; `moved` is how much further on it stands. */
interface Window {
  readonly read: readonly Piece[];
  readonly rest: number;
  readonly moved: number;
}

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

  /** Goes through both texts side by side: what is alike is kept, from where they part on it is read anew until they meet. */
  #changed(text: string): readonly Piece[] {
    const [before, old] = [this.#text, this.#pieces];
    const tail = before.length - alikeAtEnd(before, text);
    const pieces: Piece[] = [];
    let [next, moved] = [0, 0];
    while (next < old.length) {
      const from = placeOf(old[next] as Piece);
      const until = from + alike(before, from, text, from + moved);
      const whole = until === before.length && until + moved === text.length;
      for (let piece = old[next]; piece && (whole || piece.reach + piece.shift <= until); piece = old[(next += 1)]) {
        piece.shift += moved;
        pieces.push(piece);
      }
      if (next === old.length) break;
      const window = this.#window(text, next, moved, tail);
      // What stands before the first element of a part belongs to the piece before it.
      pieces.push(...(next === 0 ? window.read : window.read.slice(1)));
      ({ rest: next, moved } = window);
    }
    return pieces;
  }

  /** Reads anew from a piece on, in a part of the text that is made larger until nothing would have looked beyond it. */
  #window(text: string, from: number, moved: number, tail: number): Window {
    const old = this.#pieces;
    const start = placeOf(old[from] as Piece);
    const grown = Math.abs(text.length - this.#text.length - moved);
    for (let count = BESIDE; ; count *= 4) {
      const beside = old[from + count];
      const end = beside ? Math.min(text.length, placeOf(beside) + moved + grown) : text.length;
      const window = this.#between(detached(text.slice(start + moved, end)), from, moved, tail, text.length);
      if (end === text.length || window.read.every(({ reach }) => reach <= end - start - moved)) return window;
    }
  }

  /** Reads a part of a text of some length, up to where a piece begins that reads as one of the old ones does. */
  #between(part: string, from: number, moved: number, tail: number, length: number): Window {
    const [before, old] = [this.#text, this.#pieces];
    const first = from === 0 ? undefined : old[from];
    const shift = first ? placeOf(first) + moved : 0;
    const further = length - before.length;
    let next = from + 1;
    let window = { rest: old.length, moved };
    const known = (start: number, told: number): boolean => {
      const place = start + shift - further;
      if (place >= tail) while (next < old.length && placeOf(old[next] as Piece) < place) next += 1;
      for (let at = next; at < Math.min(old.length, next + NEXT); at += 1) {
        const piece = old[at] as Piece;
        const here = placeOf(piece);
        const reach = piece.reach + piece.shift;
        // Beyond the end of the text it looked for more of it: that is the same at the end alone.
        const inTail = place >= tail && here === place;
        const same = inTail || (reach <= before.length && part.startsWith(before.slice(here, reach), start));
        // What was told of tokens further on is not told again: it must be as much as it was.
        if (!same || Math.max(piece.told - piece.start, -1) !== Math.max(told - start, -1)) continue;
        window = { rest: at, moved: start + shift - here };
        return true;
      }
      return false;
    };
    const place = { path: this.path, shift, told: first ? first.told - first.start : -1 };
    return { read: parsePieces(part, place, known), ...window };
  }
}
