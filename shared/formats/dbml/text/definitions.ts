/** Elements beside tables that a design has a place for: enums, relations, groups of tables, and notes. */
import type { EnumNode, GroupNode, Name, Note, Piece, RefNode, StickyNode } from "./ast.ts";
import type { Parser } from "./parser.ts";
import { contents } from "./strings.ts";
import { endpointOf, isRelation, noteOf, push, settingsOf } from "./values.ts";

/** `e { a ⏎ b }`; null when not even a name is there. */
export function enumOf(p: Parser, start: number, piece: Piece): EnumNode | null {
  const name = p.name("The name of the Enum");
  if (!name) return null;
  const values: EnumNode["values"][number][] = [];
  const item = (): boolean => {
    const value = p.name("A value");
    if (value) values.push({ name: value, settings: settingsOf(p) });
    return value !== null;
  };
  p.block("its values", item, { start, end: name.end });
  return { name, values, start, end: p.last, piece };
}

function relation(p: Parser, name: Name | null, start: number, piece: Piece): RefNode | null {
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

/** `: a.x > b.y`, `name { a.x > b.y }`: one relation, or those that stand where one should; null where no relation is begun. */
export function refsOf(p: Parser, start: number, piece: Piece): readonly RefNode[] | null {
  const name = p.is(":") || p.is("{") ? null : p.name("The name of the Ref, or a colon");
  if (p.skip(":")) {
    const node = relation(p, name, start, piece);
    return node && [node];
  }
  if (!p.is("{")) {
    p.expected("A colon or {");
    return null;
  }
  const found: RefNode[] = [];
  const item = (): boolean => {
    if (found.length > 0) p.misplaced("A second relation", "a Ref holds one", p);
    return push(found, relation(p, name, start, piece));
  };
  p.block("a relation", item, { start, end: p.last });
  if (found.length === 0) p.misplaced("A Ref without a relation", "write Ref: orders.user_id > users.id", { start, end: p.last });
  return found.map((node, at) => (at === found.length - 1 ? { ...node, end: p.last } : node));
}

/** `g { s.a ⏎ b }`; null when not even a name is there. */
export function groupOf(p: Parser, start: number, piece: Piece): GroupNode | null {
  const name = p.name("The name of the TableGroup");
  if (!name) return null;
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
  return { name, settings, tables, notes, start, end: p.last, piece };
}

/** `n { 'text' }`; null when not even a name is there. */
export function stickyOf(p: Parser, start: number, piece: Piece): StickyNode | null {
  const name = p.name("The name of the note");
  if (!name) return null;
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
  return { name, settings, notes, start, end: p.last, piece };
}
