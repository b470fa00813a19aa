/** A whole file: its elements, one after the other. */
import type { Element, Piece } from "./ast.ts";
import type { Fault } from "../../kit/faults.ts";
import { elementOf, type OpenPiece } from "./element.ts";
import { Parser } from "./parser.ts";

/** Most faults that are kept of one piece. */
const MOST_FAULTS = 200;

/** A piece while it is read. */
class Open implements OpenPiece {
  readonly path: string;
  readonly start: number;
  readonly told: number;
  readonly elements: Element[] = [];
  readonly faults: Fault[] = [];
  more = 0;
  reach = 0;
  shift: number;

  constructor(path: string, start: number, told: number, shift: number) {
    this.path = path;
    this.start = start;
    this.told = told;
    this.shift = shift;
  }
}

/** One element, or what stands where one should. */
function readPiece(p: Parser, piece: OpenPiece): void {
  if (p.is("}")) {
    p.expected("An element");
    p.next();
  } else if (!elementOf(p, piece, false)) p.skipLine();
  else if (!p.fresh && !p.is("end")) {
    if (!p.is("}") && !p.is(";")) {
      p.expected("A new line");
      p.skipLine();
    } else if (p.is(";")) p.next();
  }
}

/** Where in the middle of a file a text begins: what is known of that place. */
export interface Place {
  readonly path: string;
  /** The offset in the file that the text begins at. */
  readonly shift: number;
  /** Up to here faults of tokens have been told; -1 at the beginning of a file. */
  readonly told: number;
}

/**
 * Reads a text piece by piece, up to its end, or to where `known` says that what begins there need not be read. The first piece is what
 * stands before all elements. Never throws; takes time in proportion to the text.
 */
export function parsePieces(
  text: string,
  { path, shift, told }: Place,
  known: (start: number, told: number) => boolean,
): Piece[] {
  let open = new Open(path, 0, told, shift);
  const tell = (fault: Fault): void => {
    if (open.faults.length < MOST_FAULTS) open.faults.push(fault);
    else open.more += 1;
  };
  const p = new Parser(text, tell, told);
  const pieces = [open];
  open.reach = p.reach;
  while (!p.is("end") && !known(p.start, p.told)) {
    open = new Open(path, p.start, p.told, shift);
    pieces.push(open);
    p.here();
    readPiece(p, open);
    open.reach = p.reach;
  }
  return pieces;
}
