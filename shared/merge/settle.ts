/** Settling a collision on the design as it is now: an edit like any other. */
import type { Dialect } from "../dialects/dialect.ts";
import {
  dropColumn,
  dropTables,
  freeName,
  renameColumn,
  renameRelation,
  renameSequence,
  renameType,
  setKeyColumns,
} from "../edit/index.ts";
import {
  altered,
  type Change,
  type Column,
  dropped,
  type KeyConstraint,
  type Schema,
  type Sequence,
  type Table,
  type TableId,
  type UserType,
  type View,
} from "../model/index.ts";
import type { BothChanged, Choice, Circle, Collision, Kept, Lost, Order, Placed, Twins, TwoKeys, Who } from "./collision.ts";
import { otherOf } from "./collision.ts";
import { placesIn, tableOf } from "./placed.ts";

/** A new name, wherever the design speaks of it. */
function rename(schema: Schema, { kind, owner, item }: Placed, name: string, dialect: Dialect): Change[] {
  switch (kind) {
    case "table":
    case "view":
      return renameRelation(schema, item as Table | View, { name }, dialect);
    case "column": {
      const table = tableOf(schema, owner);
      return table ? renameColumn(schema, table, item as Column, name, dialect) : [];
    }
    case "type":
      return renameType(schema, item as UserType, name, dialect);
    case "sequence":
      return renameSequence(schema, item as Sequence, { name }, dialect);
    default:
      return [altered(kind, owner as TableId | null, item, { ...item, name } as Placed["item"])];
  }
}

/** A list of both: the winner's, and what only the other has. */
const joined = (one: unknown, other: unknown): unknown =>
  Array.isArray(one) && Array.isArray(other) ? [...(one as unknown[]), ...other.filter((item) => !one.includes(item))] : one;

function attribute(
  schema: Schema,
  { placed, attribute: name, values, won }: BothChanged,
  choice: Choice,
  dialect: Dialect,
): Change[] {
  const now = placesIn(schema).get(placed.item.id);
  if (!now) return [];
  const value = choice === "both" ? joined(values[won], values[otherOf(won)]) : values[choice as Who];
  if (name === "name") return rename(schema, now, String(value), dialect);
  const owner = now.kind === "foreignKey" && "tableId" in now.item ? now.item.tableId : now.owner;
  return [altered(now.kind, owner as TableId | null, now.item, { ...now.item, [name]: value } as Placed["item"])];
}

/** What is not there yet of what brings something back. */
function missing(schema: Schema, changes: readonly Change[]): Change[] {
  const places = placesIn(schema);
  return changes.filter((change) => change.kind === "create" && !places.has(change.after.id));
}

function lost(schema: Schema, { back, placed, itself }: Lost, choice: Choice): Change[] {
  if (choice === "back") return missing(schema, back);
  // What stands without what it needs is written still, and would come back with it.
  const owner = "tableId" in placed.item ? placed.item.tableId : placed.owner;
  return itself ? [] : [dropped(placed.kind, owner as TableId | null, placed.item)];
}

const NAMES = new Set<Choice>(["rename-mine", "rename-theirs"]);

function twins(schema: Schema, { items, name, what }: Twins, choice: Choice, dialect: Dialect): Change[] {
  const who: Who = choice.endsWith("mine") ? "mine" : "theirs";
  const now = placesIn(schema).get(items[who].item.id);
  if (!now) return [];
  if (NAMES.has(choice)) {
    const owner = tableOf(schema, now.owner);
    const taken = what === "column" ? owner?.columns : what === "constraint" ? owner?.constraints : null;
    const all = taken ?? [...schema.tables, ...schema.views, ...schema.types];
    return rename(
      schema,
      now,
      freeName(
        name,
        all.map((item) => item.name),
      ),
      dialect,
    );
  }
  if (what === "table" || what === "view") return dropTables(schema, new Set([now.item.id as TableId]));
  const table = tableOf(schema, now.owner);
  if (what === "column" && table) return dropColumn(schema, table, now.item as Column);
  return [dropped(now.kind, now.owner as TableId | null, now.item)];
}

