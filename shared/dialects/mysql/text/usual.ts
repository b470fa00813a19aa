/** Text that was written under another `sql_mode`, as it would be written under the usual one. */
import { literal, quoted } from "../quote.ts";
import { tokenize, unquoteName, unquoteString } from "./lexer.ts";
import type { Mode } from "./mode.ts";

/** Names in double quotes get backticks, and backslashes that mean themselves are doubled. */
export function toUsual(text: string, mode: Mode): string {
  let out = "";
  let last = 0;
  for (const { kind, start, end, closed } of tokenize(text, mode)) {
    const raw = text.slice(start, end);
    const name = kind === "quoted" && raw.startsWith('"');
    const escapes = kind === "string" && !mode.backslashes && raw.includes("\\");
    if (!closed || (!name && !escapes)) continue;
    out += text.slice(last, start) + (name ? quoted(unquoteName(raw)) : literal(unquoteString(raw, mode)));
    last = end;
  }
  return out + text.slice(last);
}
