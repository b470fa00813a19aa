/** A pointer goes down: the tool and what is under it decide which gesture begins. */
import { rowAt } from "#shared/drawing/index.ts";
import { heldBy, hit } from "../geometry/hits.ts";
import { dragging } from "./dragging.ts";
import { drawingArea } from "./drawing-area.ts";
import { drawingRelation } from "./drawing-relation.ts";
import type { Gesture, Host, PointerMoment } from "./gesture.ts";
import { idle } from "./idle.ts";
import { marquee } from "./marquee.ts";
import { panning } from "./panning.ts";
import { gripAt, resizing } from "./resizing.ts";

/** How near to a line counts as on it, CSS pixels. */
const REACH = 6;

export function press(host: Host, at: PointerMoment): Gesture {
  if (at.panning || host.tool() === "pan") return panning(host, at);
  const grip = gripAt(host, at);
  if (grip) return resizing(host, at, grip);
  const found = hit(host.scene(), at.world, REACH / host.camera().zoom);
  const tool = host.readOnly() ? "select" : host.tool();
  if (tool === "table" || tool === "note") {
    host.create(tool, { ...at.world, width: 0, height: 0 });
    return idle(host);
  }
  if (tool === "area") return drawingArea(host, at);
  if (tool === "relation") {
    return found?.kind === "box" ? drawingRelation(host, at, found.box, rowAt(found.box, at.world.y)) : idle(host);
  }
  switch (found?.kind) {
    case "box": {
      const { box } = found;
      const row = rowAt(box, at.world.y);
      if (at.adding) host.selectBoxes([box.id], true);
      else if (!host.selected().has(box.id) || (row?.columnId ?? null) !== null) {
        if (row && !host.selected().has(box.id)) host.selectRow(box, row);
        else if (row && host.selected().size <= 1) host.selectRow(box, row);
        else if (!host.selected().has(box.id)) host.selectBoxes([box.id], false);
      }
      return dragging(host, at, [...host.selected()]);
    }
    case "route":
      host.selectRoute(found.route.key.id);
      return idle(host);
    case "note":
      host.selectPiece("note", found.note.id);
      return dragging(host, at, [found.note.id]);
    case "area": {
      const { area } = found;
      host.selectPiece("area", area.id);
      return dragging(host, at, [area.id, ...heldBy(host.scene(), area)]);
    }
    default:
      return marquee(host, at);
  }
}
