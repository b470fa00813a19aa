/** Changes in an order that SQLite can take: what stands on a table comes after every change that makes the table again. */
import type { Change } from "../../../model/index.ts";
import { orderChanges } from "../../kit/order.ts";

const STANDS_ON: ReadonlySet<string> = new Set(["index", "view", "verbatim"]);

export function order(changes: readonly Change[]): readonly Change[] {
  const sorted = orderChanges(changes);
  const late = (change: Change): boolean => change.kind !== "drop" && STANDS_ON.has(change.entity);
  return [...sorted.filter((change) => !late(change)), ...sorted.filter(late)];
}
