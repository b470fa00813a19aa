/** Reads the texts of CREATE INDEX, VIEW and VIRTUAL TABLE: sqlite.org/lang_createindex.html and its neighbours. */
import { Cursor } from "./cursor.ts";

export interface IndexPartText {
  /** Without COLLATE and the direction. */
  readonly expression: string;
  readonly collation: string | null;
}

export interface IndexText {
  readonly parts: readonly IndexPartText[];
  readonly where: string | null;
}

export function readIndexText(sql: string): IndexText {
  const cursor = new Cursor(sql);
  cursor.until("on");
  cursor.next();
  cursor.name();
  cursor.skip("(");
  const parts: IndexPartText[] = [];
  while (!cursor.done && !cursor.skip(")")) {
    if (cursor.skip(",")) continue;
    parts.push(indexPart(cursor.until(",")));
  }
  return { parts, where: cursor.skip("where") ? cursor.rest() : null };
}

/** `lower(a) COLLATE nocase DESC`: the last COLLATE outside parentheses is the index's own. */
function indexPart(text: string): IndexPartText {
  const cursor = new Cursor(text);
  let expression = "";
  let collation: string | null = null;
  while (!cursor.done) {
    const passed = cursor.until("collate", "asc", "desc");
    if (expression === "") expression = passed;
    if (cursor.skip("collate")) collation = cursor.name();
    else cursor.next();
  }
  return { expression, collation };
}

/** `columns` is the list in parentheses after the view's name as it is written, or null. */
export function readViewText(sql: string): { readonly columns: string | null; readonly definition: string } {
  const cursor = new Cursor(sql);
  cursor.until("as", "(");
  const columns = cursor.skip("(") ? cursor.inside() : null;
  cursor.skip("as");
  return { columns, definition: cursor.rest() };
}

/** The text after USING: `fts5(title, body)`. */
export function readVirtualText(sql: string): { readonly using: string; readonly module: string } {
  const cursor = new Cursor(sql);
  cursor.until("using");
  cursor.next();
  const using = cursor.rest();
  return { using, module: cursor.name().toLowerCase() };
}

/** Every name that a text speaks of, in lower case: what a view may depend on. */
export function namesIn(sql: string): ReadonlySet<string> {
  const cursor = new Cursor(sql);
  const names = new Set<string>();
  while (!cursor.done) names.add(cursor.name().toLowerCase());
  return names;
}
