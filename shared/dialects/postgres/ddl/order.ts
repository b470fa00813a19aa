/** Changes in an order that PostgreSQL can take, with the foreign keys out of the way of columns that change their type. */
import type { Change, ForeignKey, Schema } from "../../../model/index.ts";
import { orderChanges } from "../../kit/order.ts";

function retyped(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) =>
      change.entity === "column" && change.kind === "alter" && change.before.type !== change.after.type ? [change.after.id] : [],
    ),
  );
}

/** A foreign key cannot outlive a change of its columns' types: it is dropped before and made again after. */
export function order(
  changes: readonly Change[],
  { before, after }: { readonly before: Schema; readonly after: Schema },
): readonly Change[] {
  const columns = retyped(changes);
  if (columns.size === 0) return orderChanges(changes);
  const told = new Set(
    changes.flatMap((change) =>
      change.entity === "foreignKey" ? [change.kind === "drop" ? change.before.id : change.after.id] : [],
    ),
  );
  const touches = (key: ForeignKey): boolean =>
    !told.has(key.id) && [...key.columns, ...key.refColumns].some((id) => columns.has(id));
  const was = before.foreignKeys.filter(touches);
  const is = new Map(after.foreignKeys.map((key) => [key.id, key]));
  const around = was.flatMap((key): Change[] => {
    const next = is.get(key.id);
    const drop: Change = { kind: "drop", entity: "foreignKey", ownerId: key.tableId, before: key };
    return next ? [drop, { kind: "create", entity: "foreignKey", ownerId: next.tableId, after: next, at: null }] : [drop];
  });
  return orderChanges([...changes, ...around]);
}
