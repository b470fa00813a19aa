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
