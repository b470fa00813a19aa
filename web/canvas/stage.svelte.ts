/** What stands on the canvas now: the scene of the design, and over it what a gesture shows until it is over. */
import { untrack } from "svelte";
import { boundsOf, partOf, type Rect, type Scene, SceneBuilder } from "#shared/drawing/index.ts";
import type { Diagram, Position, Schema, TableId, ViewId } from "#shared/model/index.ts";
import type { Project } from "../stores/project.svelte.ts";
import type { Settings } from "../stores/settings.svelte.ts";
import { type Hand, takeUp, withSize } from "./geometry/hand.ts";
import type { Carried, Piece, Shown } from "./gestures/gesture.ts";

type Moved = ReadonlyMap<string, Position>;

/** A scene that does not change, and what a picture of it shows. */
export interface Still {
  readonly scene: Scene;
  readonly bounds: Rect;
}

/**
 * What is to be drawn of a design: everything, or the tables, areas and notes with these ids. It stands here, among what is loaded at
 * once, so that the maker of pictures brings little of its own.
 */
export function still(
  design: { readonly schema: Schema; readonly diagrams: readonly Diagram[] },
  chosen: ReadonlySet<string> | null,
  shortType: (type: string) => string,
): Still | null {
  const { schema, diagrams } = chosen === null ? design : partOf(design, chosen);
  const [diagram] = diagrams;
  if (!diagram) return null;
  const scene = new SceneBuilder().build({ schema, diagram, shortType });
  return { scene, bounds: boundsOf(scene) };
}

export class Stage {
  readonly #project: Project;
  readonly #settings: Pick<Settings, "columns">;
  readonly #builder = new SceneBuilder();
  readonly #settled = $derived(this.#build());
  #hand: (Hand & { readonly from: Scene; readonly by: Position }) | null = null;
  #sized: Scene | null = null;
  #marquee: Rect | null = null;
  #drawing: readonly [Position, Position] | null = null;

  constructor(project: Project, settings: Pick<Settings, "columns">) {
    this.#project = project;
    this.#settings = settings;
  }

  /** The design as it is stored; reactive. */
  get settled(): Scene {
    return this.#settled;
  }

  /** The design, and an area or a note in the size that a gesture gives it. Not reactive. */
  get scene(): Scene {
    return this.#sized ?? untrack(() => this.#settled);
  }

  /** What is carried, and how far; null while nothing is. */
  get hand(): (Hand & { readonly by: Position }) | null {
    return this.#hand;
  }

  get marquee(): Rect | null {
    return this.#marquee;
  }

  get drawing(): readonly [Position, Position] | null {
    return this.#drawing;
  }

  show({ carried, marquee, drawing, sized }: Shown): void {
    if (carried !== undefined) this.#carry(carried);
    if (sized !== undefined)
      this.#sized =
        sized &&
        withSize(
          untrack(() => this.#settled),
          sized.id,
          sized.rect,
        );
    if (marquee !== undefined) this.#marquee = marquee;
    if (drawing !== undefined) this.#drawing = drawing;
  }

  /** Writes what was moved into the design: one step, whatever it was. */
  place(positions: Moved): void {
    const project = this.#project;
    const areas = project.diagram.areas.filter(({ id }) => positions.has(id));
    const notes = project.diagram.notes.filter(({ id }) => positions.has(id));
    const pieces = new Set<string>([...areas, ...notes].map(({ id }) => id));
    const boxes = new Map([...positions].filter(([id]) => !pieces.has(id)).map(([id, at]) => [id as TableId | ViewId, at]));
    if (pieces.size === 0) return project.place(boxes);
    project.together(positions.size === 1 ? "Move" : `Move ${String(positions.size)} things`, () => {
      for (const area of areas) project.putArea({ ...area, at: positions.get(area.id) ?? area.at });
      for (const note of notes) project.putNote({ ...note, at: positions.get(note.id) ?? note.at });
      if (boxes.size > 0) project.place(boxes);
    });
  }

  /** Writes the new rectangle of an area or a note. */
  resize({ id, rect }: Piece): void {
    const { areas, notes } = this.#project.diagram;
    const place = { at: [rect.x, rect.y], size: [rect.width, rect.height] } as const;
    const area = areas.find((item) => item.id === id);
    const note = notes.find((item) => item.id === id);
    if (area) this.#project.putArea({ ...area, ...place });
    if (note) this.#project.putNote({ ...note, ...place });
  }

  #build(): Scene {
    const { schema, diagram, dialect } = this.#project;
    return this.#builder.build({ schema, diagram, shortType: dialect.types.short, columns: this.#settings.columns });
  }

  /** What is taken up once serves a whole drag, unless the design changes under it. */
  #carry(carried: Carried | null): void {
    const from = untrack(() => this.#settled);
    if (!carried) this.#hand = null;
    else this.#hand = { ...(this.#hand?.from === from ? this.#hand : { ...takeUp(from, carried.ids), from }), by: carried.by };
  }
}
