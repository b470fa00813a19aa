/** A design's drawing as a text would say it. */
import type { Dialect } from "../../../dialects/dialect.ts";
import type { Diagram, Schema, TableId } from "../../../model/index.ts";
import { groupTexts } from "../write/drawing.ts";
import { takeName } from "../../kit/names.ts";
import { Names } from "../write/print.ts";
import type { Drawn } from "./drawn.ts";

/** `said`: what the text says of it now; its names of notes stay, and only the places that it says are said. */
export function drawnOf(diagram: Diagram, schema: Schema, dialect: Dialect, said: Drawn): Drawn {
  const kept = new Map<string, string>(said.notes.map(({ id, name }) => [id, name]));
  const taken = new Set(kept.values());
  const shown = schema.tables.filter(({ columns }) => columns.length > 0);
  const tables = new Set<string>(shown.map(({ id }) => id));
  return {
    tints: new Map([...diagram.tints].filter(([id]) => tables.has(id))) as Drawn["tints"],
    groups: groupTexts(diagram, shown, new Names(schema, dialect)).map(({ id, name, tint, members }) => ({
      ...{ id, name, tint, members },
    })),
    notes: diagram.notes.map(({ id, tint, text }, at) => ({
      id,
      name: kept.get(id) ?? takeName(`note_${String(at + 1)}`, taken),
      tint,
      text,
    })),
    places: new Map(
      [...said.places.keys()].flatMap((id: TableId) => {
        const at = diagram.positions.get(id);
        return at ? [[id, at] as const] : [];
      }),
    ),
  };
}
