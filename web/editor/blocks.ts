/** What is around a place of the text, by lines: the text may be broken. */
import type { Text } from "@codemirror/state";
import { OPENS } from "./language.ts";
import { type Head, headIn } from "./places.ts";

export interface Block {
  /** The word that it begins with, in small letters. */
  readonly kind: string;
  /** The table, partial or enum that the place is in. */
  readonly head: Head | null;
}

/** So many lines are looked back at. */
const MOST_BACK = 2_000;
const INNER: ReadonlySet<string> = new Set(["indexes", "checks", "records"]);

/** The block whose braces a line is between; null outside of all. */
export function blockAt(doc: Text, lineNumber: number): Block | null {
  let closed = 0;
  let inner: string | null = null;
  for (let number = lineNumber - 1; number > Math.max(0, lineNumber - MOST_BACK); number -= 1) {
    const line = doc.line(number);
    if (line.text.startsWith("}") && closed === 0 && inner === null) return null;
    if (/^\s*\}/.test(line.text)) closed += 1;
    else if (OPENS.test(line.text)) {
      closed -= 1;
      if (closed >= 0) continue;
      closed = 0;
      const kind = (/^\s*(\w+)/.exec(line.text)?.[1] ?? "").toLowerCase();
      if (INNER.has(kind) && inner === null && /^\s/.test(line.text)) inner = kind;
      else return { kind: inner ?? kind, head: headIn(line) };
    }
  }
  return inner === null ? null : { kind: inner, head: null };
}
