/** Where in the text a table, an enum or a column stands, and what the cursor stands on. By lines: the text may be broken. */
import type { EditorState, Line, Text } from "@codemirror/state";

const NAME = String.raw`"(?:[^"\\]|\\.)*"|[\p{L}\p{M}\w]+`;
const HEAD = new RegExp(String.raw`^\s*(table|enum|tablepartial)\s+((?:${NAME})(?:\.(?:${NAME}))*)`, "iu");
const PARTS = new RegExp(NAME, "gu");
const FIRST = new RegExp(String.raw`^\s*(${NAME})\s+\S`, "u");

export interface Head {
  readonly kind: string;
  /** Names without quotes, the last its own. */
  readonly parts: readonly string[];
  readonly line: Line;
}

const bare = (written: string): string => (written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, "$1") : written);
export const partsOf = (written: string): string[] => [...written.matchAll(PARTS)].map(([part]) => bare(part));

function headIn(line: Line): Head | null {
  const found = HEAD.exec(line.text);
  return found ? { kind: (found[1] ?? "").toLowerCase(), parts: partsOf(found[2] ?? ""), line } : null;
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

const same = (parts: readonly string[], name: string, namespace: string | null): boolean =>
  parts.at(-1) === name && (namespace === null || parts.length < 2 || parts.at(-2) === namespace);

/** The line that a table, partial or enum begins in. */
export function headNamed(doc: Text, name: string, namespace: string | null = null): Head | null {
  const lines = doc.iterLines();
  let number = 0;
  for (const text of lines) {
    number += 1;
    if (!text.includes(name) || !HEAD.test(text)) continue;
    const head = headIn(doc.line(number));
    if (head && same(head.parts, name, namespace)) return head;
  }
  return null;
}

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

/** The dotted name that a place is in: its parts, and which of them. */
export function nameAt(
  state: EditorState,
  at: number,
): { readonly parts: readonly string[]; readonly part: number; readonly from: number; readonly to: number } | null {
  const line = state.doc.lineAt(at);
  const whole = new RegExp(String.raw`(?:${NAME})(?:\.(?:${NAME}))*`, "gu");
  for (const found of line.text.matchAll(whole)) {
    const from = line.from + found.index;
    const to = from + found[0].length;
    if (at < from || at > to) continue;
    const written = [...found[0].matchAll(PARTS)];
    const part = written.findIndex(({ 0: text, index }) => at <= from + index + text.length);
    return { parts: written.map(([text]) => bare(text)), part: Math.max(0, part), from, to };
  }
  return null;
}
