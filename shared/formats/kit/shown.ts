/** Holding a design for pictures and pages, which are only looked at: they draw from all of it, and tell what cannot be seen in them. */
import type { Writer } from "../format.ts";
import { holdBy } from "./hold.ts";
import { BARE, type Holds } from "./losses.ts";

/** What a diagram shows: names, columns, types, marks of keys, relations with their ends, areas, notes and colours. */
export const DRAWN: Holds = {
  ...BARE,
  views: true,
  emptyTables: true,
  increment: "identity",
  notNull: true,
  primaryKeys: true,
  uniqueKeys: true,
  relations: true,
  compositeRelations: true,
  places: true,
  tints: true,
  areas: true,
  notes: true,
};

export const showing =
  (holds: Holds): Writer["hold"] =>
  (design, dialect) => ({ design, lost: holdBy(design, dialect, holds).lost });
