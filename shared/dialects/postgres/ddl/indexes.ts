/** An index with all that is said of it. */
import type { Index, Table, View } from "../../../model/index.ts";
import type { Statement } from "../../dialect.ts";
import { identifier } from "../quote.ts";
import { createIndex } from "./constraints.ts";
import { many } from "./in-place.ts";
import type { Names } from "./names.ts";
import { comment } from "./objects.ts";

/** CREATE INDEX, and what can only be said of one that is there. */
export function indexWithSettings(index: Index, owner: Table | View, names: Names): Statement[] {
  const namespace = names.lookup.namespace(owner.namespaceId)?.name ?? "";
  const statistics = Object.entries(index.options)
    .filter(([name]) => name.startsWith("statistics."))
    .map(
      ([name, value]) =>
        `ALTER INDEX ${identifier(namespace)}.${identifier(index.name)} ALTER COLUMN ${name.slice(11)} SET STATISTICS ${value}`,
    );
  const replica = index.options["replica_identity"]
    ? [`ALTER TABLE ONLY ${names.qualified(owner)} REPLICA IDENTITY USING INDEX ${identifier(index.name)}`]
    : [];
  return many([createIndex(index, owner, names), ...statistics, ...replica], {
    entity: "index",
    id: index.id,
    ownerId: owner.id,
  });
}

export const clusterOn = (index: { readonly name: string }, owner: Table | View, names: Names): string =>
  `ALTER TABLE ${names.qualified(owner)} CLUSTER ON ${identifier(index.name)}`;

/** The same, with what `create` says later for all at once. */
export function wholeIndex(index: Index, owner: Table | View, names: Names): Statement[] {
  const namespace = names.lookup.namespace(owner.namespaceId)?.name ?? "";
  const sqls = [
    ...(index.options["clustered"] === "true" ? [clusterOn(index, owner, names)] : []),
    ...(index.comment === null ? [] : [comment(`INDEX ${identifier(namespace)}.${identifier(index.name)}`, index.comment)]),
  ];
  return [...indexWithSettings(index, owner, names), ...many(sqls, { entity: "index", id: index.id, ownerId: owner.id })];
}
