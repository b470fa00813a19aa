/**
 * Things in the hand: what stays where it is, what goes along as it is, and the routes between the two, the only ones that are
 * made anew while the hand moves.
 */
import { type Box, type Rect, route, type Route, type Scene } from "#shared/drawing/index.ts";
import type { Position } from "#shared/model/index.ts";

export interface Hand {
  /** The scene without what is held and without the routes that touch it. */
  readonly rest: Scene;
  /** What is held, where it was taken up, with the routes that have both their ends in it. */
  readonly held: Scene;
  readonly holds: (id: string) => boolean;
  /** The routes with one end in the hand, when the hand is so far from where it took things up. */
  readonly routes: (by: Position) => readonly Route[];
}

/** Takes things up from a scene. */
export function takeUp(from: Scene, ids: Iterable<string>): Hand {
  const taken = new Set(ids);
  const holds = (id: string): boolean => taken.has(id);
  const ends = ({ key }: Route): number => Number(holds(key.tableId)) + Number(holds(key.refTableId));
  const between = new Map<string, Route>();
  for (const id of taken) for (const known of from.routesOf(id)) if (ends(known) === 1) between.set(known.key.id, known);
  const at = (id: string, [dx, dy]: Position): Box | null => {
    const box = from.box(id);
    return box && holds(id) ? { ...box, x: box.x + dx, y: box.y + dy } : box;
  };
  return {
    rest: part(
      from,
      (id) => !holds(id),
      (item) => ends(item) === 0,
    ),
    held: part(from, holds, (item) => ends(item) === 2),
    holds,
    routes: (by) =>
      [...between.values()].flatMap((known) => {
        const [child, parent] = [at(known.key.tableId, by), at(known.key.refTableId, by)];
        return child && parent ? [route(known.key, child, parent, known, known.lane)] : [];
      }),
  };
}

/** Those things of a scene that pass; its indexes serve. */
function part(of: Scene, has: (id: string) => boolean, passes: (item: Route) => boolean): Scene {
  const own = ({ id }: { readonly id: string }): boolean => has(id);
  return {
    ...of,
    get boxes() {
      return of.boxes.filter(own);
    },
    get routes() {
      return of.routes.filter(passes);
    },
    areas: of.areas.filter(own),
    notes: of.notes.filter(own),
    box: (id) => (has(id) ? of.box(id) : null),
    route: (id) => {
      const found = of.route(id);
      return found && passes(found) ? found : null;
    },
    routesOf: (id) => of.routesOf(id).filter(passes),
    boxesIn: (rect) => of.boxesIn(rect).filter(own),
    routesIn: (rect) => of.routesIn(rect).filter(passes),
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
