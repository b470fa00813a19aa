/** Tables and partials: columns, indexes, checks, records, notes. */
import type { CheckNode, FieldNode, IndexNode, Name, Note, Piece, RecordsNode, Setting, TableNode, TypeText } from "./ast.ts";
import { contents } from "./strings.ts";
import type { Parser } from "./parser.ts";
import { noteOf, settingsOf, valueOf } from "./values.ts";

/** A table after its keyword; null when not even a name is there. */
export function table(p: Parser, kind: "Table" | "TablePartial", start: number, piece: Piece): TableNode | null {
  const name = p.name(`The name of the ${kind}`);
  if (!name) {
    if (p.is("{")) p.skipLine();
    return null;
  }
  let alias: Name | null = null;
  if (p.word === "as") {
    p.next();
    alias = p.name("The table's other name");
  }
  const settings = settingsOf(p);
  const fields: FieldNode[] = [];
  const indexes: IndexNode[] = [];
  const checks: CheckNode[] = [];
  const records: RecordsNode[] = [];
  const notes: Note[] = [];
  const item = (): boolean => {
    if (p.is("~")) return partial(p, fields);
    if (p.is("word")) {
      const word = p.word;
      if (word === "note" || word === "indexes" || word === "checks" || word === "records" || word === "ref") {
        const next = p.peek().kind;
        if (next === "{" || next === ":" || (next === "(" && word === "records")) return inside(word);
      }
    }
    return column(p, fields);
  };
  const inside = (word: string): boolean => {
    const { start: from } = p;
    p.next();
    if (word === "indexes") p.block("the indexes", () => index(p, indexes), { start: from, end: p.last });
    else if (word === "checks") p.block("the checks", () => check(p, checks), { start: from, end: p.last });
    else if (word === "records") records.push(recordsOf(p, null, from, piece));
    else if (word === "note") {
      const found = noteOf(p);
      if (found) notes.push({ ...found, start: from });
      return found !== null;
    } else {
      p.misplaced("A Ref with a name of its own", "inside a table it is a setting: [ref: > users.id]", {
        start: from,
        end: p.end,
      });
      p.skipLine();
    }
    return true;
  };
  p.block("the columns", item, { start, end: name.end });
  return { name, alias, settings, fields, indexes, checks, records, notes, start, end: p.last, piece };
}

function partial(p: Parser, fields: FieldNode[]): boolean {
  const { start } = p;
  p.next();
  const name = p.name("The name of a TablePartial");
  if (name) fields.push({ kind: "partial", name: { ...name, start } });
  return name !== null;
}

function column(p: Parser, fields: FieldNode[]): boolean {
  const { start } = p;
  const part = p.part();
  if (part === null) {
    p.expected("A column");
    return false;
  }
  const nameEnd = p.last;
  const type = p.fresh && !p.is("end") ? null : typeText(p);
  if (!type && !p.fresh && !p.is("}") && !p.is("[")) {
    p.expected(`The type of ${part}`);
    return false;
  }
  const old = oldSettings(p);
  const settings = old ? [...old, ...settingsOf(p)] : settingsOf(p);
  fields.push({ kind: "column", name: part, nameEnd, type, settings, start, end: p.last });
  return true;
}

/** `id int pk`: settings without brackets, as old files have them. */
function oldSettings(p: Parser): Setting[] | null {
  let found: Setting[] | null = null;
  while (p.is("word") && !p.fresh && (p.word === "pk" || p.word === "unique")) {
    const { start, end, source } = p;
    (found ??= []).push({ name: p.word, written: source, value: null, start, end });
    p.next();
  }
  return found;
}

function typeText(p: Parser): TypeText | null {
  if (!p.is("word") && !p.is("quoted")) return null;
  const name = p.name("A type");
  if (!name) return null;
  const args = p.is("(") && !p.fresh ? typeArgs(p) : "";
  return p.type(name.parts, args, brackets(p));
}

/** `[]`, `[3]`; a bracket with anything else in it begins the settings. */
function brackets(p: Parser): string {
  let array = "";
  while (p.is("[") && !p.fresh) {
    const mark = p.mark();
    p.next();
    const size = p.is("number") ? p.source : "";
    if (size !== "") p.next();
    if (!p.is("]")) {
      p.back(mark);
      break;
    }
    p.next();
    array += `[${size}]`;
  }
  return array;
}

/** `(10, 2)`, `('a', 'b')`, `(-1)`: as SQL writes them, without spaces. */
function typeArgs(p: Parser): string {
  const args: string[] = [];
  p.next();
  while (!p.is(")") && !p.is("end") && !p.is("{") && !p.is("}")) {
    if (p.is("word")) args.push(p.part() ?? "");
    else if (!typeArg(p, args)) continue;
    if (!p.skip(",") && !p.is(")")) break;
  }
  if (!p.skip(")")) p.expected("A comma or )");
  return args.length === 0 ? "" : `(${args.join(",")})`;
}

/** A text, a number with its signs, ...; false when it is none, and passed over. */
function typeArg(p: Parser, args: string[]): boolean {
  const value = valueOf(p);
  if (value.kind === "other") {
    p.next();
    return false;
  }
  if (value.kind === "string") args.push(`'${value.text.replaceAll("'", "''")}'`);
  else if (value.kind === "name") args.push(value.parts.join("."));
  else if (value.kind !== "link") args.push(value.text);
  return true;
}

/** `a`, `(a, b)`, `` `lower(a)` ``, then settings. */
function index(p: Parser, into: IndexNode[]): boolean {
  const { start } = p;
  const parts: IndexNode["parts"][number][] = [];
  const part = (): boolean => {
    const { start: from, kind, source } = p;
    if (kind === "expression") {
      p.next();
      parts.push({ column: null, expression: contents(source), start: from, end: p.last });
      return true;
    }
    const name = p.part();
    if (name === null) {
      p.expected("A column or an expression in backticks");
      return false;
    }
    parts.push({ column: name, expression: null, start: from, end: p.last });
    return true;
  };
  if (p.is("(")) {
    p.next();
    do if (!part()) return false;
    while (p.skip(","));
    if (!p.skip(")")) {
      p.expected("A comma or )");
      return false;
    }
  } else {
    if (!part()) return false;
    // Old files write `id name` for `(id, name)`.
    while (!p.fresh && (p.is("word") || p.is("quoted"))) part();
  }
  into.push({ parts, settings: settingsOf(p), start, end: p.last });
  return true;
}

function check(p: Parser, into: CheckNode[]): boolean {
  const { start } = p;
  if (!p.is("expression")) {
    p.expected("A condition in backticks");
    return false;
  }
  const expression = contents(p.source);
  p.next();
  into.push({ expression, settings: settingsOf(p), start, end: p.last });
  return true;
}

/** Rows are counted, and not kept: a design holds none. */
export function recordsOf(p: Parser, tableName: Name | null, start: number, piece: Piece): RecordsNode {
  if (p.is("(")) {
    while (!p.is(")") && !p.is("end") && !p.is("{")) p.next();
    p.skip(")");
  }
  settingsOf(p);
  let rows = 0;
  const row = (): boolean => {
    rows += 1;
    do p.next();
    while (!p.fresh && !p.is("}") && !p.is("end"));
    return true;
  };
  p.block("the rows", row, { start, end: p.last });
  return { table: tableName, rows, start, end: p.last, piece };
}
