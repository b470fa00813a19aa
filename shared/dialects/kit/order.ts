/**
 * The order in which the changes of one diff find what they need: drops from the outside in, then what
 * columns count on, then renames and alterations, then what nothing counts on any more, then creations.
 */
import type { Change, EntityKind, Sequence } from "../../model/index.ts";
import { inOrderOfNeed } from "./sort.ts";

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

/** Columns that count on them are altered first. */
const COUNTED_ON: ReadonlySet<EntityKind> = new Set(["sequence", "type", "namespace"]);

/** What a query or a body speaks of must be there when it is replaced. */
const BY_SQL: ReadonlySet<EntityKind> = new Set(["view", "verbatim"]);

/** A sequence that only goes from one column to another, or to none. */
function owner({ before, after }: { readonly before: Sequence; readonly after: Sequence }): boolean {
  const same = (key: keyof Sequence): boolean => JSON.stringify(before[key]) === JSON.stringify(after[key]);
  return (Object.keys(after) as (keyof Sequence)[]).every((key) => same(key) === (key !== "ownedBy"));
}

/** Ids of objects that do not stand where others of their kind do. */
export interface Placed {
  /** Made before tables, which count on them. */
  readonly early: ReadonlySet<string>;
  /** Dropped after tables have been changed, which counted on them. */
  readonly late: ReadonlySet<string>;
}

const AS_USUAL: Placed = { early: new Set(), late: new Set() };

function rankOfDrop(change: Extract<Change, { kind: "drop" }>, { taken, placed }: Facts): number {
  const place = OUTSIDE_IN.indexOf(change.entity);
  if (placed.late.has(change.before.id)) return 149 + OUTSIDE_IN.indexOf("sequence");
  // Views and objects count on each other.
  if (BY_SQL.has(change.entity)) return 0;
  // What is computed from other columns goes before them.
  if (change.entity === "column" && change.before.generated) return place - 0.5;
  return COUNTED_ON.has(change.entity) && !taken.has(nameOf(change.before)) ? 150 + place : place;
}

interface Facts {
  /** Names that something new has: what had them must be gone. */
  readonly taken: ReadonlySet<string>;
  readonly placed: Placed;
}

function rank(change: Change, facts: Facts): number {
  if (change.kind === "drop") return rankOfDrop(change, facts);
  // It would go with a column that goes, and the column that it comes to may be new.
  if (change.kind === "alter" && change.entity === "sequence" && owner(change)) return change.after.ownedBy === null ? -1 : 210;
  const extension = change.entity === "verbatim" && change.after.kind === "extension";
  const early = FOUNDATION.indexOf(`${change.kind} ${extension ? "extension" : change.entity}`);
  if (early >= 0) return 50 + early;
  if (change.kind === "create" && facts.placed.early.has(change.after.id)) return 50 + FOUNDATION.length;
  const inner = INSIDE_OUT.indexOf(change.entity);
  if (change.kind === "alter" && !BY_SQL.has(change.entity)) return 100 + inner;
  // It has what its parent has by then.
  if (isNewTable(change) && change.after.partitionOf) return 199.5 + INSIDE_OUT.indexOf("foreignKey");
  return change.kind === "reorder" ? 300 : 200 + inner;
}

const nameOf = (item: object): string =>
  JSON.stringify(["namespaceId" in item ? item.namespaceId : null, "name" in item ? item.name : ""]);

function takenBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.flatMap((change) => (change.kind === "create" ? [nameOf(change.after)] : [])));
}

/** What must be there before something. */
function needsOf(item: object): readonly string[] {
  const { dependsOn = [], ownerId = null } = item as { dependsOn?: readonly string[]; ownerId?: string | null };
  return ownerId === null ? dependsOn : [...dependsOn, ownerId];
}

/** How far each dropped view or object stands from what counts on nothing: the farther, the sooner it must go. */
function depths(changes: readonly Change[]): (change: Change) => number {
  const needs = new Map<string, readonly string[]>();
  for (const change of changes) if (change.kind === "drop") needs.set(change.before.id, needsOf(change.before));
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

type Made = Exclude<Change, { kind: "reorder" | "drop" }>;

/** Views and objects, each after what it counts on. */
function byNeed(changes: readonly Made[]): readonly Change[] {
  const nodes = changes.map((change) => {
    const { after, entity } = change;
    return { id: after.id, needs: needsOf(after), value: change as Change, group: entity };
  });
  return inOrderOfNeed(nodes);
}

const isNewTable = (change: Change): change is Extract<Change, { entity: "table"; kind: "create" }> =>
  change.entity === "table" && change.kind === "create";

/** Whoever inherits after who is inherited from. */
function parentsFirst(changes: readonly Change[]): readonly Change[] {
  const tables = changes.filter(isNewTable);
  const nodes = tables.map((change) => {
    const { id, inherits, partitionOf } = change.after;
    return { id, needs: partitionOf ? [...inherits, partitionOf.tableId] : inherits, value: change as Change };
  });
  const sorted = inOrderOfNeed(nodes);
  let at = 0;
  return changes.map((change) => (isNewTable(change) ? (sorted[at++] ?? change) : change));
}

export function orderChanges(changes: readonly Change[], placed = AS_USUAL): readonly Change[] {
  const depth = depths(changes);
  const facts = { taken: takenBy(changes), placed };
  const sorted = changes
    .map((change, at) => ({
      change,
      at,
      rank: rank(change, facts),
      depth: depth(change),
      place: OUTSIDE_IN.indexOf(change.entity),
    }))
    .sort((a, b) => a.rank - b.rank || b.depth - a.depth || a.place - b.place || a.at - b.at);
  const views = 200 + INSIDE_OUT.indexOf("view");
  const [first, rest] = [sorted.filter((one) => one.rank < views), sorted.filter((one) => one.rank >= views)];
  const bySql = rest.map(({ change }) => change).filter((change): change is Made => BY_SQL.has(change.entity));
  const last = rest.map(({ change }) => change).filter(({ entity }) => !BY_SQL.has(entity));
  return [...parentsFirst(first.map(({ change }) => change)), ...byNeed(bySql), ...last];
}
