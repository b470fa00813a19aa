/** The tables and views that were changed from one schema to another. */
import { diff } from "../diff/index.ts";
import type { Change, Schema } from "../model/index.ts";
import { relationOf } from "./placed.ts";

function about(change: Change): string | null {
  if (change.kind === "reorder") return change.ownerId;
  const item = change.kind === "create" ? change.after : change.before;
  return relationOf({ kind: change.entity, owner: change.ownerId, item });
}

export interface Touched {
  readonly id: string;
  readonly name: string;
}

/** Each once, by name: as it is called in the end, or, where it was deleted, was called before. */
export function touched(base: Schema, side: Schema): readonly Touched[] {
  const names = new Map<string, string>();
  for (const { tables, views } of [base, side]) for (const { id, name } of [...tables, ...views]) names.set(id, name);
  const ids = new Set(diff(base, side).map(about));
  return [...ids]
    .flatMap((id) => (id !== null && names.has(id) ? [{ id, name: names.get(id) ?? "" }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
