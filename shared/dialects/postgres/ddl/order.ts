/** Changes in an order that PostgreSQL can take, with what is in their way dropped before and made again after. */
import type { Change, Identified, Schema, Sequence, Table, Verbatim } from "../../../model/index.ts";
import { created, dropped } from "../../../model/index.ts";
import { orderChanges } from "../../kit/order.ts";
import { isReplaced } from "./change-types.ts";
import { detourOf } from "./detour.ts";
import type { Context } from "./in-place.ts";
import { namesOf } from "./names.ts";

type Ids = ReadonlySet<string>;

const isGrant = (item: Identified): item is Verbatim => "kind" in item && item.kind === "grant";
const grantOn = (item: Identified, things: Ids): boolean => isGrant(item) && item.dependsOn.some((id) => things.has(id));

function remadeBy(changes: readonly Change[], context: Context): Ids {
  const remade = new Set<string>();
  for (const change of changes) {
    const detour = detourOf(change, context);
    if (detour.hindrance === null) for (const id of detour.remade) remade.add(id);
  }
  return remade;
}

function depth(table: Table, { before }: Context): number {
  let steps = 0;
  for (let at: Table | null = table; at?.partitionOf && steps < 64; at = before.lookup.table(at.partitionOf.tableId)) steps += 1;
  return steps;
}

/** Everything that may be made again, a partition's before its parent's, which then takes it in. */
function all(schema: Schema, context: Context): readonly Change[] {
  const tables = [...schema.tables].sort((a, b) => depth(b, context) - depth(a, context));
  return [
    ...tables.flatMap(({ id, constraints, indexes }) => [
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

function around(changes: readonly Change[], context: Context): readonly Change[] {
  const remade = remadeBy(changes, context);
  const fresh = new Set([...remade, ...changes.flatMap((change) => replacedBy(change, context))]);
  const gone = new Set([...fresh, ...changes.flatMap((change) => (change.kind === "drop" ? [change.before.id] : []))]);
  const kept = changes.filter((change) => {
    if (change.kind === "reorder") return true;
    const item: Identified = change.kind === "create" ? change.after : change.before;
    // Rights go with what they are on.
    if (change.kind !== "create" && grantOn(item, gone)) return false;
    return change.kind === "drop" || !remade.has(item.id);
  });
  if (fresh.size === 0) return kept;
  const told = new Set(
    kept.flatMap((change) => (change.kind === "drop" ? [change.before.id] : change.kind === "create" ? [change.after.id] : [])),
  );
  const again = (change: Change): boolean =>
    change.kind === "create" && (remade.has(change.after.id) || grantOn(change.after, fresh));
  const drops = all(context.before.schema, context).flatMap((change) => {
    if (change.kind !== "create" || !remade.has(change.after.id) || told.has(change.after.id) || isPartOf(change.after))
      return [];
    return dropped(change.entity, change.ownerId, change.after);
  });
  const creates = all(context.after.schema, context).filter((change) => {
    if (change.kind !== "create" || !again(change) || told.has(change.after.id)) return false;
    return change.entity !== "foreignKey" || !isPartOf(change.after);
  });
  return [...kept, ...drops, ...creates];
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
  return orderChanges(around(changes, context).flatMap((change) => owned(change, context)));
}
