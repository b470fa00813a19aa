/** A script that a person can read: statements under headings, what fits on one line close together. */
import type { Statement } from "../dialect.ts";

const RULE = `-- ${"-".repeat(76)}`;

/** The statements, each ended, in the order given. A heading stands wherever `headingOf` gives another one than before. */
export function inSections(statements: readonly Statement[], headingOf: (statement: Statement) => string): string {
  let out = "";
  let heading = "";
  let compact = false;
  for (const statement of statements) {
    const next = headingOf(statement);
    const short = !statement.sql.includes("\n");
    if (next !== heading) out += `${out === "" ? "" : "\n"}${RULE}\n-- ${next}\n${RULE}\n\n`;
    else if (!compact || !short) out += "\n";
    out += `${statement.sql};\n`;
    heading = next;
    compact = short;
  }
  return out;
}
