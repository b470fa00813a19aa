/** What of a text may have to be written anew when a design changes. */
import type { Drawn } from "../formats/dbml/index.ts";
import { type Change, same, type Schema } from "../model/index.ts";

/** Adds what a change may be seen in: tables, relations and enums. */
export function touchedBy(change: Change, schema: Schema, touched: Set<string>): void {
  const items =
    change.kind === "reorder"
      ? []
      : [change.kind === "create" ? change.after : change.before, change.kind === "drop" ? change.before : change.after];
  switch (change.entity) {
    case "table":
    case "type":
      for (const { id } of items) touched.add(id);
      return;
    case "column":
    case "constraint":
    case "index":
      if (change.ownerId !== null) touched.add(change.ownerId);
      return;
    case "foreignKey":
      for (const item of items)
        if ("refTableId" in item) for (const id of [item.id, item.tableId, item.refTableId]) touched.add(id);
      return;
    case "sequence":
      for (const item of items) if ("ownedBy" in item && item.ownedBy) touched.add(item.ownedBy.tableId);
      return;
    case "namespace":
      for (const { id } of items)
        for (const item of [...schema.tables, ...schema.types]) if (item.namespaceId === id) touched.add(item.id);
      return;
    default:
  }
}

/** The part of a schema that some of its tables, relations and types are told by. */
export function about(schema: Schema, ids: ReadonlySet<string>): Schema {
  const foreignKeys = schema.foreignKeys.filter(
    ({ id, tableId, refTableId }) => ids.has(id) || ids.has(tableId) || ids.has(refTableId),
  );
  const ends = new Set<string>(foreignKeys.flatMap(({ tableId, refTableId }) => [tableId, refTableId]));
  const tables = schema.tables.filter(({ id }) => ids.has(id) || ends.has(id));
  const owners = new Set<string>(tables.map(({ id }) => id));
  const sequences = schema.sequences.filter(({ ownedBy }) => ownedBy !== null && owners.has(ownedBy.tableId));
  return { ...schema, tables, foreignKeys, sequences, views: [], verbatim: [] };
}

/** Adds what is drawn otherwise than the text says. */
export function touchedDrawing(said: Drawn, wanted: Drawn, touched: Set<string>): void {
  const list = (was: readonly { readonly id: string }[], now: readonly { readonly id: string }[]): void => {
    const had = new Map(was.map((item) => [item.id, item]));
    const has = new Set(now.map(({ id }) => id));
    for (const item of now) if (!same(had.get(item.id), item)) touched.add(item.id);
    for (const { id } of was) if (!has.has(id)) touched.add(id);
  };
  list(said.groups, wanted.groups);
  list(said.notes, wanted.notes);
  for (const id of new Set([...said.tints.keys(), ...wanted.tints.keys()]))
    if (said.tints.get(id) !== wanted.tints.get(id)) touched.add(id);
  for (const [id, at] of said.places) if (!same(wanted.places.get(id), at)) touched.add(id);
}
