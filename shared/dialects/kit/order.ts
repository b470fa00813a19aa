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

export function orderChanges(changes: readonly Change[]): readonly Change[] {
  return changes
    .map((change, at) => ({ change, at, rank: rank(change) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ change }) => change);
}
