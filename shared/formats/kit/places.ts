/** Places for what has none, where a format must say one of everything. */
import type { Diagram, DiagramId, Position, Schema } from "../../model/index.ts";
import { DIAGRAM } from "./names.ts";

/** About what the canvas draws. */
const WIDTH = 300;
const HEADER = 100;
const ROW = 26;
const GAP = 60;
const ACROSS = 6;

/** The diagram with a place for every table: those without one stand in rows below the others. */
export function placed(diagram: Diagram | undefined, { tables, views }: Pick<Schema, "tables" | "views">): Diagram {
  const positions = new Map(diagram?.positions);
  let top = 0;
  for (const [, y] of positions.values()) top = Math.max(top, y + 2 * WIDTH);
  let [column, tallest] = [0, 0];
  for (const { id, columns } of [...tables, ...views]) {
    if (positions.has(id)) continue;
    positions.set(id, [column * WIDTH, top] satisfies Position);
    tallest = Math.max(tallest, HEADER + columns.length * ROW);
    column += 1;
    if (column < ACROSS) continue;
    top += tallest + GAP;
    [column, tallest] = [0, 0];
  }
  const empty = { id: "diagram:main" as DiagramId, name: DIAGRAM, tints: new Map(), areas: [], notes: [] };
  return { ...(diagram ?? empty), positions };
}
