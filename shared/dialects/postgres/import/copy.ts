/** The rows of `COPY ... FROM stdin` as INSERT statements: the manual, "COPY", "Text Format". */
import { literal } from "../quote.ts";

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
const ROWS_A_STATEMENT = 500;

function value(field: string): string {
  if (field === "\\N") return "NULL";
  return literal(
    field.replace(/\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)/g, (_all, code: string) => {
      if (/^x/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
      return ESCAPES[code] ?? code;
    }),
  );
}

/** INSERT statements for the rows of a COPY block; null when the statement is of a form that has no rows to read (CSV, binary). */
export function* copyInserts(statement: string, block: string): Generator<string> {
  const head = /^copy\s+(\S(?:[\s\S]*?\S)?)\s+from\s+stdin\b([\s\S]*)$/i.exec(statement);
  if (!head?.[1] || /\b(csv|binary|delimiter)\b/i.test(head[2] ?? "")) return;
  const start = block.indexOf("\n", statement.length);
  const lines = start < 0 ? [] : block.slice(start + 1).split(/\r?\n/);
  const end = lines.indexOf("\\.");
  const rows = (end < 0 ? lines : lines.slice(0, end)).filter((line) => line !== "" || end >= 0);
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const values = rows.slice(at, at + ROWS_A_STATEMENT).map((row) => `(${row.split("\t").map(value).join(", ")})`);
    yield `INSERT INTO ${head[1]} OVERRIDING SYSTEM VALUE VALUES ${values.join(",\n")}`;
  }
}
