/** A whole file: its elements, one after the other. */
import type {
  EnumNode,
  FileNode,
  GroupNode,
  MetadataNode,
  Name,
  Note,
  Pair,
  ProjectNode,
  RecordsNode,
  RefNode,
  Span,
  StickyNode,
  TableNode,
  UseNode,
} from "./ast.ts";
import type { Tell } from "./lexer.ts";
import { isRelation, Parser } from "./parser.ts";
import { contents } from "./strings.ts";
import { recordsOf, table } from "./table.ts";

class Reader {
  readonly projects: ProjectNode[] = [];
  readonly tables: TableNode[] = [];
  readonly partials: TableNode[] = [];
  readonly enums: EnumNode[] = [];
  readonly refs: RefNode[] = [];
  readonly groups: GroupNode[] = [];
  readonly stickies: StickyNode[] = [];
  readonly metadata: MetadataNode[] = [];
  readonly records: RecordsNode[] = [];
  readonly uses: UseNode[] = [];
  readonly views: (Span & { readonly name: string })[] = [];
  readonly deps: Span[] = [];

  readonly p: Parser;

  constructor(p: Parser) {
    this.p = p;
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
  table: (into, start) => push(into.tables, table(into.p, "Table", start)),
  tablepartial: (into, start) => push(into.partials, table(into.p, "TablePartial", start)),
  enum: enumOf,
  ref: refOf,
  tablegroup: groupOf,
  note: stickyOf,
  project: projectOf,
  records: (into, start) => {
    const name = into.p.name("The table of the records");
    return push(into.records, name && recordsOf(into.p, name, start));
  },
  diagramview: viewOf,
  metadata: metadataOf,
  dep: depOf,
  use: (into, start) => useOf(into, start, false),
  reuse: (into, start) => useOf(into, start, true),
};

function enumOf({ p, enums }: Reader, start: number): boolean {
  const name = p.name("The name of the Enum");
  if (!name) return false;
  const values: EnumNode["values"][number][] = [];
  const item = (): boolean => {
    const value = p.name("A value");
    if (value) values.push({ name: value, settings: p.settings() });
    return value !== null;
  };
  p.block("its values", item, { start, end: name.end });
  enums.push({ name, values, start, end: p.last });
  return true;
}

function relation(p: Parser, name: Name | null, start: number): RefNode | null {
  const from = p.endpoint();
  if (!from) return null;
  const operator = p.source;
  if (!p.is("operator") || !isRelation(operator)) {
    p.expected("One of <, >, - or <>");
    return null;
  }
  p.next();
  const to = p.endpoint();
  return to && { name, from, operator, to, settings: p.settings(), start, end: p.last };
}

function refOf({ p, refs }: Reader, start: number): boolean {
  const name = p.is(":") || p.is("{") ? null : p.name("The name of the Ref, or a colon");
  if (p.skip(":")) return push(refs, relation(p, name, start));
  if (!p.is("{")) {
    p.expected("A colon or {");
    return false;
  }
  const before = refs.length;
  const item = (): boolean => {
    if (refs.length > before) p.misplaced("A second relation", "a Ref holds one", p);
    return push(refs, relation(p, name, start));
  };
  p.block("a relation", item, { start, end: p.last });
  const last = refs.at(-1);
  if (refs.length === before)
    p.misplaced("A Ref without a relation", "write Ref: orders.user_id > users.id", { start, end: p.last });
  if (last && refs.length > before) refs[refs.length - 1] = { ...last, end: p.last };
  return true;
}

function groupOf({ p, groups }: Reader, start: number): boolean {
  const name = p.name("The name of the TableGroup");
  if (!name) return false;
  if (name.parts.length > 1) p.misplaced("The namespace", "a TableGroup has a name alone", name);
  const settings = p.settings();
  const tables: Name[] = [];
  const notes: Note[] = [];
  const item = (): boolean => {
    if (p.word === "note" && ["{", ":"].includes(p.peek().kind)) {
      p.next();
      return push(notes, p.note());
    }
    return push(tables, p.name("A table"));
  };
  p.block("its tables", item, { start, end: name.end });
  groups.push({ name, settings, tables, notes, start, end: p.last });
  return true;
}

function stickyOf({ p, stickies }: Reader, start: number): boolean {
  const name = p.name("The name of the note");
  if (!name) return false;
  const settings = p.settings();
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
  stickies.push({ name, settings, notes, start, end: p.last });
  return true;
}

/** `key: value`, keys being words or names in quotes. */
function pair(p: Parser, into: Pair[]): boolean {
  const { start } = p;
  const key = p.part();
  if (key === null) {
    p.expected("A key");
    return false;
  }
  if (!p.skip(":")) {
    p.expected("A colon");
    return false;
  }
  const value = p.value();
  into.push({ key, value, start, end: p.last });
  return value.kind !== "other";
}

function projectOf(into: Reader, start: number): boolean {
  const { p } = into;
  const name = p.is("{") ? null : p.name("The name of the Project, or {");
  const pairs: Pair[] = [];
  const notes: Note[] = [];
  const item = (): boolean => {
    const next = p.peek().kind;
    if (p.word === "note" && (next === "{" || next === ":")) {
      p.next();
      return push(notes, p.note());
    }
    return READERS[p.word] && next !== ":" ? into.element(true) : pair(p, pairs);
  };
  p.block("its settings", item, { start, end: p.last }, false);
  into.projects.push({ name, pairs, notes, start, end: p.last });
  return true;
}

function viewOf({ p, views }: Reader, start: number): boolean {
  const name = p.name("The name of the DiagramView");
  if (!name) return false;
  if (p.is("[")) p.settings();
  if (p.is("{")) passBraces(p, start);
  else p.expected("{");
  views.push({ name: name.parts.join("."), start, end: p.last });
  return true;
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

function metadataOf({ p, metadata }: Reader, start: number): boolean {
  const target = p.word;
  if (!["table", "column", "tablegroup", "note"].includes(target)) {
    p.expected("Table, Column, TableGroup or Note");
    return false;
  }
  p.next();
  const name = p.name(`The name of a ${target}`);
  if (!name) return false;
  const pairs: Pair[] = [];
  p.block("its keys", () => pair(p, pairs), { start, end: name.end });
  metadata.push({ target, name, pairs, start, end: p.last });
  return true;
}

function depOf({ p, deps }: Reader, start: number): boolean {
  while (!p.is("{") && !p.is(":") && !p.is("end") && !p.fresh) {
    if (p.is("[")) p.settings();
    else p.next();
  }
  if (p.is("{")) passBraces(p, start);
  else if (p.is(":")) p.skipLine();
  else p.expected("A colon or {");
  deps.push({ start, end: p.last });
  return true;
}

function useOf({ p, uses }: Reader, start: number, again: boolean): boolean {
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
  uses.push({
    again,
    path,
    pathSpan,
    items: items as readonly { kind: string; name: Name; alias: Name | null }[] | null,
    start,
    end: p.last,
  });
  return true;
}

/** Reads a text; `tell` hears of each thing that is not as it should be. Never throws; takes time in proportion to the text. */
export function parseFile(text: string, tell: Tell): FileNode {
  const p = new Parser(text, tell);
  const reader = new Reader(p);
  while (!p.is("end")) {
    if (p.is("}")) {
      p.expected("An element");
      p.next();
      continue;
    }
    if (!reader.element(false)) p.skipLine();
    else if (!p.fresh && !p.is("end")) {
      if (!p.is("}") && !p.is(";")) {
        p.expected("A new line");
        p.skipLine();
      } else if (p.is(";")) p.next();
    }
  }
  return reader;
}
