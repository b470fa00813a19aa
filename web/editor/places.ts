/** Where in the text a table, an enum or a column stands, and what the cursor stands on. By lines: the text may be broken. */
import type { EditorState, Line, Text } from "@codemirror/state";

/** One name, and names with dots between them, as patterns. */
export const NAME = String.raw`"(?:[^"\\]|\\.)*"|[\p{L}\p{M}\w]+`;
export const PATH = String.raw`(?:${NAME})(?:\.(?:${NAME}))*`;
const HEAD = new RegExp(String.raw`^\s*(table|enum|tablepartial)\s+(${PATH})(?:\s+as\s+(${NAME}))?`, "iu");
const PARTS = new RegExp(NAME, "gu");
const FIRST = new RegExp(String.raw`^\s*(${NAME})\s+\S`, "u");

export interface Head {
  readonly kind: string;
  /** Names without quotes, the last its own. */
  readonly parts: readonly string[];
  /** What a table is called besides. */
  readonly alias: string | null;
  readonly line: Line;
}

const bare = (written: string): string => (written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, "$1") : written);
export const partsOf = (written: string): string[] => [...written.matchAll(PARTS)].map(([part]) => bare(part));

export function headIn(line: Line): Head | null {
  const found = HEAD.exec(line.text);
  if (!found) return null;
  const alias = found[3] === undefined ? null : bare(found[3]);
  return { kind: (found[1] ?? "").toLowerCase(), parts: partsOf(found[2] ?? ""), alias, line };
}

/** The element whose lines a place is in; so many lines are looked back at. */
const MOST_BACK = 600;

export function headAt(state: EditorState, at: number): Head | null {
  const { doc } = state;
  const here = doc.lineAt(at);
  for (let number = here.number; number > Math.max(0, here.number - MOST_BACK); number -= 1) {
    const line = number === here.number ? here : doc.line(number);
    const head = headIn(line);
    if (head) return head;
    if (number < here.number && line.text.startsWith("}")) return null;
  }
  return null;
}

/** The column whose line a place is in. */
export function columnAt(state: EditorState, at: number): string | null {
  const head = headAt(state, at);
  const line = state.doc.lineAt(at);
  if (!head || head.line.from === line.from || head.kind === "enum") return null;
  const found = FIRST.exec(line.text)?.[1];
  return found === undefined ? null : bare(found);
}

/** The first table, partial or enum that fits, of those whose lines have such a text in them. */
function headWith(doc: Text, text: string, fits: (head: Head) => boolean): Head | null {
  let number = 0;
  for (const line of doc.iterLines()) {
    number += 1;
    if (!line.includes(text) || !HEAD.test(line)) continue;
    const head = headIn(doc.line(number));
    if (head && fits(head)) return head;
  }
  return null;
}

/** A name as it may stand in a line, which a quote or a backslash in it does not. */
const inLine = (name: string): string => (/["\\]/.test(name) ? "" : name);

/** The line that a table, partial or enum begins in; of a namespace, where one is told. */
export function headNamed(doc: Text, name: string, namespace: string | null = null): Head | null {
  const fits = ({ parts }: Head): boolean =>
    parts.at(-1) === name && (namespace === null || parts.slice(0, -1).join(".") === namespace);
  return headWith(doc, inLine(name), fits);
}

/** The table that is called so besides its name. */
export const aliased = (doc: Text, name: string): Head | null => headWith(doc, inLine(name), ({ alias }) => alias === name);

/** The line of a column of a table; the table's own where there is none. */
export function columnLine(doc: Text, head: Head, column: string): Line {
  for (let number = head.line.number + 1; number <= Math.min(doc.lines, head.line.number + 2000); number += 1) {
    const line = doc.line(number);
    if (line.text.startsWith("}")) break;
    const found = FIRST.exec(line.text)?.[1];
    if (found !== undefined && bare(found) === column) return line;
  }
  return head.line;
}
