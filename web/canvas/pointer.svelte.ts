/** The pointer over the canvas: its events become moments for the gesture under way; the wheel pans and zooms. */
import { untrack } from "svelte";
import { type Box, type BoxRow, HEADER, ROW, rowAt } from "#shared/drawing/index.ts";
import type { TableId } from "#shared/model/index.ts";
import type { Stores } from "../stores/context.ts";
import { cursorOf } from "./geometry/handles.ts";
import { panned, toWorld, type WorldPoint, zoomedAt } from "./geometry/camera.ts";
import { hit } from "./geometry/hits.ts";
import { Fingers } from "./fingers.ts";
import type { Gesture, Host, PointerMoment } from "./gestures/gesture.ts";
import { idle } from "./gestures/idle.ts";
import { panning } from "./gestures/panning.ts";
import { press } from "./gestures/press.ts";
import { gripAt } from "./gestures/resizing.ts";
import type { Surface } from "./surface.ts";

/** How near to a line counts as on it, CSS pixels. */
const REACH = 6;
/** From here on, as a share of a table's width, a row is its type. */
const TYPE_FROM = 0.6;

export class Pointer {
  readonly #stores: Stores;
  readonly #surface: Surface;
  readonly #host: Host;
  #gesture: Gesture;
  #cursor = $state("default");
  #pressed = false;
  readonly #fingers = new Fingers();
  /** A finger pans, and becomes a press if it goes where it came. */
  #waiting = false;
  /** Space is held: the pointer pans, whatever the tool. */
  spaceHeld = false;

  constructor(stores: Stores, surface: Surface, host: Host) {
    this.#stores = stores;
    this.#surface = surface;
    this.#host = host;
    this.#gesture = untrack(() => idle(host));
  }

  get cursor(): string {
    return this.#cursor;
  }

  /** A button is down: a gesture is under way. */
  get pressed(): boolean {
    return this.#pressed;
  }

  readonly down = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    if (event.button > 1) return;
    const { view } = this.#stores;
    if (view.editing) view.edit(null);
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = this.#moment(event);
    const touch = event.pointerType === "touch" ? this.#fingers.down(event.pointerId, at.screen, view.camera) : null;
    if (touch === "pinch") this.cancel();
    if (touch === "pinch" || touch === "ignored") return;
    this.#pressed = true;
    this.#waiting = touch === "first" && !this.#holds(at);
    this.#next(this.#waiting ? panning(this.#host, at) : press(this.#host, at));
  };

  /** Does a finger here take hold of something: what is selected, or whatever a tool draws on? */
  #holds({ world }: PointerMoment): boolean {
    const host = this.#host;
    if (host.tool() !== "select") return host.tool() !== "pan";
    if (gripAt(host, { world })) return true;
    const found = hit(host.scene(), world, REACH / host.camera().zoom);
    const id = found?.kind === "box" ? found.box.id : found?.kind === "note" ? found.note.id : null;
    return id !== null && host.selected().has(id);
  }

  readonly move = (event: PointerEvent): void => {
    const at = this.#moment(event);
    const camera = event.pointerType === "touch" ? this.#fingers.move(event.pointerId, at.screen) : null;
    if (camera) return this.#stores.view.setCamera(camera);
    const to = this.#gesture.move(at);
    if (to !== this.#gesture) this.#next(to);
    if (event.buttons !== 0) return;
    const grip = gripAt(this.#host, at);
    this.#cursor = grip ? cursorOf(grip.handle) : this.#gesture.cursor;
    const under = hit(this.#host.scene(), at.world, REACH / this.#host.camera().zoom);
    this.#surface.hover(under?.kind === "route" ? under.route.key.id : null);
  };

  readonly up = (event: PointerEvent): void => {
    const at = this.#moment(event);
    const touch = event.pointerType === "touch" ? this.#fingers.up(event.pointerId) : null;
    if (touch === "pinch") return;
    this.#pressed = false;
    // A finger that went where it came selects, as a click does; the press that moved nothing is made up for.
    if (touch === "tap" && this.#waiting) this.#gesture = press(this.#host, at);
    this.#next(this.#gesture.up(at));
  };

  /** Gives up what is under way, or what the system took from us; nothing of it is written. */
  readonly cancel = (event?: PointerEvent): void => {
    if (event?.pointerType === "touch") this.#fingers.up(event.pointerId);
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#next(this.#gesture.cancel());
  };

  /** The tool changed: what was under way is over. */
  restart(): void {
    this.#next(idle(this.#host));
  }

  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { view } = this.#stores;
    const { screen: at } = this.#moment(event);
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (event.ctrlKey || event.metaKey)
      view.setCamera(zoomedAt(view.camera, at, view.camera.zoom * Math.exp(-event.deltaY * unit * 0.0025)));
    else
      view.setCamera(
        panned(view.camera, -(event.shiftKey ? event.deltaY : event.deltaX) * unit, event.shiftKey ? 0 : -event.deltaY * unit),
      );
  };

  /** Selects what is under the pointer, unless it is among what is selected, and gives where that is. */
  choose(event: MouseEvent): WorldPoint {
    this.cancel();
    const { world } = this.#moment(event);
    const host = this.#host;
    const found = hit(host.scene(), world, REACH / host.camera().zoom);
    if (found?.kind === "box") {
      const row = rowAt(found.box, world.y);
      const several = host.selected().size > 1 && host.selected().has(found.box.id);
      if (row?.columnId && !several) host.selectRow(found.box, row);
      else if (!several) host.selectBoxes([found.box.id], false);
    } else if (found?.kind === "route") host.selectRoute(found.route.key.id);
    else if (!found) host.clear();
    else {
      const piece = found.kind === "note" ? found.note : found.area;
      if (!host.selected().has(piece.id)) host.selectPiece(found.kind, piece.id);
    }
    return world;
  }

  /** Opens what is under the pointer for typing. */
  readonly doubleClick = (event: MouseEvent): void => {
    const { view } = this.#stores;
    const { world } = this.#moment(event);
    const under = hit(this.#host.scene(), world, 0);
    if (this.#host.readOnly()) return;
    if (under?.kind === "note") view.edit({ what: "note-text", noteId: under.note.id });
    else if (under?.kind === "area") view.edit({ what: "area-name", areaId: under.area.id });
    else if (under?.kind === "box" && under.box.kind === "table") this.#editRow(under.box, world);
  };

  #editRow(box: Box, world: WorldPoint): void {
    const { view } = this.#stores;
    const row: BoxRow | undefined = box.rows[Math.floor((world.y - box.y - HEADER) / ROW)];
    const tableId = box.id as TableId;
    if (!row?.columnId || world.y < box.y + HEADER) return view.edit({ what: "table-name", tableId });
    const what = world.x > box.x + box.width * TYPE_FROM ? "column-type" : "column-name";
    view.edit({ what, tableId, columnId: row.columnId });
  }

  #next(to: Gesture): void {
    this.#gesture = to;
    this.#cursor = to.cursor;
    this.#surface.touch();
  }

  #moment(event: MouseEvent): PointerMoment {
    // The canvas fills its element, and only the canvas sends these events.
    const bounds = (event.currentTarget as Element).getBoundingClientRect();
    const screen = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
    return {
      screen,
      world: toWorld(this.#host.camera(), screen),
      button: event.button,
      adding: event.shiftKey || event.ctrlKey || event.metaKey,
      panning: this.spaceHeld || event.button === 1,
    };
  }
}
