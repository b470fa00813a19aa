/** The camera and what the pointer does. Remembered per design. */
import type { TableId, ViewId } from "#shared/model/index.ts";
import type { Preferences } from "../storage/preferences.ts";
import type { EditTarget, Tool, ViewStore } from "./api.ts";

export interface ViewCamera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Finds the rectangle around tables (all of them for null); the canvas gives it once it has a scene. */
export type FindBounds = (ids: Iterable<TableId | ViewId> | null) => Rect | null;

const READABLE = 0.8;
const MARGIN = 48;
const REMEMBER_AFTER = 300;

export class View implements ViewStore {
  readonly #preferences: Preferences;
  readonly #key: string;
  #camera = $state.raw<ViewCamera>({ x: 0, y: 0, zoom: 1 });
  #viewport = $state.raw({ width: 0, height: 0 });
  #tool = $state.raw<Tool>("select");
  #editing = $state.raw<EditTarget | null>(null);
  #bounds: FindBounds = () => null;
  #remembering: ReturnType<typeof setTimeout> | null = null;
  /** True until a camera was remembered or chosen: the first scene is then fitted. */
  #fresh = true;

  constructor(preferences: Preferences, designId: string) {
    this.#preferences = preferences;
    this.#key = `view.${designId}`;
    const stored = preferences.get(this.#key);
    if (stored !== null && typeof stored === "object" && "zoom" in stored && Number(stored.zoom) > 0) {
      this.#camera = stored as ViewCamera;
      this.#fresh = false;
    }
  }

  get camera(): ViewCamera {
    return this.#camera;
  }
  get viewport(): { readonly width: number; readonly height: number } {
    return this.#viewport;
  }
  get tool(): Tool {
    return this.#tool;
  }
  get editing(): EditTarget | null {
    return this.#editing;
  }

  setTool(tool: Tool): void {
    this.#tool = tool;
  }

  edit(target: EditTarget | null): void {
    this.#editing = target;
  }

  setCamera(camera: ViewCamera): void {
    this.#camera = camera;
    this.#fresh = false;
    if (this.#remembering !== null) clearTimeout(this.#remembering);
    this.#remembering = setTimeout(() => {
      this.#preferences.set(this.#key, this.#camera);
    }, REMEMBER_AFTER);
  }

  setViewport(width: number, height: number): void {
    this.#viewport = { width, height };
  }

  /** The canvas tells how to find things; a design seen for the first time is shown whole. */
  useBounds(bounds: FindBounds): void {
    this.#bounds = bounds;
    if (this.#fresh && this.#viewport.width > 0 && bounds(null)) this.fit();
  }

  boundsOf(ids: Iterable<TableId | ViewId>): Rect | null {
    return this.#bounds(ids);
  }

  fit(ids?: Iterable<TableId | ViewId>): void {
    const box = this.#bounds(ids ?? null);
    if (!box) return;
    const { width, height } = this.#viewport;
    const zoom = Math.max(
      0.02,
      Math.min(1, (width - 2 * MARGIN) / Math.max(1, box.width), (height - 2 * MARGIN) / Math.max(1, box.height)),
    );
    this.#center(box, zoom);
  }

  #center(box: Rect, zoom: number): void {
    const { width, height } = this.#viewport;
    this.setCamera({ zoom, x: box.x + box.width / 2 - width / 2 / zoom, y: box.y + box.height / 2 - height / 2 / zoom });
  }

  zoomTo(zoom: number): void {
    const { x, y, zoom: before } = this.#camera;
    const { width, height } = this.#viewport;
    const next = Math.min(3, Math.max(0.02, zoom));
    this.setCamera({ zoom: next, x: x + width / 2 / before - width / 2 / next, y: y + height / 2 / before - height / 2 / next });
  }

  reveal(id: TableId | ViewId): void {
    const box = this.#bounds([id]);
    if (!box) return;
    const { x, y, zoom } = this.#camera;
    const { width, height } = this.#viewport;
    const inside = box.x >= x && box.y >= y && box.x + box.width <= x + width / zoom && box.y + box.height <= y + height / zoom;
    if (inside && zoom >= READABLE / 2) return;
    const fits = Math.min(1, (width - 2 * MARGIN) / box.width, (height - 2 * MARGIN) / box.height);
    this.#center(box, Math.max(0.3, Math.min(Math.max(zoom, READABLE), fits)));
  }
}
