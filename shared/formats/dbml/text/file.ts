/** A whole file: its elements, one after the other. */
import type { Element, EnumNode, Name, Note, Pair, Piece, RefNode } from "./ast.ts";
import type { Fault } from "../../kit/faults.ts";
import { Parser } from "./parser.ts";
import { contents } from "./strings.ts";
import { recordsOf, table } from "./table.ts";
import { endpointOf, isRelation, noteOf, pairOf, settingsOf } from "./values.ts";

/** Most faults that are kept of one piece. */
const MOST_FAULTS = 200;

/** A piece while it is read. */
class Open implements Piece {
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

class Reader {
  readonly p: Parser;
  piece: Open;

  constructor(p: Parser, piece: Open) {
    this.p = p;
    this.piece = piece;
  }

  add<List extends Element["list"]>(list: List, node: (Element & { readonly list: List })["node"] | null): boolean {
    if (node) this.piece.elements.push({ list, node } as Element);
    return node !== null;
  }

  /** One element; false when its beginning makes no sense. */
  element(inProject: boolean): boolean {
    const { p } = this;
    const { start, word } = p;
    const read = READERS[word];
    if (!read) {
      p.expected("Table, Enum, Ref, TableGroup, Note, Project or another element");
      return false;
    }
    p.next();
    const before = p.start;
    if (inProject) p.misplaced("This", "it stands at the top of the file, outside of Project", { start, end: p.last });
    return read(this, start) || p.start !== before;
  }
}

type Read = (into: Reader, start: number) => boolean;

const push = <T>(list: T[], item: T | null): boolean => (item === null ? false : list.push(item) > 0);

const READERS: Readonly<Partial<Record<string, Read>>> = {
  __proto__: null as never,
  table: (into, start) => into.add("tables", table(into.p, "Table", start, into.piece)),
  tablepartial: (into, start) => into.add("partials", table(into.p, "TablePartial", start, into.piece)),
  enum: enumOf,
  ref: refOf,
  tablegroup: groupOf,
  note: stickyOf,
  project: projectOf,
  records: (into, start) => {
    const name = into.p.name("The table of the records");
    return into.add("records", name && recordsOf(into.p, name, start, into.piece));
  },
  diagramview: viewOf,
  metadata: metadataOf,
  dep: depOf,
  use: (into, start) => useOf(into, start, false),
  reuse: (into, start) => useOf(into, start, true),
};

function enumOf(into: Reader, start: number): boolean {
  const { p, piece } = into;
  const name = p.name("The name of the Enum");
  if (!name) return false;
  const values: EnumNode["values"][number][] = [];
  const item = (): boolean => {
    const value = p.name("A value");
    if (value) values.push({ name: value, settings: settingsOf(p) });
    return value !== null;
  };
  p.block("its values", item, { start, end: name.end });
  return into.add("enums", { name, values, start, end: p.last, piece });
}

function relation({ p, piece }: Reader, name: Name | null, start: number): RefNode | null {
  const from = endpointOf(p);
  if (!from) return null;
  const operator = p.source;
  if (!p.is("operator") || !isRelation(operator)) {
    p.expected("One of <, >, - or <>");
    return null;
  }
  p.next();
  const to = endpointOf(p);
  return to && { name, from, operator, to, settings: settingsOf(p), start, end: p.last, piece };
}

function refOf(into: Reader, start: number): boolean {
  const { p } = into;
  const name = p.is(":") || p.is("{") ? null : p.name("The name of the Ref, or a colon");
  if (p.skip(":")) return into.add("refs", relation(into, name, start));
  if (!p.is("{")) {
    p.expected("A colon or {");
    return false;
  }
  const found: RefNode[] = [];
  const item = (): boolean => {
    if (found.length > 0) p.misplaced("A second relation", "a Ref holds one", p);
    return push(found, relation(into, name, start));
  };
  p.block("a relation", item, { start, end: p.last });
  if (found.length === 0) p.misplaced("A Ref without a relation", "write Ref: orders.user_id > users.id", { start, end: p.last });
  for (const [at, node] of found.entries()) into.add("refs", at === found.length - 1 ? { ...node, end: p.last } : node);
  return true;
}

function groupOf(into: Reader, start: number): boolean {
  const { p, piece } = into;
  const name = p.name("The name of the TableGroup");
  if (!name) return false;
  if (name.parts.length > 1) p.misplaced("The namespace", "a TableGroup has a name alone", name);
  const settings = settingsOf(p);
  const tables: Name[] = [];
  const notes: Note[] = [];
  const item = (): boolean => {
    if (p.word === "note" && ["{", ":"].includes(p.peek().kind)) {
      p.next();
      return push(notes, noteOf(p));
    }
    return push(tables, p.name("A table"));
  };
  p.block("its tables", item, { start, end: name.end });
  return into.add("groups", { name, settings, tables, notes, start, end: p.last, piece });
}

function stickyOf(into: Reader, start: number): boolean {
  const { p, piece } = into;
  const name = p.name("The name of the note");
  if (!name) return false;
  const settings = settingsOf(p);
  const notes: Note[] = [];
  const item = (): boolean => {
    const { start: from, end, kind, source } = p;
    if (kind !== "string" && kind !== "quoted") {
      p.expected("A text in quotes");
      return false;
    }
    p.next();
    notes.push({ text: contents(source), start: from, end });
    return true;
  };
  p.block("its text", item, { start, end: name.end });
  if (notes.length === 0) p.misplaced("A note without a text", "write it in quotes between the braces", { start, end: p.last });
  return into.add("stickies", { name, settings, notes, start, end: p.last, piece });
}

function projectOf(into: Reader, start: number): boolean {
  const { p, piece } = into;
  const name = p.is("{") ? null : p.name("The name of the Project, or {");
  const pairs: Pair[] = [];
  const notes: Note[] = [];
  const item = (): boolean => {
    const next = p.peek().kind;
    if (p.word === "note" && (next === "{" || next === ":")) {
      p.next();
      return push(notes, noteOf(p));
    }
    return READERS[p.word] && next !== ":" ? into.element(true) : pairOf(p, pairs);
  };
  p.block("its settings", item, { start, end: p.last }, false);
  return into.add("projects", { name, pairs, notes, start, end: p.last, piece });
}

function viewOf(into: Reader, start: number): boolean {
  const { p } = into;
  const name = p.name("The name of the DiagramView");
  if (!name) return false;
  if (p.is("[")) settingsOf(p);
  if (p.is("{")) passBraces(p, start);
  else p.expected("{");
  return into.add("views", { name: name.parts.join("."), start, end: p.last });
}

/** Past a whole block. */
function passBraces(p: Parser, start: number): void {
  let depth = 0;
  do {
    if (p.is("{")) depth += 1;
    else if (p.is("}")) depth -= 1;
    else if (p.is("end")) {
      p.tell({ code: "text.unclosed", what: "The block", from: start, start: p.start, end: p.end });
      return;
    }
    p.next();
  } while (depth > 0);
}

function metadataOf(into: Reader, start: number): boolean {
  const { p, piece } = into;
  const target = p.word;
  if (!["table", "column", "tablegroup", "note"].includes(target)) {
    p.expected("Table, Column, TableGroup or Note");
    return false;
  }
  p.next();
  const name = p.name(`The name of a ${target}`);
  if (!name) return false;
  const pairs: Pair[] = [];
  p.block("its keys", () => pairOf(p, pairs), { start, end: name.end });
  return into.add("metadata", { target, name, pairs, start, end: p.last, piece });
}

function depOf(into: Reader, start: number): boolean {
  const { p } = into;
  while (!p.is("{") && !p.is(":") && !p.is("end") && !p.fresh) {
    if (p.is("[")) settingsOf(p);
    else p.next();
  }
  if (p.is("{")) passBraces(p, start);
  else if (p.is(":")) p.skipLine();
  else p.expected("A colon or {");
  return into.add("deps", { start, end: p.last });
}

function useOf(into: Reader, start: number, again: boolean): boolean {
  const { p, piece } = into;
  let items: { kind: string; name: Name; alias: Name | null }[] | null = [];
  if (p.skip("*")) items = null;
  else {
    const list = items;
    const item = (): boolean => {
      const kind = p.word;
      if (!["table", "enum", "tablepartial", "note", "schema", "tablegroup"].includes(kind)) {
        p.expected("table, enum, tablepartial, note, schema or tablegroup");
        return false;
      }
      p.next();
      const name = p.name("A name");
      if (!name) return false;
      const renamed = p.word === "as";
      if (renamed) p.next();
      list.push({ kind, name, alias: renamed ? p.name("Another name") : null });
      return true;
    };
    p.block("what is used", item, { start, end: p.last });
  }
  if (p.word !== "from") {
    p.expected("from and a file in quotes");
    return false;
  }
  p.next();
  if (!p.is("string")) {
    p.expected("A file in quotes");
    return false;
  }
  const pathSpan = { start: p.start, end: p.end };
  const path = contents(p.source);
  p.next();
  return into.add("uses", {
    again,
    path,
    pathSpan,
    items: items as readonly { kind: string; name: Name; alias: Name | null }[] | null,
    start,
    end: p.last,
    piece,
  });
}

/** One element, or what stands where one should. */
function piece(reader: Reader): void {
  const { p } = reader;
  if (p.is("}")) {
    p.expected("An element");
    p.next();
  } else if (!reader.element(false)) p.skipLine();
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
  const reader = new Reader(p, open);
  const pieces = [open];
  open.reach = p.reach;
  while (!p.is("end") && !known(p.start, p.told)) {
    open = reader.piece = new Open(path, p.start, p.told, shift);
    pieces.push(open);
    p.here();
    piece(reader);
    open.reach = p.reach;
  }
  return pieces;
}
