/** Edits of a text: where, and what stands there then. Those of one list are in order, apart, and speak of the text before them all. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The text after edits. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let made = "";
  let at = 0;
  for (const { from, to, insert } of edits) {
    made += text.slice(at, from) + insert;
    at = to;
  }
  return made + text.slice(at);
}

/** In order; of two that overlap the first counts, and insertions at one place stay as they were given. */
export function ordered(edits: readonly TextEdit[]): TextEdit[] {
  const found: TextEdit[] = [];
  let last = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (edit.from < last) continue;
    found.push(edit);
    last = edit.to;
  }
  return found;
}

/** Where a place of the text before is after edits; null when it was taken away. What is put at it comes before it. */
export function mapped(at: number, edits: readonly TextEdit[]): number | null {
  let shift = 0;
  for (const { from, to, insert } of edits) {
    if (from > at) break;
    if (to > at) return from === at ? at + shift : null;
    shift += insert.length - (to - from);
  }
  return at + shift;
}

/** What stays or goes of a text so many characters long, or what is put there. */
type Piece = { readonly kind: "keep" | "drop"; readonly length: number } | { readonly kind: "put"; readonly text: string };

const sizeOf = (piece: Piece): number => (piece.kind === "put" ? piece.text.length : piece.length);

function piecesOf(edits: readonly TextEdit[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, insert } of edits) {
    pieces.push({ kind: "keep", length: from - at }, { kind: "put", text: insert }, { kind: "drop", length: to - from });
    at = to;
  }
  return [...pieces.filter((piece) => sizeOf(piece) > 0), { kind: "keep", length: Infinity }];
}

/** Edits in order; what goes and comes at one place is one edit. */
function editsOf(pieces: readonly Piece[]): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.kind !== "keep") {
      const last = edits.at(-1);
      const open = last?.to === at ? last : { from: at, to: at, insert: "" };
      if (open === last) edits.pop();
      if (piece.kind === "put") edits.push({ ...open, insert: open.insert + piece.text });
      else edits.push({ ...open, to: (at += piece.length) });
    } else at += piece.length;
  }
  return edits;
}

const rest = (piece: Piece, size: number): Piece =>
  piece.kind === "put" ? { kind: "put", text: piece.text.slice(size) } : { ...piece, length: piece.length - size };

/** One list of edits that does what two do, the second of which speaks of the text after the first. */
export function composed(first: readonly TextEdit[], second: readonly TextEdit[]): TextEdit[] {
  const [before, after] = [piecesOf(first).reverse(), piecesOf(second).reverse()];
  const made: Piece[] = [];
  for (;;) {
    const [a, b] = [before.pop(), after.pop()];
    if (!a || !b) return editsOf(made);
    if (b.kind === "put") {
      made.push(b);
      before.push(a);
    } else if (a.kind === "drop") {
      made.push(a);
      after.push(b);
    } else {
      const size = Math.min(sizeOf(a), sizeOf(b));
      if (size === Infinity) return editsOf(made);
      if (a.kind === "put") made.push(...(b.kind === "keep" ? [{ kind: "put", text: a.text.slice(0, size) } as const] : []));
      else made.push({ kind: b.kind, length: size });
      if (sizeOf(a) > size) before.push(rest(a, size));
      if (sizeOf(b) > size) after.push(rest(b, size));
    }
  }
}
