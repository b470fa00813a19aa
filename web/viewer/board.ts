/** The canvas of a page: the app's own painter under a camera that pointer, wheel, fingers and keys move. */
import { rowAt, type Scene } from "#shared/drawing/index.ts";
import { Fingers } from "../canvas/fingers.ts";
import { type Camera, clampZoom, panned, type ScreenPoint, type Size, toWorld, zoomedAt } from "../canvas/geometry/camera.ts";
import { hit } from "../canvas/geometry/hits.ts";
import { Painter } from "../canvas/paint/painter.ts";
import { StateKeeper } from "../canvas/paint/state.ts";
import { readTheme } from "../canvas/paint/theme.ts";

/** How near to a line still counts, CSS pixels. */
const REACH = 6;
/** A press that moved less than this selects, CSS pixels. */
const CLICK = 4;
const STEP = 80;
const EASY = 1.25;

export interface Chosen {
  readonly id: string;
  readonly columnId: string | null;
}

const NOTHING: ReadonlySet<string> = new Set();

export class Board {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #scene: Scene;
  readonly #choose: (chosen: Chosen | null) => void;
  readonly #painter = new Painter();
  readonly #keeper = new StateKeeper();
  readonly #fingers = new Fingers();
  #theme = readTheme(document.documentElement, "crow");
  #camera: Camera = { x: 0, y: 0, zoom: 1 };
  #size: Size = { width: 1, height: 1 };
  #chosen: Chosen | null = null;
  #hovered: string | null = null;
  #press: { readonly at: ScreenPoint; last: ScreenPoint } | null = null;
  #asked = false;

  constructor(canvas: HTMLCanvasElement, scene: Scene, choose: (chosen: Chosen | null) => void) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("this browser has no 2D canvas");
    [this.#canvas, this.#context, this.#scene, this.#choose] = [canvas, context, scene, choose];
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", (event) => {
      this.#fingers.up(event.pointerId);
      this.#press = null;
    });
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  /** The theme or the fonts are others now. */
  refresh(): void {
    this.#theme = readTheme(document.documentElement, "crow");
    this.#painter.forgetText();
    this.#draw();
  }

  /** Everything in view, or as near as tables can be told apart. */
  fit(): void {
    const { bounds } = this.#scene;
    if (!bounds) return;
    const { width, height } = this.#size;
    const zoom = clampZoom(Math.min(1, (width - 60) / bounds.width, (height - 60) / bounds.height));
    const middle = { x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 };
    this.#look({ x: middle.x - width / zoom / 2, y: middle.y - height / zoom / 2, zoom });
  }

  zoom(by: number): void {
    const middle = { x: this.#size.width / 2, y: this.#size.height / 2 };
    this.#look(zoomedAt(this.#camera, middle, this.#camera.zoom * by));
  }

  /** Marks a table or a column of one, and brings it into view where `near` says so. */
  show(chosen: Chosen | null, near: boolean): void {
    this.#chosen = chosen;
    const box = chosen && this.#scene.box(chosen.id);
    if (box && near) {
      const { width, height } = this.#size;
      const zoom = Math.max(this.#camera.zoom, 0.75);
      const top = box.height * zoom > height - 80 ? box.y - 40 / zoom : box.y + box.height / 2 - height / zoom / 2;
      this.#camera = { x: box.x + box.width / 2 - width / zoom / 2, y: top, zoom };
    }
    this.#draw();
  }

  #look(camera: Camera): void {
    this.#camera = camera;
    this.#draw();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const ratio = devicePixelRatio;
    this.#size = { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
    this.#canvas.width = Math.round(this.#size.width * ratio);
    this.#canvas.height = Math.round(this.#size.height * ratio);
    this.#draw();
  }

  #draw(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#paint();
    });
  }

  #paint(): void {
    const { id, columnId } = this.#chosen ?? { id: null, columnId: null };
    const tables = id === null ? NOTHING : new Set([id]);
    const column = columnId === null ? null : { columnId };
    const selected = { tables, areas: NOTHING, notes: NOTHING, column, foreignKey: null };
    const base = this.#keeper.of(this.#hovered, selected, [], this.#scene);
    const lit = new Set([...base.lit, ...(id === null ? [] : this.#scene.routesOf(id).map(({ key }) => key.id as string))]);
    const frame = {
      camera: this.#camera,
      view: this.#size,
      ratio: devicePixelRatio,
      theme: this.#theme,
      state: { ...base, lit },
    };
    this.#painter.paint(this.#context, frame, this.#scene, true);
  }

  #at(event: MouseEvent): ScreenPoint {
    const { left, top } = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #down(event: PointerEvent): void {
    this.#canvas.setPointerCapture(event.pointerId);
    const at = this.#at(event);
    if (event.pointerType === "touch" && this.#fingers.down(event.pointerId, at, this.#camera) !== "first") this.#press = null;
    else this.#press = { at, last: at };
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event);
    const pinch = event.pointerType === "touch" ? this.#fingers.move(event.pointerId, at) : null;
    if (pinch) this.#look(pinch);
    else if (this.#press) {
      this.#look(panned(this.#camera, at.x - this.#press.last.x, at.y - this.#press.last.y));
      this.#press.last = at;
    } else this.#hover(at);
  }

  #hover(at: ScreenPoint): void {
    const under = hit(this.#scene, toWorld(this.#camera, at), REACH / this.#camera.zoom);
    this.#canvas.classList.toggle("over", under?.kind === "box" || under?.kind === "route");
    const hovered = under?.kind === "route" ? under.route.key.id : null;
    if (hovered === this.#hovered) return;
    this.#hovered = hovered;
    this.#draw();
  }

  #up(event: PointerEvent): void {
    const touch = event.pointerType === "touch" ? this.#fingers.up(event.pointerId) : "tap";
    const press = this.#press;
    this.#press = null;
    const at = this.#at(event);
    if (!press || touch !== "tap" || Math.hypot(at.x - press.at.x, at.y - press.at.y) > CLICK) return;
    const world = toWorld(this.#camera, at);
    const under = hit(this.#scene, world, REACH / this.#camera.zoom);
    if (under?.kind === "box") this.#choose({ id: under.box.id, columnId: rowAt(under.box, world.y)?.columnId ?? null });
    else if (under?.kind === "route") this.#choose({ id: under.route.key.tableId, columnId: under.route.key.columns[0] ?? null });
    else this.#choose(null);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (event.ctrlKey || event.metaKey)
      this.#look(zoomedAt(this.#camera, this.#at(event), this.#camera.zoom * Math.exp(-event.deltaY * unit * 0.0025)));
    else if (event.shiftKey) this.#look(panned(this.#camera, -event.deltaY * unit, 0));
    else this.#look(panned(this.#camera, -event.deltaX * unit, -event.deltaY * unit));
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#look(panned(this.#camera, STEP, 0)),
      ArrowRight: () => this.#look(panned(this.#camera, -STEP, 0)),
      ArrowUp: () => this.#look(panned(this.#camera, 0, STEP)),
      ArrowDown: () => this.#look(panned(this.#camera, 0, -STEP)),
      "+": () => this.zoom(EASY),
      "=": () => this.zoom(EASY),
      "-": () => this.zoom(1 / EASY),
      "0": () => this.fit(),
    };
    const run = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  }
}
