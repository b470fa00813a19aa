/** What is drawn of a schema and where: everything the person arranged and the engine does not know. */
import type { AreaId, DiagramId, NoteId, TableId, ViewId } from "./ids.ts";

/** World coordinates, CSS pixels at zoom 1. */
export type Position = readonly [x: number, y: number];

/** A key of the palette: `teal`, `amber`, ... The theme decides the colour. */
export type TintName = "teal" | "amber" | "blue" | "violet" | "rose" | "green" | "slate" | "orange";

export interface Diagram {
  readonly id: DiagramId;
  readonly name: string;
  /** Tables and views without a position are not placed yet. */
  readonly positions: ReadonlyMap<TableId | ViewId, Position>;
  readonly tints: ReadonlyMap<TableId | ViewId, TintName>;
  readonly areas: readonly Area[];
  readonly notes: readonly Note[];
}

export interface Area {
  readonly id: AreaId;
  readonly name: string;
  readonly at: Position;
  readonly size: readonly [width: number, height: number];
  readonly tint: TintName;
}

export interface Note {
  readonly id: NoteId;
  readonly text: string;
  readonly at: Position;
  readonly size: readonly [width: number, height: number];
  readonly tint: TintName;
}
