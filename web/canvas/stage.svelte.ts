/** What stands on the canvas now: the scene of the design, and over it what a gesture shows until it is over. */
import { untrack } from "svelte";
import type { Position, TableId, ViewId } from "#shared/model/index.ts";
import type { Project } from "../stores/project.svelte.ts";
import type { Rect } from "./geometry/camera.ts";
import { type Scene, SceneBuilder } from "./geometry/scene.ts";
import type { Shown } from "./gestures/gesture.ts";

type Moved = ReadonlyMap<string, Position>;

export class Stage {
  readonly #project: Project;
  readonly #builder = new SceneBuilder();
  readonly #settled = $derived(this.#make(null));
  #dragged: Scene | null = null;
  #marquee: Rect | null = null;
  #drawing: readonly [Position, Position] | null = null;

  constructor(project: Project) {
    this.#project = project;
  }

  /** The design as it is stored; reactive. */
  get settled(): Scene {
    return this.#settled;
  }

  /** What is to be painted: the drag under way, or the design. Not reactive. */
  get scene(): Scene {
    return this.#dragged ?? untrack(() => this.#settled);
  }

  get marquee(): Rect | null {
    return this.#marquee;
  }

  get drawing(): readonly [Position, Position] | null {
    return this.#drawing;
  }

  show({ moved, marquee, drawing }: Shown): void {
    if (moved !== undefined) this.#dragged = moved ? this.#make(moved) : null;
    if (marquee !== undefined) this.#marquee = marquee;
    if (drawing !== undefined) this.#drawing = drawing;
  }

  /** Writes what was moved into the design. */
  place(positions: Moved): void {
    const { diagram } = this.#project;
    const boxes = new Map<TableId | ViewId, Position>();
    for (const [id, at] of positions) {
      const area = diagram.areas.find((item) => item.id === id);
      const note = diagram.notes.find((item) => item.id === id);
      if (area) this.#project.putArea({ ...area, at });
      else if (note) this.#project.putNote({ ...note, at });
      else boxes.set(id as TableId, at);
    }
    if (boxes.size > 0) this.#project.place(boxes);
  }

  #make(moved: Moved | null): Scene {
    const { schema, diagram, dialect } = this.#project;
    const shown = moved
      ? {
          ...diagram,
          areas: diagram.areas.map((area) => ({ ...area, at: moved.get(area.id) ?? area.at })),
          notes: diagram.notes.map((note) => ({ ...note, at: moved.get(note.id) ?? note.at })),
        }
      : diagram;
    return this.#builder.build({ schema, diagram: shown, shortType: dialect.types.short, moved });
  }
}
