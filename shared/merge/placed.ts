/** Everything of a schema by id, parts of tables and indexes of views too, and what a person calls it. */
import { entityWord } from "../drift/index.ts";
import {
  type Change,
  created,
  PART_KINDS,
  partList,
  type Schema,
  type Table,
  type TableId,
  TOP_KINDS,
  topList,
} from "../model/index.ts";
import type { Placed } from "./collision.ts";

export type Place = ReadonlyMap<string, Placed>;

export function placesIn(schema: Schema): Place {
  const found = new Map<string, Placed>();
  for (const kind of TOP_KINDS) for (const item of topList(schema, kind)) found.set(item.id, { kind, owner: null, item });
  for (const table of schema.tables)
    for (const kind of PART_KINDS) for (const item of partList(table, kind)) found.set(item.id, { kind, owner: table.id, item });
  for (const { id, indexes } of schema.views) for (const item of indexes) found.set(item.id, { kind: "index", owner: id, item });
  return found;
}

const nameOf = ({ item }: Placed): string => ("name" in item ? String(item.name) : item.id);

/** `table film`, `column film.title`, `relation film_language_fk`, `primary key film_pkey of film`. */
export function called(placed: Placed, places: Place): string {
  const owner = placed.owner === null ? undefined : places.get(placed.owner);
  const word = placed.kind === "foreignKey" ? "relation" : entityWord(placed.kind, placed.item);
  if (!owner) return `${word} ${nameOf(placed)}`;
  return placed.kind === "column"
    ? `${word} ${nameOf(owner)}.${nameOf(placed)}`
    : `${word} ${nameOf(placed)} of ${nameOf(owner)}`;
}

/** The table or view that a thing is, or is part of, or hangs on. */
export function relationOf({ kind, owner, item }: Placed): string | null {
  if (kind === "table" || kind === "view") return item.id;
  if ("tableId" in item) return String(item.tableId);
  if ("ownerId" in item && item.ownerId !== null) return String(item.ownerId);
  return owner;
}

/** The change that makes a thing again, where it was among the columns of its table. */
export function made({ kind, owner, item }: Placed, side: Schema): Change {
  if (kind !== "column")
    return created(kind, (kind === "foreignKey" ? relationOf({ kind, owner, item }) : owner) as TableId | null, item, null);
  const columns = side.tables.find(({ id }) => id === owner)?.columns ?? [];
  return created(
    kind,
    owner as TableId,
    item,
    columns.findIndex(({ id }) => id === item.id),
  );
}

export const tableOf = (schema: Schema, id: string | null): Table | undefined => schema.tables.find((table) => table.id === id);

/** The tables that a table inherits from or is a partition of. */
export const parentsOf = ({ inherits, partitionOf }: Table): readonly string[] => [
  ...inherits,
  ...(partitionOf ? [partitionOf.tableId] : []),
];
