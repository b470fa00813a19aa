/** Tables and views as the layout sees them: how large each is, and what refers to what. */
import type { ArrangeEdge, ArrangeNode } from "../arrange/index.ts";
import { lookup, type Schema } from "../model/index.ts";
import { boxSize, tableRows, viewRows } from "./boxes.ts";

export function nodesOf(schema: Schema, short: (type: string) => string): ArrangeNode[] {
  const find = lookup(schema);
  return [
    ...schema.tables.map((table) => ({ id: table.id as string, ...boxSize(table.name, tableRows(table, find.keyMark, short)) })),
    ...schema.views.map((view) => ({ id: view.id as string, ...boxSize(view.name, viewRows(view, short)) })),
  ];
}

export const edgesOf = ({ foreignKeys }: Schema): ArrangeEdge[] =>
  foreignKeys.map(({ tableId, refTableId }) => ({ from: tableId as string, to: refTableId as string }));
