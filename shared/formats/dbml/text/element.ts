/** One element of a file, after its first word: which reader takes it, and under which list its node is kept. */
import { depOf, metadataOf, viewOf } from "./asides.ts";
import type { Element, Note, Pair, Piece, ProjectNode } from "./ast.ts";
import { enumOf, groupOf, refsOf, stickyOf } from "./definitions.ts";
import type { Parser } from "./parser.ts";
import { recordsOf, table } from "./table.ts";
import { useOf } from "./use.ts";
import { noteOf, pairOf, push } from "./values.ts";

/** A piece while its elements are read. */
export interface OpenPiece extends Piece {
  readonly elements: Element[];
}

/** False where nothing was read. */
type Read = (p: Parser, start: number, piece: OpenPiece) => boolean;

function add<List extends Element["list"]>(
  { elements }: OpenPiece,
  list: List,
  node: (Element & { readonly list: List })["node"] | null,
): boolean {
  if (node) elements.push({ list, node } as Element);
  return node !== null;
}

const READERS: Readonly<Partial<Record<string, Read>>> = {
  __proto__: null as never,
  table: (p, start, piece) => add(piece, "tables", table(p, "Table", start, piece)),
  tablepartial: (p, start, piece) => add(piece, "partials", table(p, "TablePartial", start, piece)),
  enum: (p, start, piece) => add(piece, "enums", enumOf(p, start, piece)),
  ref: (p, start, piece) => {
    const nodes = refsOf(p, start, piece);
    for (const node of nodes ?? []) add(piece, "refs", node);
    return nodes !== null;
  },
  tablegroup: (p, start, piece) => add(piece, "groups", groupOf(p, start, piece)),
  note: (p, start, piece) => add(piece, "stickies", stickyOf(p, start, piece)),
  project: (p, start, piece) => add(piece, "projects", projectOf(p, start, piece)),
  records: (p, start, piece) => {
    const name = p.name("The table of the records");
    return add(piece, "records", name && recordsOf(p, name, start, piece));
  },
  diagramview: (p, start, piece) => add(piece, "views", viewOf(p, start)),
  metadata: (p, start, piece) => add(piece, "metadata", metadataOf(p, start, piece)),
  dep: (p, start, piece) => add(piece, "deps", depOf(p, start)),
  use: (p, start, piece) => add(piece, "uses", useOf(p, start, piece, false)),
  reuse: (p, start, piece) => add(piece, "uses", useOf(p, start, piece, true)),
};

/** One element; false when its beginning makes no sense. */
export function elementOf(p: Parser, piece: OpenPiece, inProject: boolean): boolean {
  const { start, word } = p;
  const read = READERS[word];
  if (!read) {
    p.expected("Table, Enum, Ref, TableGroup, Note, Project or another element");
    return false;
  }
  p.next();
  const before = p.start;
  if (inProject) p.misplaced("This", "it stands at the top of the file, outside of Project", { start, end: p.last });
  return read(p, start, piece) || p.start !== before;
}

/** `p { key: value }`; elements that stand in it are read as if they stood outside. */
function projectOf(p: Parser, start: number, piece: OpenPiece): ProjectNode {
  const name = p.is("{") ? null : p.name("The name of the Project, or {");
  const pairs: Pair[] = [];
  const notes: Note[] = [];
  const item = (): boolean => {
    const next = p.peek().kind;
    if (p.word === "note" && (next === "{" || next === ":")) {
      p.next();
      return push(notes, noteOf(p));
    }
    return READERS[p.word] && next !== ":" ? elementOf(p, piece, true) : pairOf(p, pairs);
  };
  p.block("its settings", item, { start, end: p.last }, false);
  return { name, pairs, notes, start, end: p.last, piece };
}
