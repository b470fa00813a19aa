/** Oracle's SQL, read: Oracle's documentation, "SQL Language Reference". */
import type { Format } from "../format.ts";
import { type Product, readForeign } from "../foreign-sql/index.ts";
import product from "./product.json" with { type: "json" };

/** Words that only Oracle's scripts have, and how sure each makes. */
const MARKS: readonly (readonly [pattern: RegExp, sure: number])[] = [
  [/\bn?varchar2\s*\(/i, 0.6],
  [/\bnumber\s*(\(\s*\d{1,2}\s*(,\s*-?\d{1,2}\s*)?\)\s*)?(,|not|default|primary|constraint|\))/i, 0.4],
  [/^[ \t]*\/[ \t]*\r?$/m, 0.3],
  [/^[ \t]*(rem|prompt)\b/im, 0.3],
  [/\b(sysdate|from\s+dual|\.nextval|organization\s+index|tablespace)\b/i, 0.4],
  [/:new\.|:old\./i, 0.3],
  [/\b(n?clob|binary_double|binary_float)\b/i, 0.1],
];

function recognise(head: string, fileName: string): number {
  if (/\.(json|dbml|prisma|mmd|puml|md)$/i.test(fileName) || !/\b(create|alter)\s/i.test(head)) return 0;
  return Math.min(
    0.95,
    MARKS.reduce((sum, [pattern, sure]) => sum + (pattern.test(head) ? sure : 0), 0),
  );
}

export const oracle: Format = {
  id: "oracle",
  label: "Oracle SQL",
  about: "as scripts of SQL*Plus and SQL Developer have it",
  extensions: ["sql"],
  mediaType: "application/sql",
  reader: { recognise, read: (text, options) => readForeign(text, product as unknown as Product, options) },
  writer: null,
};
