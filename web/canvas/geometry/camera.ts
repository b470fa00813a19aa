/** Screen and world: points of one cannot be taken for points of the other. */
import type { Rect } from "#shared/drawing/index.ts";

declare const space: unique symbol;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** CSS pixels from the canvas's top left. */
export type ScreenPoint = Point & { readonly [space]?: "screen" };
/** CSS pixels at zoom 1, in the design's own coordinates. */
export type WorldPoint = Point & { readonly [space]?: "world" };

/** The world point at the viewport's top left, and CSS pixels for each world pixel. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MIN_ZOOM = 0.02;
export const MAX_ZOOM = 3;

export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

export const toWorld = (camera: Camera, { x, y }: ScreenPoint): WorldPoint => ({
  x: camera.x + x / camera.zoom,
  y: camera.y + y / camera.zoom,
});

export const panned = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x - dx / camera.zoom,
  y: camera.y - dy / camera.zoom,
});

/** Zooms so that the world point under `at` stays where it is. */
export function zoomedAt(camera: Camera, at: ScreenPoint, zoom: number): Camera {
  const next = clampZoom(zoom);
  const fixed = toWorld(camera, at);
  return { x: fixed.x - at.x / next, y: fixed.y - at.y / next, zoom: next };
}

export const visible = (camera: Camera, view: Size): Rect => ({
  x: camera.x,
  y: camera.y,
  width: view.width / camera.zoom,
  height: view.height / camera.zoom,
});

export const contains = (rect: Rect, { x, y }: WorldPoint): boolean =>
  x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;

/** The rectangle with two opposite corners. */
export const between = (a: WorldPoint, b: WorldPoint): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});
