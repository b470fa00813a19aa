/** A part of what is drawn: the chosen tables and views with their relations, and the pieces that are theirs. */
import type { Area, Diagram, Position, Schema } from "../model/index.ts";
import type { Drawn } from "./draw.ts";

const inside = ({ at, size }: Area, [x, y]: Position): boolean =>
  x >= at[0] && y >= at[1] && x < at[0] + size[0] && y < at[1] + size[1];

/** An area is theirs when it is chosen, or holds some of them and no others; a note, when it is chosen or lies in such an area. */
function diagramOf(diagram: Diagram, chosen: ReadonlySet<string>): Diagram {
  const { positions, tints, areas, notes } = diagram;
  const theirs = areas.filter((area) => {
    const held = [...positions].filter(([, at]) => inside(area, at));
    return chosen.has(area.id) || (held.length > 0 && held.every(([id]) => chosen.has(id)));
  });
  return {
    ...diagram,
    positions: new Map([...positions].filter(([id]) => chosen.has(id))),
    tints: new Map([...tints].filter(([id]) => chosen.has(id))),
    areas: theirs,
    notes: notes.filter((note) => chosen.has(note.id) || theirs.some((area) => inside(area, note.at))),
  };
}

/** `chosen` are ids of tables, views, areas and notes. What is left is good for drawing, not for an engine. */
export function partOf<D extends Drawn>(design: D, chosen: ReadonlySet<string>): D {
  const { schema, diagrams } = design;
  const part: Schema = {
    ...schema,
    tables: schema.tables.filter(({ id }) => chosen.has(id)),
    views: schema.views.filter(({ id }) => chosen.has(id)),
    // One to a table that is left out is not drawn, and still marks its column.
    foreignKeys: schema.foreignKeys.filter(({ tableId }) => chosen.has(tableId)),
  };
  return { ...design, schema: part, diagrams: diagrams.map((diagram) => diagramOf(diagram, chosen)) };
}
