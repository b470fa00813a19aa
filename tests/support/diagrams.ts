/** Small designs with known places, for what stands on the canvas. */
import {
  type Area,
  type Diagram,
  type DiagramId,
  type Note,
  type Position,
  type Schema,
  type TableId,
  type TintName,
} from "#shared/model/index.ts";
import { generate } from "./generator.ts";

/** A diagram with these positions and nothing else. */
export function diagramOf(positions: ReadonlyMap<string, Position>, more: Partial<Diagram> = {}): Diagram {
  return {
    id: "main" as DiagramId,
    name: "Main",
    positions: positions as Diagram["positions"],
    tints: new Map<TableId, TintName>(),
    areas: [],
    notes: [],
    ...more,
  };
}

/** A generated schema whose tables stand in a grid, far enough apart for routes between them. */
export function gridDesign(tables: number, columns = 4): { readonly schema: Schema; readonly diagram: Diagram } {
  const schema = generate({ tables, columns });
  const perRow = Math.ceil(Math.sqrt(tables));
  const places = schema.tables.map(({ id }, at): [string, Position] => [
    id,
    [(at % perRow) * 400, Math.floor(at / perRow) * (columns * 26 + 120)],
  ]);
  return { schema, diagram: diagramOf(new Map(places)) };
}

export const areaAt = (id: string, at: Position, size: Area["size"], name = id): Area => ({
  id: id as Area["id"],
  name,
  at,
  size,
  tint: "teal",
});

export const noteAt = (id: string, at: Position, size: Note["size"], text = ""): Note => ({
  id: id as Note["id"],
  text,
  at,
  size,
  tint: "amber",
});
