/** An overview for the head of a page: tables and their relations, without columns, as a diagram of Mermaid. */
import { cardinalityOf } from "../../drawing/index.ts";
import type { Schema, Table } from "../../model/index.ts";
import { wellFormed } from "../kit/xml.ts";

/** Names stand in quotes, in which some letters may not. */
// eslint-disable-next-line no-control-regex
const quoted = (name: string): string => `"${wellFormed(name).replace(/["%\\<>`{}\0-\x1f\x7f\u2028\u2029]/g, "_") || "_"}"`;

export function overview({ tables, foreignKeys }: Schema, nameOf: (table: Table) => string): string {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const lines = foreignKeys.flatMap((key) => {
    const [from, to] = [byId.get(key.tableId), byId.get(key.refTableId)];
    if (!from || !to) return [];
    const { optional, single, identifying } = cardinalityOf(key, from);
    const ends = `${single ? "|o" : "}o"}${identifying ? "--" : ".."}${optional ? "o|" : "||"}`;
    return [`  ${quoted(nameOf(from))} ${ends} ${quoted(nameOf(to))} : ${quoted(key.name)}`];
  });
  const joined = new Set(foreignKeys.flatMap(({ tableId, refTableId }) => [tableId, refTableId]));
  const alone = tables.filter(({ id }) => !joined.has(id)).map((table) => `  ${quoted(nameOf(table))}`);
  return ["erDiagram", ...lines, ...alone].join("\n");
}
