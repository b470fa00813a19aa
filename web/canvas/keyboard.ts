/** The keys of the canvas: arrows walk, Enter goes in, Escape goes out, space pans. */
import type { TableId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import type { Box } from "./geometry/boxes.ts";
import { nearest } from "./geometry/hits.ts";
import type { Pointer } from "./pointer.svelte.ts";
import type { Stage } from "./stage.svelte.ts";

const ARROWS: Readonly<Record<string, readonly [-1 | 0 | 1, -1 | 0 | 1]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class Keyboard {
  readonly #stores: Stores;
  readonly #stage: Stage;
  readonly #pointer: Pointer;
  /** Where walking begins while nothing is selected. */
  readonly #start: () => Box | undefined;

  constructor(stores: Stores, stage: Stage, pointer: Pointer, start: () => Box | undefined) {
    this.#stores = stores;
    this.#stage = stage;
    this.#pointer = pointer;
    this.#start = start;
  }

  readonly down = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const arrow = ARROWS[event.key];
    if (event.key === " ") {
      this.#pointer.spaceHeld = true;
      event.preventDefault();
    } else if (arrow && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const [dx, dy] = arrow;
      if (dy === 0 || !this.#stepColumn(dy)) this.#walk(dx, dy);
    } else if (event.key === "Escape") this.#leave();
    else if (event.key === "Enter") this.#enter();
  };

  readonly up = (event: KeyboardEvent): void => {
    if (event.key === " ") this.#pointer.spaceHeld = false;
  };

  /** What the pointer is doing is given up first, then the selection. */
  #leave(): void {
    const { selection } = this.#stores;
    if (this.#pointer.pressed || !selection.column) this.#pointer.cancel();
    else selection.selectTables([selection.column.tableId]);
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
      const first = this.#start();
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
