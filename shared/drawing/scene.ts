/**
 * The scene: boxes and routes of one snapshot, with a spatial index. Immutable; boxes and routes whose tables did not change are
 * taken over from the scene before.
 */
import {
  type Area,
  type Diagram,
  type ForeignKey,
  type Lookup,
  lookup,
  type Note,
  type Position,
  same,
  type Schema,
  type Table,
  type TableId,
  type TintName,
  type View,
  type ViewId,
} from "../model/index.ts";
import { box, type Box, type Shown, tableRows, viewRows } from "./boxes.ts";
import { around, type Rect } from "./rect.ts";
import { cardinalityOf } from "./cardinality.ts";
import { route, type Route } from "./routes.ts";
import { type FindIn, type Index, spatial } from "./spatial.ts";

export interface Scene {
  /** From the lowest to the topmost. */
  readonly boxes: readonly Box[];
  readonly routes: readonly Route[];
  readonly areas: readonly Area[];
  readonly notes: readonly Note[];
  /** Around everything; null when there is nothing. */
  readonly bounds: Rect | null;
  readonly box: (id: string) => Box | null;
  readonly route: (keyId: string) => Route | null;
  /** Routes that leave a box or arrive at it. */
  readonly routesOf: (boxId: string) => readonly Route[];
  readonly boxesIn: FindIn<Box>;
  readonly routesIn: FindIn<Route>;
  readonly tintOf: (id: string) => TintName;
}

interface SceneInput {
  readonly schema: Schema;
  readonly diagram: Diagram;
  readonly shortType: (type: string) => string;
  /** Which rows tables show; all where it is not said. */
  readonly columns?: Shown;
}

/** What a box was made from. */
interface KnownBox {
  readonly source: Table | View;
  readonly outgoing: readonly ForeignKey[];
  readonly box: Box;
}

/** What a route was made from. */
interface KnownRoute {
  readonly child: Table;
  readonly from: Box;
  readonly to: Box;
  readonly route: Route;
}

/** Boxes or routes with their index, kept while the list holds the same objects, or others in the same places. */
interface Indexed<T> {
  readonly items: readonly T[];
  readonly index: Index<T>;
  readonly find: FindIn<T>;
}

/** More tables than this that changed at once are looked for among all. */
const FEW = 32;

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);

/** Where an area or a note stands. */
export const rectOfPiece = ({ at, size }: Area | Note): Rect => ({ x: at[0], y: at[1], width: size[0], height: size[1] });

const nowhere = (): [] => [];

/** Builds one scene after the other. */
export class SceneBuilder {
  #last: Pick<SceneInput, "schema" | "diagram"> | null = null;
  #knownBoxes: ReadonlyMap<string, KnownBox> = new Map();
  #knownRoutes: ReadonlyMap<string, KnownRoute> = new Map();
  #routesOf: ReadonlyMap<string, readonly Route[]> = new Map();
  #columns: Shown = "all";
  #boxes: Indexed<Box> = { items: [], index: () => nowhere, find: nowhere };
  #routes: Indexed<Route> = { items: [], index: () => nowhere, find: nowhere };

