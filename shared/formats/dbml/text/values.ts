/** What is said of an element: values, ends of relations, settings in brackets, notes, and keys with a value. */
import type { Endpoint, Note, Pair, Setting, Value } from "./ast.ts";
import type { Parser } from "./parser.ts";
import { contents } from "./strings.ts";

const RELATIONS: ReadonlySet<string> = new Set(
  ["<", ">", "-", "<>"].flatMap((sign) => ["", "?"].flatMap((left) => ["", "?"].map((right) => left + sign + right))),
);

/** An operator of a relation, with its marks of what is optional. */
export const isRelation = (operator: string): boolean => RELATIONS.has(operator);

/** Keeps what was read; false where nothing was. */
export const push = <T>(list: T[], item: T | null): boolean => (item === null ? false : list.push(item) > 0);

const NONE: readonly never[] = [];

/** `t.c`, `s.t.c`, `t.(a, b)`, or `c` alone. */
export function endpointOf(p: Parser): Endpoint | null {
  const { start } = p;
  const name = p.is("(") ? null : p.name("A table and its column, such as users.id,");
  if (!name && !p.is("(")) return null;
  const listed = name ? p.skip(".") : true;
  if (!listed || !p.is("(")) {
    const parts = name?.parts ?? [];
    return { table: parts.slice(0, -1), columns: parts.slice(-1), start, end: p.last };
  }
  p.next();
  const columns: string[] = [];
  for (;;) {
    const column = p.part();
    if (column === null) {
      p.expected("The name of a column");
      return null;
    }
    columns.push(column);
    if (p.skip(")")) break;
    if (p.skip(",")) continue;
    p.expected("A comma or )");
    return null;
  }
  return { table: name?.parts ?? [], columns, start, end: p.last };
}

/** One value; `other`, and told, where none stands. */
export function valueOf(p: Parser): Value {
  const { start, kind } = p;
  switch (kind) {
    case "string":
    case "expression":
    case "colour": {
      const { source } = p;
      p.next();
      return { kind, text: kind === "colour" ? source : contents(source), start, end: p.last };
    }
    case "word":
    case "quoted":
      return words(p);
    case "number":
      return number(p, 1);
    case "operator":
      return signed(p);
    default:
      p.expected("A value");
      return { kind: "other", start, end: p.end };
  }
}

function number(p: Parser, sign: number): Value {
  const { start, source } = p;
  p.next();
  return { kind: "number", text: sign < 0 ? `-${source}` : source, start, end: p.last };
}

/** `-1`, `+-2`, or a relation. */
function signed(p: Parser): Value {
  const { start } = p;
  const operator = p.source;
  const mark = p.mark();
  let sign = 1;
  while (p.is("operator") && /^[+-]$/.test(p.source)) {
    if (p.source === "-") sign = -sign;
    p.next();
  }
  // The mark stands: other kinds than a number follow a relation's sign.
  if (p.is("number")) return { ...number(p, sign), start };
  p.back(mark);
  if (!isRelation(operator) && operator !== "<-" && operator !== "->") {
    p.expected("A value");
    return { kind: "other", start, end: p.end };
  }
  p.next();
  const to = endpointOf(p);
  return to ? { kind: "link", operator, to, start, end: p.last } : { kind: "other", start, end: p.last };
}

function words(p: Parser): Value {
  const { start } = p;
  const quoted = p.is("quoted");
  const name = p.name("A value");
  const parts = name?.parts ?? [];
  if (quoted || parts.length > 1) return { kind: "name", parts, start, end: p.last };
  let text = parts[0] ?? "";
  while (p.is("word")) {
    text += ` ${p.source}`;
    p.next();
  }
  return { kind: "words", text, start, end: p.last };
}

/** `[a, b: c]`, where there is one in this line. */
export function settingsOf(p: Parser): readonly Setting[] {
  if (!p.is("[") || p.fresh) return NONE;
  const found: Setting[] = [];
  p.next();
  for (;;) {
    const one = setting(p);
    if (one) {
      found.push(one);
      if (p.skip("]")) return found;
      if (p.skip(",")) continue;
    }
    p.expected(one ? "A comma or ]" : "A setting");
    closeSettings(p);
    return found;
  }
}

/** After a fault: to the end of the settings if they end in this line, else to the end of the line. */
function closeSettings(p: Parser): void {
  while (!p.is("end") && !p.is("{") && !p.is("}") && !p.fresh) {
    if (p.skip("]")) return;
    p.next();
  }
}

function setting(p: Parser): Setting | null {
  const { start } = p;
  if (!p.is("word")) return null;
  let written = p.source;
  p.next();
  while (p.is("word") && !(p.fresh && beginsField(p))) {
    written += ` ${p.source}`;
    p.next();
  }
  const value = p.skip(":") ? valueOf(p) : null;
  return { name: written.toLowerCase(), written, value, start, end: p.last };
}

/** A line inside settings that looks like the next field: the bracket before it was left open. */
function beginsField(p: Parser): boolean {
  const { kind, fresh } = p.peek();
  return kind === "word" && !fresh;
}

/** `: 'text'`, `{ 'text' }`; the word before it is read. */
export function noteOf(p: Parser): Note | null {
  const braced = p.skip("{");
  if (!braced && !p.skip(":")) {
    p.expected("A colon and a text in quotes");
    return null;
  }
  const { start, kind } = p;
  if (kind !== "string" && kind !== "quoted") {
    p.expected("A text in quotes");
    if (braced) closeNote(p);
    return null;
  }
  const text = contents(p.source);
  p.next();
  const found = { text, start, end: p.last };
  if (braced) closeNote(p);
  return found;
}

/** To the closing brace of a note that held what it should. */
function closeNote(p: Parser): void {
  if (p.skip("}")) return;
  p.expected("}");
  while (!p.is("end") && !p.is("}")) p.skipLine();
  p.skip("}");
}

/** `key: value`, keys being words or names in quotes; false, and told, where it is not one. */
export function pairOf(p: Parser, into: Pair[]): boolean {
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
  const value = valueOf(p);
  into.push({ key, value, start, end: p.last });
  return value.kind !== "other";
}
