/** A dump without its rows: what may leave a device on which the rows stay. */
import type { Splitter } from "../dialect.ts";

const CHUNK = 256 * 1024;
/** Rows in an executable comment of MySQL's are statements to the splitter. */
const HIDDEN_ROWS = /^\/\*M?!\d*\s*(?:insert|replace|update|delete)\b/i;

const breaks = (text: string): string => text.replace(/[^\n]+/g, "");

/** The text's definitions, each in the line where it stands; of rows, and of what is between statements, only the line breaks are left. */
export function withoutRows(text: string, cut: Splitter): string {
  let out = "";
  let last = 0;
  const take = (pieces: ReturnType<Splitter["end"]>): void => {
    for (const { kind, text: statement, span } of pieces) {
      const end = span.offset + span.length;
      const whole = text.slice(span.offset, end);
      const rows = kind === "data" || kind === "copy" || HIDDEN_ROWS.test(statement);
      out += breaks(text.slice(last, span.offset)) + (rows ? breaks(whole) : whole);
      last = end;
    }
  };
  for (let at = 0; at < text.length; at += CHUNK) take(cut.push(text.slice(at, at + CHUNK)));
  take(cut.end());
  return out;
}
