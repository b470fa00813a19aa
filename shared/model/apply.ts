/** Changes onto a schema. Untouched objects stay the same objects; a change of something that is gone does nothing. */
import type { Change } from "./change.ts";
import { type Identified, isPart, PARTS, type PartKind, TOP, type TopKind } from "./parts.ts";
import type { Column, Schema, Table } from "./schema.ts";

type List = readonly Identified[];

function changeList(list: List, change: Exclude<Change, { kind: "reorder" }>): List {
  switch (change.kind) {
    case "create": {
      if (list.some(({ id }) => id === change.after.id))
        return list.map((item) => (item.id === change.after.id ? change.after : item));
      const at = change.at ?? list.length;
      return [...list.slice(0, at), change.after, ...list.slice(at)];
    }
    case "drop":
      return list.filter(({ id }) => id !== change.before.id);
    case "alter":
      return list.map((item) => (item.id === change.after.id ? merged(item, change.before, change.after) : item));
  }
}

/** What an alter changed, put onto the entity as it is now; a table keeps its own columns, constraints and indexes. */
function merged(item: Identified, before: Identified, after: Identified): Identified {
  const [was, next] = [before as unknown as Record<string, unknown>, after as unknown as Record<string, unknown>];
  const changed = Object.keys(next).filter((key) => was[key] !== next[key] && !(key in partsOf(item)));
  return { ...item, ...Object.fromEntries(changed.map((key) => [key, next[key]])) };
}

const partsOf = (item: Identified): object =>
  "columns" in item && "constraints" in item ? { columns: 0, constraints: 0, indexes: 0 } : {};

function reorder(columns: readonly Column[], order: readonly string[]): readonly Column[] {
  const place = new Map(order.map((id, at) => [id, at]));
  const rank = ({ id }: Column): number => place.get(id) ?? Number.MAX_SAFE_INTEGER;
  return [...columns].sort((a, b) => rank(a) - rank(b));
}

function changePart(table: Table, kind: PartKind, change: Change): Table {
  if (change.kind === "reorder") return { ...table, columns: reorder(table.columns, change.after) };
  return { ...table, [PARTS[kind]]: changeList(table[PARTS[kind]], change) };
}

function applyOne(schema: Schema, change: Change): Schema {
  const { entity, ownerId } = change;
  if (!isPart(entity)) {
    const name = TOP[entity as TopKind];
    return { ...schema, [name]: changeList(schema[name], change as Exclude<Change, { kind: "reorder" }>) };
  }
  if (schema.tables.some(({ id }) => id === ownerId)) {
    return {
      ...schema,
      tables: schema.tables.map((table) => (table.id === ownerId ? changePart(table, entity, change) : table)),
    };
  }
  if (entity !== "index") return schema;
  const views = schema.views.map((view) =>
    view.id === ownerId ? { ...view, indexes: changeList(view.indexes, change) as typeof view.indexes } : view,
  );
  return { ...schema, views };
}

export function apply(schema: Schema, changes: readonly Change[]): Schema {
  return changes.reduce(applyOne, schema);
}
