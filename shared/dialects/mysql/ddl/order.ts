/**
 * Changes in an order that the server can take. What it refuses while something leans on it is taken apart first: foreign keys
 * around changes of their columns and of the keys they use, counters around changes of their key, checks around renamed columns.
 */
import type { Change, Column, ForeignKey, Schema } from "../../../model/index.ts";
import { orderChanges } from "../../kit/order.ts";

interface Context {
  readonly before: Schema;
  readonly after: Schema;
}

type Of<E extends Change["entity"]> = Extract<Change, { readonly entity: E }>;

const isColumnAlter = (change: Change): change is Extract<Change, { entity: "column"; kind: "alter" }> =>
  change.entity === "column" && change.kind === "alter";

const isKey = (change: Change): change is Of<"constraint"> | Of<"index"> =>
  change.entity === "index" || change.entity === "constraint";

/** The columns that a key, index or check stands on; null for one whose columns only its text tells. */
function columnsOf(item: Of<"constraint" | "index">): readonly string[] {
  const entity = item.kind === "create" ? item.after : item.before;
  if ("parts" in entity) return entity.parts.flatMap(({ columnId }) => columnId ?? []);
  return "columns" in entity ? entity.columns : [];
}

/** Foreign keys that must not be there while their columns or the keys they use change, and are not changed themselves. */
function around(changes: readonly Change[], { before, after }: Context): readonly Change[] {
  const touched = new Set<string>();
  const told = new Set<string>();
  for (const change of changes) {
    if (isColumnAlter(change) && JSON.stringify(change.before) !== JSON.stringify({ ...change.after, name: change.before.name }))
      touched.add(change.after.id);
    if (isKey(change) && change.kind !== "create") for (const id of columnsOf(change)) touched.add(id);
    if (change.entity === "foreignKey") told.add(change.kind === "drop" ? change.before.id : change.after.id);
  }
  const touches = (key: ForeignKey): boolean =>
    !told.has(key.id) && [...key.columns, ...key.refColumns].some((id) => touched.has(id));
  const still = new Map(after.foreignKeys.map((key) => [key.id, key]));
  return before.foreignKeys.filter(touches).flatMap((key): Change[] => {
    const next = still.get(key.id);
    const drop: Change = { kind: "drop", entity: "foreignKey", ownerId: key.tableId, before: key };
    return next ? [drop, { kind: "create", entity: "foreignKey", ownerId: next.tableId, after: next, at: null }] : [drop];
  });
}

/** A change of a foreign key, or of a check, or of a key that loses a column: gone before, made anew after. */
function apart(changes: readonly Change[]): readonly Change[] {
  const dropped = new Set(
    changes.flatMap((change) => (change.entity === "column" && change.kind === "drop" ? [change.before.id as string] : [])),
  );
  return changes.flatMap((change): Change[] => {
    if (change.kind !== "alter") return [change];
    const { entity, ownerId, before, after } = change;
    const leaning =
      entity === "foreignKey" ||
      (entity === "constraint" && change.before.kind === "check") ||
      (isKey(change) && columnsOf(change).some((id) => dropped.has(id)));
    if (!leaning) return [change];
    return [{ kind: "drop", entity, ownerId, before } as Change, { kind: "create", entity, ownerId, after, at: null } as Change];
  });
}

/** A counter stops before its key changes and starts when the new one is there. */
function counters(changes: readonly Change[]): { readonly first: Change[]; readonly between: Change[]; readonly last: Change[] } {
  const [first, between, last]: [Change[], Change[], Change[]] = [[], [], []];
  for (const change of changes) {
    if (!isColumnAlter(change) || (change.before.identity === null) === (change.after.identity === null)) between.push(change);
    else {
      const still: Column = { ...(change.before.identity ? change.before : change.after), identity: null };
      const stopping = change.before.identity !== null;
      (stopping ? first : between).push({ ...change, after: still });
      (stopping ? between : last).push({ ...change, before: still });
    }
  }
  const real = (change: Change): boolean =>
    !isColumnAlter(change) || JSON.stringify(change.before) !== JSON.stringify(change.after);
  return { first, between: between.filter(real), last };
}

export function order(changes: readonly Change[], context: Context): readonly Change[] {
  const { first, between, last } = counters(apart([...changes, ...around(changes, context)]));
  return [...first, ...orderChanges(between), ...last];
}
