/** What gestures may do, done to the stores of the open design. */
import type { Scene } from "#shared/drawing/index.ts";
import type { AreaId, NoteId, TableId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import { rectFor, within } from "./geometry/hits.ts";
import type { Host, Piece } from "./gestures/gesture.ts";
import type { Stage } from "./stage.svelte.ts";
import type { Surface } from "./surface.ts";

/** The one area or note that is selected, and nothing else. */
export function selectedPiece({ selection }: Stores, scene: Scene): Piece | null {
  const [id] = [...selection.areas, ...selection.notes];
  if (id === undefined || selection.tables.size + selection.areas.size + selection.notes.size > 1) return null;
  const rect = rectFor(scene, id, null);
  return rect && { id, rect };
}

const ids = <T>(list: readonly { readonly id: T }[]): T[] => list.map(({ id }) => id);

export function hostOf(stores: Stores, stage: Stage, surface: Surface, outside: Pick<Host, "create" | "connect">): Host {
  const { project, selection, view } = stores;
  return {
    scene: () => stage.scene,
    camera: () => view.camera,
    tool: () => view.tool,
    setCamera: (camera) => view.setCamera(camera),
    selected: () => new Set<string>([...selection.tables, ...selection.areas, ...selection.notes]),
    piece: () => selectedPiece(stores, stage.scene),
    selectBoxes: (boxes, adding) => {
      if (adding) for (const id of boxes) selection.toggleTable(id as TableId);
      else selection.selectTables(boxes as readonly TableId[]);
    },
    selectRow: (box, row) => {
      if (row.columnId) selection.selectColumn(box.id as TableId, row.columnId);
      else selection.selectTables([box.id]);
    },
    selectRoute: (id) => selection.selectForeignKey(id),
    selectPiece: (kind, id) =>
      selection.selectAll({
        tables: [],
        areas: kind === "area" ? [id as AreaId] : [],
        notes: kind === "note" ? [id as NoteId] : [],
      }),
    selectWithin: (rect) => {
      const found = within(stage.scene, rect);
      selection.selectAll({ tables: ids(found.boxes), areas: ids(found.areas), notes: ids(found.notes) });
    },
    clear: () => selection.clear(),
    show: (what) => {
      stage.show(what);
      surface.touch();
    },
    place: (positions) => stage.place(positions),
    resize: (piece) => stage.resize(piece),
    create: (what, rect) => {
      view.setTool("select");
      outside.create(what, rect);
    },
    connect: (from, to) => {
      view.setTool("select");
      outside.connect(from, to);
    },
    readOnly: () => project.readOnly,
  };
}
