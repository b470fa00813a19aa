/** The painted surface: one canvas, repainted in the next frame after something asked for it. */
import type { ForeignKeyId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import type { Camera } from "./geometry/camera.ts";
import { Painter, type PaintState } from "./paint/painter.ts";
import type { Theme } from "./paint/theme.ts";
import type { Stage } from "./stage.svelte.ts";

export class Surface {
  readonly #stores: Stores;
  readonly #stage: Stage;
  readonly #painter = new Painter();
  readonly #followed: (camera: Camera) => void;
  #context: CanvasRenderingContext2D | null = null;
  #theme: Theme | null = null;
  #ratio = 1;
  #frame = 0;
  #announced = false;
  #hovered: ForeignKeyId | null = null;

  /** `followed` hears of the camera in the frame that it is painted in. */
  constructor(stores: Stores, stage: Stage, followed: (camera: Camera) => void) {
    this.#stores = stores;
    this.#stage = stage;
    this.#followed = followed;
  }

  /** Takes the canvas element; gives what lets go of it. */
  open(canvas: HTMLCanvasElement): () => void {
    this.#context = canvas.getContext("2d", { alpha: false });
    if (!this.#context) throw new Error("this browser has no 2D canvas");
    void document.fonts.ready.then(() => this.#forgetText());
    return () => cancelAnimationFrame(this.#frame);
  }

  resize(width: number, height: number): void {
    if (!this.#context) return;
    this.#ratio = window.devicePixelRatio;
    this.#context.canvas.width = Math.round(width * this.#ratio);
    this.#context.canvas.height = Math.round(height * this.#ratio);
    this.touch();
  }

  useTheme(theme: Theme): void {
    this.#theme = theme;
    this.#forgetText();
  }

  /** The relation under the pointer is lit. */
  hover(id: ForeignKeyId | null): void {
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.touch();
  }

  /** Something changed: a frame is due. */
  touch(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #forgetText(): void {
    this.#painter.forgetText();
    this.touch();
  }

  #paint(): void {
    this.#frame = 0;
    const { project, view } = this.#stores;
    if (!this.#context || !this.#theme || view.viewport.width === 0) return;
    this.#painter.paint(this.#context, this.#stage.scene, view.camera, view.viewport, this.#ratio, this.#theme, this.#state());
    this.#followed(view.camera);
    if (this.#announced) return;
    this.#announced = true;
    performance.mark("design-painted", { detail: { tables: project.schema.tables.length } });
  }

  #state(): PaintState {
    const { selection, proof } = this.#stores;
    const { scene, marquee, drawing } = this.#stage;
    const lit = new Set<string>([this.#hovered, selection.foreignKey].filter((id) => id !== null));
    const litRoutes = [...lit].flatMap((id) => scene.route(id) ?? []);
    const refused = proof.refusals.flatMap(({ about, problem }) => [
      about?.id,
      about?.ownerId,
      problem.about?.id,
      problem.about?.ownerId,
    ]);
    return {
      selected: new Set<string>([...selection.tables, ...selection.areas, ...selection.notes]),
      column: selection.column?.columnId ?? null,
      lit,
      related: new Set<string>(litRoutes.flatMap(({ key }) => [...key.columns, ...key.refColumns])),
      refused: new Set(refused.filter((id) => typeof id === "string")),
      marquee,
      drawing,
    };
  }
}
