/**
 * The painted surface: pictures in tiles of what rests and of what is in the hand, and over them what a gesture shows. They are
 * brought up in the next frame after something asked for it, or just before. The first frame that is whole is announced by the mark
 * `design-painted`.
 */
import type { Rect, Scene } from "#shared/drawing/index.ts";
import type { ForeignKeyId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import type { Camera } from "./geometry/camera.ts";
import { selectedPiece } from "./host.ts";
import type { OverState, PaintState } from "./paint/brush.ts";
import { changesOf, type Painting } from "./paint/changes.ts";
import { Painter } from "./paint/painter.ts";
import { Pictures } from "./paint/pictures.ts";
import type { PaintTile } from "./paint/picture.ts";
import { StateKeeper } from "./paint/state.ts";
import { fontsOf, type Theme } from "./paint/theme.ts";
import type { Stage } from "./stage.svelte.ts";

/** How long a zoom must rest before it is painted anew, milliseconds. */
const REST_MS = 100;

interface Layers {
  readonly rest: Pictures;
  readonly hand: Pictures;
  /** What a gesture shows; hidden while that is nothing. */
  readonly over: CanvasRenderingContext2D;
}

export class Surface {
  readonly #stores: Stores;
  readonly #stage: Stage;
  readonly #painter = new Painter();
  readonly #followed: (camera: Camera) => void;
  readonly #states = new StateKeeper();
  #layers: Layers | null = null;
  #theme: Theme | null = null;
  #ratio = 1;
  #frame = 0;
  /** A painting that does not wait for the frame; at most one is made for each. */
  #soon: ReturnType<typeof setTimeout> | null = null;
  #ahead = 0;
  #announcement = 0;
  #fontsReady = false;
  #hovered: ForeignKeyId | null = null;
  /** What the pictures show; null when they are to be painted anew. */
  #painted: Painting | null = null;
  #held: Painting | null = null;
  #zoom: number | null = null;
  /** Set while a zoom goes on; when it fires, the zoom rests. */
  #zooming: ReturnType<typeof setTimeout> | null = null;

  /** `followed` hears of the camera in the frame that it is painted in. */
  constructor(stores: Stores, stage: Stage, followed: (camera: Camera) => void) {
    this.#stores = stores;
    this.#stage = stage;
    this.#followed = followed;
  }

  /** Takes the element that the pictures go into, and the canvas over them; gives what lets go of them. */
  open(pictures: Element, over: HTMLCanvasElement): () => void {
    const context = over.getContext("2d");
    if (!context) throw new Error("this browser has no 2D canvas");
    this.#layers = { rest: new Pictures(pictures, true), hand: new Pictures(pictures, false), over: context };
    // Letters of another script come in a file of their own, asked for when they are first painted.
    const repaint = (): void => this.#forgetText();
    document.fonts.addEventListener("loadingdone", repaint);
    return () => {
      document.fonts.removeEventListener("loadingdone", repaint);
      this.#clearDue();
      cancelAnimationFrame(this.#ahead);
      cancelAnimationFrame(this.#announcement);
      this.#zoomEnds();
    };
  }

  resize(width: number, height: number): void {
    if (!this.#layers) return;
    this.#ratio = window.devicePixelRatio;
    const { canvas } = this.#layers.over;
    canvas.width = Math.round(width * this.#ratio);
    canvas.height = Math.round(height * this.#ratio);
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

  /** The design changed: painted once what goes on is done, so that the frame, which has styles and layout to do too, only shows it. */
  changed(): void {
    this.touch();
    if (this.#ahead !== 0) return;
    this.#soon ??= setTimeout(() => {
      this.#ahead = requestAnimationFrame(() => (this.#ahead = 0));
      this.#paint();
    });
  }

  /** What was due is painted, or called off. */
  #clearDue(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
  }

  #forgetText(): void {
    this.#painter.forgetText();
    this.#painted = null;
    this.#held = null;
    this.touch();
  }

  #paint(): void {
    this.#clearDue();
    const { view, selection, proof } = this.#stores;
    const [layers, theme, { hand, scene }] = [this.#layers, this.#theme, this.#stage];
    if (!layers || !theme || view.viewport.width === 0) return;
    const state = this.#states.of(this.#hovered, selection, proof.refusals, scene);
    const steady = this.#rests(view.camera.zoom);
    const rest = { scene: hand?.rest ?? scene, state };
    let more = this.#show(layers.rest, rest, this.#painted, view.camera, steady, theme, true);
    this.#painted = rest;
    const held = hand && { scene: hand.held, state };
    if (held) {
      const { x, y, zoom } = view.camera;
      const camera = { x: x - hand.by[0], y: y - hand.by[1], zoom };
      more = this.#show(layers.hand, held, this.#held, camera, steady, theme, false) || more;
    } else if (this.#held) layers.hand.clear();
    this.#held = held;
    this.#showOver(layers.over, theme, state);
    this.#followed(view.camera);
    if (more) this.touch();
    if (this.#announcement === 0 && this.#fontsReady) this.#announce();
  }

  #show(
    on: Pictures,
    painting: Painting,
    before: Painting | null,
    camera: Camera,
    steady: boolean,
    theme: Theme,
    paper: boolean,
  ): boolean {
    const ratio = this.#ratio;
    const { scene, state } = painting;
    const paint: PaintTile = (context, rect, zoom, part) => {
      const view = { width: context.canvas.width / ratio, height: context.canvas.height / ratio };
      this.#painter.paint(context, { camera: { x: rect.x, y: rect.y, zoom }, view, ratio, theme, state, part }, scene, paper);
    };
    const changed = before ? changesOf(before, painting, camera.zoom) : "all";
    return on.show({ camera, view: this.#stores.view.viewport, ratio, steady, changed, paint });
  }

  /** Has the zoom been the same for a while? When it has not, a frame is due when it will have been. */
  #rests(zoom: number): boolean {
    if (this.#zoom !== null && this.#zoom !== zoom) {
      this.#zoomEnds();
      this.#zooming = setTimeout(() => {
        this.#zooming = null;
        this.touch();
      }, REST_MS);
    }
    this.#zoom = zoom;
    return this.#zooming === null;
  }

  #zoomEnds(): void {
    if (this.#zooming !== null) clearTimeout(this.#zooming);
    this.#zooming = null;
  }

  #showOver(context: CanvasRenderingContext2D, theme: Theme, state: PaintState): void {
    const { canvas } = context;
    const over = this.#over();
    const shown = over.marquee !== null || over.drawing !== null || over.handles !== null || over.routes.length > 0;
    canvas.style.visibility = shown ? "" : "hidden";
    if (!shown) return;
    const { camera, viewport: view } = this.#stores.view;
    this.#painter.paintOver(context, { camera, view, ratio: this.#ratio, theme, state }, over);
  }

  #over(): OverState {
    const { marquee, drawing, hand, scene } = this.#stage;
    const piece = this.#stores.project.readOnly ? null : selectedPiece(this.#stores, scene);
    return { marquee, drawing, handles: piece && along(piece, hand), routes: hand?.routes(hand.by) ?? [] };
  }

  /** Every table stands in what was just painted: told when the browser begins the next frame, this one being on screen. */
  #announce(): void {
    const { tables } = this.#stores.project.schema;
    const { scene }: { readonly scene: Scene } = this.#stage;
    if (tables.some(({ id }) => scene.box(id) === null)) return;
    const detail = { tables: tables.length };
    this.#announcement = requestAnimationFrame(() => performance.mark("design-painted", { detail }));
  }
}

/** Where something is while it may be in the hand. */
function along({ id, rect }: { readonly id: string; readonly rect: Rect }, hand: Stage["hand"]): Rect {
  return hand?.holds(id) ? { ...rect, x: rect.x + hand.by[0], y: rect.y + hand.by[1] } : rect;
}
