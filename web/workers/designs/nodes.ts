/** Tables and views as the layout sees them: how large each is, and what refers to what. */
import { dialectOf, dialects } from "#shared/dialects/index.ts";
import type { ArrangeEdge, ArrangeNode } from "#shared/arrange/index.ts";
import { lookup, type Schema } from "#shared/model/index.ts";
import { boxSize, tableRows, viewRows } from "../../canvas/geometry/boxes.ts";

export function nodesOf(schema: Schema): ArrangeNode[] {
  const find = lookup(schema);
  const { short } = (dialectOf(schema.dialect) ?? dialects.postgres).types;
  return [
    ...schema.tables.map((table) => ({ id: table.id as string, ...boxSize(table.name, tableRows(table, find.keyMark, short)) })),
    ...schema.views.map((view) => ({ id: view.id as string, ...boxSize(view.name, viewRows(view, short)) })),
  ];
}

export const edgesOf = ({ foreignKeys }: Schema): ArrangeEdge[] =>
  foreignKeys.map(({ tableId, refTableId }) => ({ from: tableId as string, to: refTableId as string }));