function twoKeys(schema: Schema, { keys, relation }: TwoKeys, choice: Choice): Change[] {
  const table = tableOf(schema, relation);
  const find = (who: Who): KeyConstraint | undefined =>
    table?.constraints.find((item): item is KeyConstraint => item.id === keys[who].id && "columns" in item);
  const [mine, theirs] = [find("mine"), find("theirs")];
  if (!table || !mine || !theirs) return [];
  // As they are written both are primary; which of them is read so follows once the other is not.
  const unique = (key: KeyConstraint): Change =>
    altered("constraint", table.id, { ...key, kind: "primary" } as KeyConstraint, { ...key, kind: "unique" } as KeyConstraint);
  if (choice !== "both") return [unique(choice === "mine" ? theirs : mine)];
  const [stays, goes] = mine.kind === "primary" ? [mine, theirs] : [theirs, mine];
  return [dropped("constraint", table.id, goes), ...setKeyColumns(table, stays, [...stays.columns, ...goes.columns])];
}

function kept(schema: Schema, { namespace }: Kept, choice: Choice, dialect: Dialect): Change[] {
  const again: Change = { kind: "create", entity: "namespace", ownerId: null, after: namespace, at: null };
  if (choice !== "move") return [again];
  const other = schema.namespaces.find(({ id }) => id !== namespace.id);
  if (!other) return [again];
  const inside = <T extends { readonly namespaceId: unknown }>(item: T): boolean => item.namespaceId === namespace.id;
  const to = { namespaceId: other.id };
  return [
    ...[...schema.tables, ...schema.views].filter(inside).flatMap((item) => renameRelation(schema, item, to, dialect)),
    ...schema.types.filter(inside).map((item) => altered("type", null, item, { ...item, ...to })),
    ...schema.sequences
      .filter((item) => inside(item) && item.ownedBy === null)
      .flatMap((item) => renameSequence(schema, item, to, dialect)),
    ...schema.verbatim.filter(inside).map((item) => altered("verbatim", null, item, { ...item, ...to })),
  ];
}

/** The other table's parents are taken away, as they are written. */
function circle(schema: Schema, { tables }: Circle, choice: Choice): Change[] {
  const free = choice === "leave" ? (["mine", "theirs"] as const) : [otherOf(choice as Who)];
  return free.flatMap((who) => {
    const table = tableOf(schema, tables[who].id);
    const written = tables[who].parents as readonly TableId[];
    return table
      ? [altered("table", null, { ...table, inherits: written } as Table, { ...table, inherits: [], partitionOf: null } as Table)]
      : [];
  });
}

function order(schema: Schema, { orders, relation }: Order, choice: Choice): Change[] {
  const table = tableOf(schema, relation);
  if (!table || choice === "leave") return [];
  const before = table.columns.map(({ id }) => id);
  const wanted = orders[choice as Who];
  const place = (id: string): number => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length);
  return [
    { kind: "reorder", entity: "column", ownerId: table.id, before, after: [...before].sort((a, b) => place(a) - place(b)) },
  ];
}

/** The changes of a choice; none where the design has gone on and there is nothing left to do. */
export function settle(collision: Collision, choice: Choice, schema: Schema, dialect: Dialect): readonly Change[] {
  switch (collision.kind) {
    case "attribute":
      return attribute(schema, collision, choice, dialect);
    case "lost":
      return lost(schema, collision, choice);
    case "cut":
      return choice === "back" ? missing(schema, collision.back) : collision.leave;
    case "twins":
      return twins(schema, collision, choice, dialect);
    case "two-keys":
      return twoKeys(schema, collision, choice);
    case "kept":
      return kept(schema, collision, choice, dialect);
    case "circle":
      return circle(schema, collision, choice);
    case "order":
      return order(schema, collision, choice);
  }
}
