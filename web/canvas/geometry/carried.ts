/**
 * A scene with some of its things in the hand: only what is moved and the routes that touch it are made anew, everything else
 * and both indexes are the resting scene's own. What is carried lies on top.
 */
import type { Position } from "#shared/model/index.ts";
import type { Box } from "./boxes.ts";
import { intersects, type Rect } from "./camera.ts";
import { route, type Route } from "./routes.ts";
import type { Scene } from "./scene.ts";

/** Takes things up from a resting scene; what it gives shows them at other places. Those without a place stay. */
export function carrier(resting: Scene, ids: Iterable<string>): (places: ReadonlyMap<string, Position>) => Scene {
  const boxes = [...ids].flatMap((id) => resting.box(id) ?? []);
  const touching = new Map<string, Route>(
    boxes.flatMap(({ id }) => resting.routesOf(id).map((item) => [item.key.id, item] as const)),
  );
  const held = new Set<string>(boxes.map(({ id }) => id));

  return (places) => {
    const moved = new Map<string, Box>(boxes.map((box) => [box.id, at(box, places.get(box.id))]));
    const box = (id: string): Box | null => moved.get(id) ?? resting.box(id);
    const rerouted = new Map<string, Route>();
    for (const [id, known] of touching) {
      const [from, to] = [box(known.key.tableId), box(known.key.refTableId)];
      if (from && to) rerouted.set(id, route(known.key, from, to, known, known.lane));
    }
    return {
      ...resting,
      get boxes() {
        return [...resting.boxes.filter(({ id }) => !held.has(id)), ...moved.values()];
      },
      areas: resting.areas.map((area) => ({ ...area, at: places.get(area.id) ?? area.at })),
      notes: resting.notes.map((note) => ({ ...note, at: places.get(note.id) ?? note.at })),
      box,
      route: (id) => rerouted.get(id) ?? resting.route(id),
      routesOf: (id) => resting.routesOf(id).map((known) => rerouted.get(known.key.id) ?? known),
      boxesIn: (rect) => [
        ...resting.boxesIn(rect).filter(({ id }) => !held.has(id)),
        ...[...moved.values()].filter((item) => intersects(rect, item)),
      ],
      routesIn: (rect) => [
        ...resting.routesIn(rect).filter(({ key }) => !rerouted.has(key.id)),
        ...[...rerouted.values()].filter((item) => intersects(rect, item.bounds)),
      ],
    };
  };
}

/** A scene with one area or note in another size. */
export function withSize(resting: Scene, id: string, { x, y, width, height }: Rect): Scene {
  const size = { at: [x, y], size: [width, height] } as const;
  return {
    ...resting,
    areas: resting.areas.map((area) => (area.id === id ? { ...area, ...size } : area)),
    notes: resting.notes.map((note) => (note.id === id ? { ...note, ...size } : note)),
  };
}

const at = (box: Box, place: Position | undefined): Box => (place ? { ...box, x: place[0], y: place[1] } : box);
