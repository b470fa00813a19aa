/**
 * The painted surface: one canvas, repainted in the next frame after something asked for it. The first frame that is whole is
 * announced by the mark `design-painted`.
 */
import type { ForeignKeyId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import type { Camera } from "./geometry/camera.ts";
import { selectedPiece } from "./host.ts";
import type { PaintState } from "./paint/brush.ts";
import { Painter } from "./paint/painter.ts";
import { fontsOf, type Theme } from "./paint/theme.ts";
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
  #announcement = 0;
  #fontsReady = false;
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
    // Letters of another script come in a file of their own, asked for when they are first painted.
    const repaint = (): void => this.#forgetText();
    document.fonts.addEventListener("loadingdone", repaint);
    return () => {
      document.fonts.removeEventListener("loadingdone", repaint);
      cancelAnimationFrame(this.#frame);
      cancelAnimationFrame(this.#announcement);
    };
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
    // A font that cannot be had is replaced by the browser's own: the frame is whole with that one.
    void Promise.allSettled(fontsOf(theme).map((font) => document.fonts.load(font))).then(() => {
      this.#fontsReady = true;
      this.#forgetText();
    });
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
    const { view } = this.#stores;
    if (!this.#context || !this.#theme || view.viewport.width === 0) return;
    this.#painter.paint(this.#context, {
      scene: this.#stage.scene,
      camera: view.camera,
      view: view.viewport,
      ratio: this.#ratio,
      theme: this.#theme,
      state: this.#state(),
    });
    this.#followed(view.camera);
    if (this.#announcement === 0 && this.#fontsReady) this.#announce();
  }

  /** Every table stands in what was just painted: told when the browser begins the next frame, this one being on screen. */
  #announce(): void {
    const { tables } = this.#stores.project.schema;
    if (tables.some(({ id }) => this.#stage.scene.box(id) === null)) return;
    const detail = { tables: tables.length };
    this.#announcement = requestAnimationFrame(() => performance.mark("design-painted", { detail }));
  }

  #state(): PaintState {
    const { project, selection, proof } = this.#stores;
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
      handles: project.readOnly ? null : (selectedPiece(this.#stores, scene)?.rect ?? null),
    };
  }
}
