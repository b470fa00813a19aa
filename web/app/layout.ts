/** Where tables stand that have no place yet: found by the layout, from how large they are and what they refer to. */
import { arrangeNew, type Positions, tile } from "#shared/arrange/index.ts";
import { boxSize, edgesOf } from "#shared/drawing/index.ts";
import type { Position, Schema, TableId, ViewId } from "#shared/model/index.ts";
import { ok, type Problem, type Result } from "#shared/result/index.ts";
import type { ProjectStore, ViewStore } from "../stores/api.ts";
import { arrangeInWorker } from "../workers/arrange/client.ts";
import { nodesOf } from "../workers/designs/nodes.ts";

type Places = ReadonlyMap<TableId | ViewId, Position>;
type Point = { readonly x: number; readonly y: number };

/** The size of a table before it has columns of its own. */
const NEW_TABLE = boxSize("", []);

/** The middle of what is seen. */
export const middleOf = ({ camera, viewport }: ViewStore): Point => ({
  x: camera.x + viewport.width / 2 / camera.zoom,
  y: camera.y + viewport.height / 2 / camera.zoom,
});

/** Places for the tables and views that have none; what is joined to nothing that stands comes near `view`. */
export async function arranged(schema: Schema, standing: Places, view: Point | null): Promise<Result<Places>> {
  const found = await arrangeInWorker({ nodes: nodesOf(schema), edges: edgesOf(schema), standing: standing as Positions, view });
  return found.ok ? ok(found.value as Places) : found;
}

/** The same, in plain rows where the layout fails, which `tell` hears of: nothing may stay without a place. */
export async function layout(
  schema: Schema,
  standing: Places,
  tell: (problem: Problem) => void,
  view: Point | null = null,
): Promise<Places> {
  const found = await arranged(schema, standing, view);
  if (found.ok) return found.value;
  tell(found.problem);
  return tile(nodesOf(schema), standing as Positions) as Places;
}

/** A free place for a new table, as near to the middle of what is seen as there is one. */
export function placeInView({ schema, diagram }: ProjectStore, view: ViewStore, id: TableId | ViewId): Position {
  const nodes = [...nodesOf(schema), { id: id as string, ...NEW_TABLE }];
  const middle = middleOf(view);
  return arrangeNew(nodes, [], diagram.positions as Positions, middle).get(id) ?? [middle.x, middle.y];
}
