/**
 * The order in which the changes of one diff find what they need: drops from the outside in, then what
 * columns count on, then renames and alterations, then creations.
 */
import type { Change, EntityKind } from "../../model/index.ts";

const OUTSIDE_IN: readonly EntityKind[] = [
  "verbatim",
  "view",
  "foreignKey",
  "index",
  "constraint",
  "column",
  "table",
  "sequence",
  "type",
  "namespace",
];
const INSIDE_OUT: readonly EntityKind[] = [...OUTSIDE_IN].reverse();

/** What columns may be altered to count on, in its own order of need. */
const FOUNDATION = ["alter namespace", "create namespace", "create extension", "alter type", "create type", "create sequence"];

function rank(change: Change): number {
  if (change.kind === "drop") return OUTSIDE_IN.indexOf(change.entity);
  const extension = change.entity === "verbatim" && change.after.kind === "extension";
  const early = FOUNDATION.indexOf(`${change.kind} ${extension ? "extension" : change.entity}`);
  if (early >= 0) return 50 + early;
  const inner = INSIDE_OUT.indexOf(change.entity);
  // What a query or a body speaks of must be there when it is replaced.
  const bySql = change.entity === "view" || change.entity === "verbatim";
  if (change.kind === "alter" && !bySql) return 100 + inner;
  return change.kind === "reorder" ? 300 : 200 + inner;
}

/** How far each dropped view or object stands from what counts on nothing: the farther, the sooner it must go. */
function depths(changes: readonly Change[]): (change: Change) => number {
  const needs = new Map<string, readonly string[]>();
  for (const change of changes)
    if (change.kind === "drop" && "dependsOn" in change.before) needs.set(change.before.id, change.before.dependsOn);
  const known = new Map<string, number>();
  const depth = (id: string): number => {
    const found = known.get(id);
    if (found !== undefined) return found;
    // A circle ends here.
    known.set(id, 0);
    const deepest = Math.max(-1, ...(needs.get(id) ?? []).filter((need) => needs.has(need)).map(depth));
    known.set(id, deepest + 1);
    return deepest + 1;
  };
  return (change) => (change.kind === "drop" ? depth(change.before.id) : 0);
}

export function orderChanges(changes: readonly Change[]): readonly Change[] {
  const depth = depths(changes);
  return changes
    .map((change, at) => ({ change, at, rank: rank(change), depth: depth(change) }))
    .sort((a, b) => a.rank - b.rank || b.depth - a.depth || a.at - b.at)
    .map(({ change }) => change);
}