  build({ schema, diagram, shortType, columns = "all" }: SceneInput): Scene {
    const find = lookup(schema);
    const edited = columns === this.#columns ? this.#edited(schema, diagram) : null;
    this.#last = { schema, diagram };
    if (columns !== this.#columns) this.#knownBoxes = new Map();
    this.#columns = columns;
    this.#knownBoxes = this.#placed(schema, diagram, find, remembering(shortType), edited);
    this.#boxes = indexed(
      this.#boxes,
      [...this.#knownBoxes.values()].map((known) => known.box),
      (item) => item,
    );
    if (edited) this.#reroute(edited, find);
    else this.#route(schema, find);
    this.#routes = indexed(
      this.#routes,
      [...this.#knownRoutes.values()].map((known) => known.route),
      ({ bounds }) => bounds,
    );
    const [boxes, routes, routesOf] = [this.#knownBoxes, this.#knownRoutes, this.#routesOf];
    return {
      boxes: this.#boxes.items,
      routes: this.#routes.items,
      areas: diagram.areas,
      notes: diagram.notes,
      bounds: around([...this.#boxes.items, ...[...diagram.areas, ...diagram.notes].map(rectOfPiece)]),
      box: (id) => boxes.get(id)?.box ?? null,
      route: (id) => routes.get(id)?.route ?? null,
      routesOf: (id) => routesOf.get(id) ?? [],
      boxesIn: this.#boxes.find,
      routesIn: this.#routes.find,
      tintOf: (id) => diagram.tints.get(id as TableId | ViewId) ?? "teal",
    };
  }

  /** The tables that changed since the last scene, where they are few and nothing else of what boxes and routes are made from did. */
  #edited({ tables, views, foreignKeys }: Schema, { positions }: Diagram): readonly Table[] | null {
    const { schema: old, diagram } = this.#last ?? {};
    if (!old || diagram?.positions !== positions) return null;
    if (old.views !== views || old.foreignKeys !== foreignKeys || old.tables.length !== tables.length) return null;
    const edited = tables.filter((table, at) => table !== old.tables[at]);
    return edited.length <= FEW && tables.every(({ id }, at) => id === old.tables[at]?.id) ? edited : null;
  }

  #placed(
    { tables, views }: Schema,
    { positions }: Diagram,
    find: Lookup,
    shortType: (type: string) => string,
    edited: readonly Table[] | null,
  ): Map<string, KnownBox> {
    const placed = new Map(edited ? this.#knownBoxes : []);
    const place = (source: Table | View, outgoing: readonly ForeignKey[], make: (at: Position) => Box): void => {
      const at = positions.get(source.id);
      if (!at) return;
      const known = this.#knownBoxes.get(source.id);
      if (known?.source !== source || !sameItems(known.outgoing, outgoing))
        placed.set(source.id, { source, outgoing, box: withRowsOf(known?.box, make(at)) });
      else if (known.box.x === at[0] && known.box.y === at[1]) placed.set(source.id, known);
      else placed.set(source.id, { ...known, box: { ...known.box, x: at[0], y: at[1] } });
    };
    for (const table of edited ?? tables)
      place(table, find.outgoing(table.id), (at) =>
        box(table.id, "table", table.name, tableRows(table, find.keyMark, shortType), at, this.#columns),
      );
    for (const view of edited ? [] : views)
      place(view, [], (at) => box(view.id, "view", view.name, viewRows(view, shortType), at, this.#columns));
    return placed;
  }

  #route({ foreignKeys }: Schema, find: Lookup): void {
    const routes = new Map<string, KnownRoute>();
    const routesOf = new Map<string, Route[]>();
    const hang = (id: string, made: Route): void => {
      const list = routesOf.get(id);
      if (list) list.push(made);
      else routesOf.set(id, [made]);
    };
    for (const key of foreignKeys) {
      const item = this.#routed(key, find, this.#knownRoutes.get(key.id), routesOf.get(key.tableId)?.length ?? 0);
      if (!item) continue;
      routes.set(key.id, item);
      hang(key.tableId, item.route);
      if (key.refTableId !== key.tableId) hang(key.refTableId, item.route);
    }
    this.#knownRoutes = routes;
    this.#routesOf = routesOf;
  }

  /** Only the routes of some tables: all others lead where they led. */
  #reroute(edited: readonly Table[], find: Lookup): void {
    const routes = new Map(this.#knownRoutes);
    const routesOf = new Map(this.#routesOf);
    for (const key of edited.flatMap(({ id }) => [...find.outgoing(id), ...find.incoming(id)])) {
      const known = routes.get(key.id);
      const item = known && this.#routed(key, find, known, known.route.lane);
      if (!item || item === known) continue;
      routes.set(key.id, item);
      if (item.route === known.route) continue;
      for (const id of new Set([key.tableId, key.refTableId]))
        routesOf.set(id, routesOf.get(id)?.map((one) => (one === known.route ? item.route : one)) ?? []);
    }
    this.#knownRoutes = routes;
    this.#routesOf = routesOf;
  }

  /** The one that is known, where it was made from the same. */
  #routed(key: ForeignKey, find: Lookup, known: KnownRoute | undefined, lane: number): KnownRoute | null {
    const child = find.table(key.tableId);
    const [from, to] = [this.#knownBoxes.get(key.tableId)?.box, this.#knownBoxes.get(key.refTableId)?.box];
    if (!child || !from || !to) return null;
    const still = known?.child === child && known.from === from && known.to === to;
    if (still && known.route.key === key && known.route.lane === lane) return known;
    return { child, from, to, route: kept(known?.route, route(key, from, to, cardinalityOf(key, child), lane)) };
  }
}

/** A design has few types and many columns of each. */
function remembering(shortType: (type: string) => string): (type: string) => string {
  const known = new Map<string, string>();
  return (type) => {
    const found = known.get(type);
    if (found !== undefined) return found;
    const short = shortType(type);
    known.set(type, short);
    return short;
  };
}

const kept = <T>(old: T | undefined, made: T): T => (old !== undefined && same(old, made) ? old : made);

/** The rows that are as they were are the same objects, so that only the others are painted anew. */
function withRowsOf(old: Box | undefined, made: Box): Box {
  if (!old) return made;
  const known = new Map(old.rows.map((row) => [row.columnId, row]));
  return { ...made, rows: made.rows.map((row) => kept(known.get(row.columnId), row)) };
}

const sameRect = (a: Rect, b: Rect): boolean =>
  a === b || (a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);

function indexed<T>(before: Indexed<T>, items: readonly T[], rectOf: (item: T) => Rect): Indexed<T> {
  if (sameItems(before.items, items)) return before;
  const stand = (item: T, at: number): boolean => {
    const old = before.items[at];
    return old !== undefined && sameRect(rectOf(old), rectOf(item));
  };
  const index = before.items.length === items.length && items.every(stand) ? before.index : spatial(items, rectOf);
  return { items, index, find: index(items) };
}
