/** SQL Server's SQL, read: Microsoft's documentation, "Transact-SQL reference". */
import type { Format } from "../format.ts";
import { type Product, readForeign } from "../foreign-sql/index.ts";
import product from "./product.json" with { type: "json" };

/** Words that only SQL Server's scripts have, and how sure each makes. */
const MARKS: readonly (readonly [pattern: RegExp, sure: number])[] = [
  [/^[ \t]*go[ \t]*(?:;[ \t]*)?\r?$/im, 0.5],
  [/\b(non)?clustered\b/i, 0.3],
  [/\bidentity\s*(\(\s*\d{1,9}\s*,\s*\d{1,9}\s*\)\s*)?(,|not|primary|\n)/i, 0.2],
  [/\b(datetime2|uniqueidentifier|smalldatetime|datetimeoffset)\b/i, 0.3],
  [/\b(getdate\s*\(|sp_addextendedproperty|sysobjects|set\s+ansi_nulls|set\s+quoted_identifier)/i, 0.4],
];
/** What its scripts have and some of SQLite have as well: worth something beside a mark of its own. */
const SHARED: typeof MARKS = [
  [/\bcreate\s+table\s+(\[[^\]\n]{1,128}\]\.)?\[[^\]\n]{1,128}\]/i, 0.3],
  [/\bnvarchar\b/i, 0.3],
  [/(^|[\s(,=])N'/, 0.1],
];

const sum = (marks: typeof MARKS, head: string): number =>
  marks.reduce((total, [pattern, sure]) => total + (pattern.test(head) ? sure : 0), 0);

function recognise(head: string, fileName: string): number {
  if (/\.(json|dbml|prisma|mmd|puml|md)$/i.test(fileName) || !/\b(create|alter)\s/i.test(head)) return 0;
  const own = sum(MARKS, head);
  return own === 0 ? 0 : Math.min(0.95, own + sum(SHARED, head));
}

export const mssql: Format = {
  id: "mssql",
  label: "SQL Server SQL",
  about: "as scripts of SQL Server Management Studio have it",
  extensions: ["sql"],
  mediaType: "application/sql",
  reader: { recognise, read: (text, options) => readForeign(text, product as unknown as Product, options) },
  writer: null,
};
