/** The keys of the canvas: arrows walk, move and size, Enter goes in, Escape goes out, space pans. */
import type { Box } from "#shared/drawing/index.ts";
import type { Position, TableId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import { resized } from "./geometry/handles.ts";
import { heldBy, nearest, rectFor } from "./geometry/hits.ts";
import { selectedPiece } from "./host.ts";
import type { Pointer } from "./pointer.svelte.ts";
import type { Stage } from "./stage.svelte.ts";

const ARROWS: Readonly<Record<string, readonly [-1 | 0 | 1, -1 | 0 | 1]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far one press moves or sizes, world pixels. */
const STEP = 20;

/** The elements over the canvas, one for each table in view. */
interface Elements {
  /** Where walking begins while nothing is selected. */
  readonly first: () => Box | undefined;
  readonly focus: (id: string) => void;
  /** Gives the focus back to the canvas. */
  readonly leave: () => void;
}

export class Keyboard {
  readonly #stores: Stores;
  readonly #stage: Stage;
  readonly #pointer: Pointer;
  readonly #elements: Elements;

  constructor(stores: Stores, stage: Stage, pointer: Pointer, elements: Elements) {
    this.#stores = stores;
    this.#stage = stage;
    this.#pointer = pointer;
    this.#elements = elements;
  }

  readonly down = (event: KeyboardEvent): void => {
    // Keys come from the canvas itself, or from the element of a table over it.
    const onTable = event.target !== event.currentTarget;
    if (onTable && !(event.target instanceof HTMLElement && event.target.dataset["table"])) return;
    const arrow = ARROWS[event.key];
    if (event.key === " " && !onTable) {
      this.#pointer.spaceHeld = true;
      event.preventDefault();
    } else if (arrow && !event.ctrlKey && !event.metaKey && (event.shiftKey || !event.altKey)) {
      event.preventDefault();
      this.#arrow(arrow, event);
      const [id] = this.#stores.selection.tables;
      if (onTable && id) this.#elements.focus(id);
    } else if (event.key === "Escape") {
      if (onTable) this.#elements.leave();
      else this.#leave();
    } else if (event.key === "Enter" && !onTable) this.#enter();
  };

  readonly up = (event: KeyboardEvent): void => {
    if (event.key === " ") this.#pointer.spaceHeld = false;
  };

  #arrow([dx, dy]: readonly [-1 | 0 | 1, -1 | 0 | 1], { shiftKey, altKey }: KeyboardEvent): void {
    if (altKey) this.#size(dx, dy);
    else if (shiftKey) this.#move(dx, dy);
    else if (dy === 0 || !this.#stepColumn(dy)) this.#walk(dx, dy);
  }

  /** Moves what is selected, and with an area what it holds. */
  #move(dx: number, dy: number): void {
    const { project, selection } = this.#stores;
    const { scene } = this.#stage;
    const held = scene.areas.filter(({ id }) => selection.areas.has(id)).flatMap((area) => heldBy(scene, area));
    const places = new Map<string, Position>();
    for (const id of [...selection.tables, ...selection.areas, ...selection.notes, ...held]) {
      const rect = rectFor(scene, id, null);
      if (rect) places.set(id, [rect.x + dx * STEP, rect.y + dy * STEP]);
    }
    if (places.size > 0 && !project.readOnly) this.#stage.place(places);
  }

  /** Sizes the selected area or note by its lower right corner. */
  #size(dx: number, dy: number): void {
    const piece = selectedPiece(this.#stores, this.#stage.scene);
    if (!piece || this.#stores.project.readOnly) return;
    this.#stage.resize({ ...piece, rect: resized(piece.rect, { x: 1, y: 1 }, dx * STEP, dy * STEP) });
  }

  /** What the pointer is doing is given up first, then the selection. */
  #leave(): void {
    const { selection } = this.#stores;
    if (this.#pointer.pressed) this.#pointer.cancel();
    else if (selection.column) selection.selectTables([selection.column.tableId]);
    else selection.clear();
  }

  #enter(): void {
    const { project, selection, view } = this.#stores;
    const table = project.lookup.table([...selection.tables][0] as TableId);
    const [first] = table?.columns ?? [];
    if (selection.column) view.edit({ what: "column-name", ...selection.column });
    else if (table && first) selection.selectColumn(table.id, first.id);
  }

  /** Walks to the nearest table in a direction. */
  #walk(dx: number, dy: number): void {
    const { selection, view } = this.#stores;
    const from = this.#stage.scene.box([...selection.tables][0] ?? "");
    if (!from) {
      const first = this.#elements.first();
      if (first) selection.selectTables([first.id]);
      return;
    }
    const best = nearest(this.#stage.scene, from, dx, dy);
    if (!best) return;
    selection.selectTables([best.id]);
    view.reveal(best.id);
  }

  #stepColumn(by: 1 | 0 | -1): boolean {
    const { project, selection } = this.#stores;
    const at = selection.column;
    if (!at) return false;
    const columns = project.lookup.table(at.tableId)?.columns ?? [];
    const to = columns[columns.findIndex(({ id }) => id === at.columnId) + by];
    if (to) selection.selectColumn(at.tableId, to.id);
    return true;
  }
}
