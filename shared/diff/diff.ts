/**
 * The difference of two schemas, by id. Entities that are the same object on both sides cost one comparison, so the difference of
 * two snapshots of one document is cheap however large the design is.
 */
import {
  altered,
  type Change,
  created,
  dropped,
  type EntityKind,
  type Identified,
  PART_KINDS,
  partList,
  same,
  sameEnds,
  type Schema,
  type Table,
  TOP_KINDS,
  topList,
  type TableId,
  type ViewId,
} from "../model/index.ts";

type Owner = TableId | ViewId | null;

/** The entity without its parts, which have changes of their own. */
function head(item: Identified): Identified {
  if (!("columns" in item && "constraints" in item)) return item;
  return { ...(item as Table), columns: [], constraints: [], indexes: [] } as Identified;
}

function diffList(
  kind: EntityKind,
  owner: Owner,
  before: readonly Identified[],
  after: readonly Identified[],
  out: Change[],
): void {
  if (before === after) return;
  const [first, rest] = sameEnds(before, after);
  const mine = before.slice(first, before.length - rest);
  const theirs = after.slice(first, after.length - rest);
  const old = new Map(mine.map((item) => [item.id, item]));
  const now = new Set(theirs.map(({ id }) => id));
  // Drops first: what is created then finds the place it has at the end.
  for (const item of mine) if (!now.has(item.id)) out.push(dropped(kind, ownerOf(item, owner), item));
  theirs.forEach((item, place) => {
    const was = old.get(item.id);
    const at = first + place;
    if (was === undefined) out.push(created(kind, ownerOf(item, owner), item, at === after.length - 1 ? null : at));
    else if (was !== item) diffEntity(kind, owner, was, item, out);
  });
}

const ownerOf = (item: Identified, owner: Owner): Owner =>
  "refTableId" in item && "tableId" in item ? (item.tableId as TableId) : owner;

function diffEntity(kind: EntityKind, owner: Owner, was: Identified, item: Identified, out: Change[]): void {
  if (!same(head(was), head(item))) out.push(altered(kind, ownerOf(item, owner), was, item));
  if (kind !== "table") return;
  const [old, next] = [was as unknown as Table, item as unknown as Table];
  for (const part of PART_KINDS) diffList(part, next.id, partList(old, part), partList(next, part), out);
  reordered(old, next, out);
}

/** The order of the columns that both sides have. */
function reordered(old: Table, next: Table, out: Change[]): void {
  if (old.columns === next.columns) return;
  const before = old.columns.map(({ id }) => id);
  const after = next.columns.map(({ id }) => id);
  const [had, has] = [new Set(before), new Set(after)];
  const shared = [before.filter((id) => has.has(id)), after.filter((id) => had.has(id))];
  if (!same(shared[0], shared[1])) out.push({ kind: "reorder", entity: "column", ownerId: next.id, before, after });
}

export function diff(before: Schema, after: Schema): Change[] {
  const out: Change[] = [];
  for (const kind of TOP_KINDS) diffList(kind, null, topList(before, kind), topList(after, kind), out);
  return out;
}
