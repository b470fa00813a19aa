/**
 * A design that is written one way and printed by engines another: where the engine's print of something is what the database has,
 * the two are the same, and so they are where the text itself is. Versions of one engine print some things differently, so neither
 * the text nor the print alone can be compared.
 */
import {
  type Identified,
  PART_KINDS,
  PARTS,
  partList,
  same,
  type Schema,
  type Table,
  TOP,
  TOP_KINDS,
  topList,
} from "../model/index.ts";

const byId = <T extends Identified>(list: readonly T[]): ReadonlyMap<string, T> => new Map(list.map((item) => [item.id, item]));

/** The written one, with the database's value of each attribute that the engine prints in just that way. */
function merged<T extends Identified>(written: T, printed: T | undefined, live: T | undefined): T {
  if (!printed || !live) return written;
  const [print, has] = [printed as unknown as Record<string, unknown>, live as unknown as Record<string, unknown>];
  const agreed = Object.keys(written).filter((key) => same(print[key], has[key]));
  return { ...written, ...Object.fromEntries(agreed.map((key) => [key, has[key]])) };
}

/** The same for a list; what only the engine adds, and the database has, is part of the design. */
function mergedList<T extends Identified>(
  written: readonly T[],
  printed: readonly T[],
  live: readonly T[],
  merge: (written: T, printed: T | undefined, live: T | undefined) => T = merged,
): readonly T[] {
  const [prints, has, wrote] = [byId(printed), byId(live), byId(written)];
  const added = printed.flatMap(({ id }) => (wrote.has(id) ? [] : (has.get(id) ?? [])));
  return [...written.map((item) => merge(item, prints.get(item.id), has.get(item.id))), ...added];
}

function mergedTable(written: Table, printed: Table | undefined, live: Table | undefined): Table {
  if (!printed || !live) return written;
  const parts = PART_KINDS.map((kind) => [
    PARTS[kind],
    mergedList(partList(written, kind), partList(printed, kind), partList(live, kind)),
  ]);
  return { ...merged(written, printed, live), ...Object.fromEntries(parts) } as Table;
}

/** All three under the same ids: the design as it is written, as its engine prints it, and what the database has. */
export function nearer(written: Schema, printed: Schema, live: Schema): Schema {
  const lists = TOP_KINDS.map((kind) => {
    const merge = kind === "table" ? (mergedTable as unknown as typeof merged<Identified>) : merged<Identified>;
    return [TOP[kind], mergedList<Identified>(topList(written, kind), topList(printed, kind), topList(live, kind), merge)];
  });
  return { ...written, ...Object.fromEntries(lists) } as Schema;
}
