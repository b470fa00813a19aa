/** Changes in an order that PostgreSQL can take, with what is in their way dropped before and made again after. */
import type { Change, Identified, Schema, Sequence, Table, TableId, Verbatim, ViewId } from "../../../model/index.ts";
import { created, dropped } from "../../../model/index.ts";
import { orderChanges, type Placed } from "../../kit/order.ts";
import { isReplaced } from "./change-types.ts";
import { detourOf } from "./detour.ts";
import type { Context } from "./in-place.ts";
import { type Names, namesOf } from "./names.ts";

type Ids = ReadonlySet<string>;

const isGrant = (item: Identified): item is Verbatim => "kind" in item && item.kind === "grant";
const grantOn = (item: Identified, things: Ids): boolean => isGrant(item) && item.dependsOn.some((id) => things.has(id));

function remadeBy(changes: readonly Change[], context: Context): Ids {
  const remade = new Set<string>();
  for (const change of changes) {
    const detour = detourOf(change, context);
    if (detour.hindrance === null) for (const id of detour.remade) remade.add(id);
    // Dropped before the key it refers to, and made after the one that it is to refer to.
    if (change.entity === "foreignKey" && change.kind === "alter") remade.add(change.before.id);
  }
  return remade;
}

function depth(table: Table, { lookup }: Names): number {
  let steps = 0;
  for (let at: Table | null = table; at?.partitionOf && steps < 64; at = lookup.table(at.partitionOf.tableId)) steps += 1;
  return steps;
}

/** Everything that may be made again. */
function all(schema: Schema): readonly Change[] {
  return [
    ...schema.tables.flatMap(({ id, constraints, indexes }) => [
      ...constraints.map((item) => created("constraint", id, item, null)),
      ...indexes.map((item) => created("index", id, item, null)),
    ]),
    ...schema.foreignKeys.map((item) => created("foreignKey", item.tableId, item, null)),
    ...schema.views.map((item) => created("view", null, item, null)),
    ...schema.verbatim.map((item) => created("verbatim", null, item, null)),
  ];
}

/** Goes with what it is part of. */
const isPartOf = (item: Identified): boolean => "partOf" in item && item.partOf !== null;
const isInherited = (item: Identified): boolean => "inherited" in item && item.inherited === true;

/** A partition's share of its parent's keys and checks is made, changed and dropped with them. */
function follows(change: Change): boolean {
  if (change.kind === "reorder" || (change.entity === "index" && change.kind === "create")) return false;
  if (change.entity !== "foreignKey" && change.entity !== "constraint" && change.entity !== "index") return false;
  const sides = change.kind === "alter" ? [change.before, change.after] : [change.kind === "drop" ? change.before : change.after];
  return sides.every((item) => isPartOf(item) || isInherited(item));
}

const ROUTINES: ReadonlySet<string> = new Set(["function", "procedure"]);

/** Routines that need no table are made before the tables that may call them, and dropped after those do no longer. */
function placed(changes: readonly Change[], { before, after }: Context): Placed {
  const [early, late] = [new Set<string>(), new Set<string>()];
  const called = new Set(before.schema.tables.flatMap(({ id, dependsOn }) => (after.lookup.table(id) ? dependsOn : [])));
  for (const change of changes) {
    if (change.entity !== "verbatim" || change.kind === "alter") continue;
    const [object, { lookup }] = change.kind === "create" ? [change.after, after] : [change.before, before];
    if (!ROUTINES.has(object.kind) || object.dependsOn.some((id) => lookup.table(id as TableId) ?? lookup.view(id as ViewId)))
      continue;
    if (change.kind === "create") early.add(object.id);
    else if (called.has(object.id) && !after.schema.verbatim.some(({ id }) => id === object.id)) late.add(object.id);
  }
  return { early, late };
}

function around(changes: readonly Change[], context: Context): readonly Change[] {
  const remade = remadeBy(changes, context);
  const fresh = new Set([...remade, ...changes.flatMap((change) => replacedBy(change, context))]);
  const gone = new Set([...fresh, ...changes.flatMap((change) => (change.kind === "drop" ? [change.before.id] : []))]);
  const kept = changes.filter((change) => {
    if (change.kind === "reorder") return true;
    if (follows(change)) return false;
    const item: Identified = change.kind === "create" ? change.after : change.before;
    // Rights go with what they are on.
    if (change.kind !== "create" && grantOn(item, gone)) return false;
    return change.kind === "drop" || !remade.has(item.id);
  });
  if (fresh.size === 0) return partitionsFirst(kept, context);
  const told = new Set(
    kept.flatMap((change) => (change.kind === "drop" ? [change.before.id] : change.kind === "create" ? [change.after.id] : [])),
  );
  const again = (change: Change): boolean =>
    change.kind === "create" && (remade.has(change.after.id) || grantOn(change.after, fresh));
  const drops = all(context.before.schema).flatMap((change) => {
    if (change.kind !== "create" || !remade.has(change.after.id) || told.has(change.after.id) || isPartOf(change.after))
      return [];
    return dropped(change.entity, change.ownerId, change.after);
  });
  const creates = all(context.after.schema).filter((change) => {
    if (change.kind !== "create" || !again(change) || told.has(change.after.id)) return false;
    return change.entity !== "foreignKey" || !isPartOf(change.after);
  });
  return partitionsFirst([...kept, ...drops, ...creates], context);
}

/** New indexes of partitions come before their parents', which take them in. */
function partitionsFirst(changes: readonly Change[], { after }: Context): readonly Change[] {
  const deep = (change: Change): number => {
    const table = change.entity === "index" && change.kind === "create" ? after.lookup.table(change.ownerId as TableId) : null;
    return table ? depth(table, after) : 0;
  };
  return [...changes].sort((a, b) => deep(b) - deep(a));
}

const replacedBy = (change: Change, context: Context): string[] =>
  change.entity === "type" && change.kind === "alter" && isReplaced(change.before, change.after, context)
    ? [change.after.id]
    : [];

/** A sequence leaves a column before that is dropped, and comes to one when it is there. */
function owned(change: Change, { after }: Context): readonly Change[] {
  if (change.entity !== "sequence" || change.kind === "drop") return [change];
  const step = (was: Sequence, is: Sequence): Change => ({
    kind: "alter",
    entity: "sequence",
    ownerId: null,
    before: was,
    after: is,
  });
  const next = change.after;
  if (change.kind === "create") {
    const free = { ...next, ownedBy: null };
    return next.ownedBy === null ? [change] : [{ ...change, after: free }, step(free, next)];
  }
  const old = change.before;
  if (JSON.stringify(old.ownedBy) === JSON.stringify(next.ownedBy)) return [change];
  const left = old.ownedBy !== null && (next.ownedBy === null || !after.lookup.column(old.ownedBy.tableId, old.ownedBy.columnId));
  const first = left ? { ...old, ownedBy: null } : old;
  const between = { ...next, ownedBy: first.ownedBy };
  const steps = [[old, first] as const, [first, between] as const, [between, next] as const];
  return steps.filter(([was, is]) => JSON.stringify(was) !== JSON.stringify(is)).map(([was, is]) => step(was, is));
}

export function order(
  changes: readonly Change[],
  { before, after }: { readonly before: Schema; readonly after: Schema },
): readonly Change[] {
  const context = { before: namesOf(before), after: namesOf(after) };
  const whole = around(changes, context).flatMap((change) => owned(change, context));
  return orderChanges(whole, placed(whole, context));
}
