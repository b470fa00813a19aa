/** From a thread to what it is pinned to. */
import { type Thread, whereIs } from "#shared/comments/index.ts";
import type { ColumnId, ForeignKeyId, TableId } from "#shared/model/index.ts";
import type { Stores } from "../../stores/context.ts";

/** From this zoom on text can be read. */
const READABLE = 0.6;

/** Selects what a thread is pinned to and brings it into view. */
export function goTo({ at }: Thread, { project, selection, view }: Pick<Stores, "project" | "selection" | "view">): void {
  if (at.kind === "place") return show(at.at, view);
  const { gone, ownerId, columnId } = whereIs(at, project.lookup);
  if (ownerId === null) return;
  if (at.kind === "relation") {
    const key = project.lookup.foreignKey(ownerId as ForeignKeyId);
    if (!key) return;
    selection.selectForeignKey(key.id);
    const bounds = view.boundsOf([key.tableId, key.refTableId]);
    if (bounds) show([bounds.x + bounds.width / 2, bounds.y + bounds.height / 2], view);
    return;
  }
  const id = ownerId as TableId;
  if (columnId !== null && !gone) selection.selectColumn(id, columnId as ColumnId);
  else selection.selectTables([id]);
  view.reveal(id);
}

/** A place comes into the middle, unless it is in view already. */
function show([x, y]: readonly [number, number], view: Stores["view"]): void {
  const { camera, viewport } = view;
  const zoom = Math.max(camera.zoom, READABLE);
  const [left, top] = [(x - camera.x) * camera.zoom, (y - camera.y) * camera.zoom];
  const seen = left > 20 && top > 20 && left < viewport.width - 20 && top < viewport.height - 20;
  if (!seen || camera.zoom < READABLE / 2)
    view.setCamera({ zoom, x: x - viewport.width / 2 / zoom, y: y - viewport.height / 2 / zoom });
}
