import { expect, it } from "vitest";
import { type Index, makeColumn, makeForeignKey, makeIndex, makeKey, makeTable, type Table } from "#shared/model/index.ts";
import { cardinalityOf } from "./cardinality.ts";

type Id<T extends { readonly id: unknown }> = T["id"];
const part = (columnId: string | null): Index["parts"][number] => ({
  columnId: columnId as Index["parts"][number]["columnId"],
  expression: columnId === null ? "lower(x)" : null,
  descending: false,
  nulls: null,
  opclass: null,
  collation: null,
});
const unique = (columns: readonly (string | null)[], where: string | null = null): Index =>
  makeIndex({ id: "ix" as Id<Index>, name: "ix", unique: true, parts: columns.map(part), where });
const key = (kind: "primary" | "unique", columns: readonly string[]) =>
  makeKey({ id: "k" as never, name: "k", kind, columns: columns as never });

function child(more: Partial<Table>): Table {
  const column = (id: string, notNull: boolean) => makeColumn({ id: id as never, name: id, type: "bigint", notNull });
  return makeTable({
    id: "child" as never,
    namespaceId: "n" as never,
    name: "child",
    columns: [column("a", true), column("b", true), column("maybe", false)],
    ...more,
  });
}
const relation = (columns: readonly string[]) =>
  makeForeignKey({
    id: "f" as never,
    tableId: "child" as never,
    name: "f",
    columns: columns as never,
    refTableId: "parent" as never,
    refColumns: columns as never,
  });

it.each<[string, readonly string[], Partial<Table>, string]>([
  ["plain", ["a"], {}, ""],
  ["nullable", ["maybe"], {}, "optional"],
  ["partly nullable", ["a", "maybe"], {}, "optional"],
  ["is the primary key", ["a"], { constraints: [key("primary", ["a"])] }, "identifying single"],
  ["is a part of the primary key", ["a"], { constraints: [key("primary", ["a", "b"])] }, "identifying"],
  ["unique", ["a"], { constraints: [key("unique", ["a"])] }, "single"],
  ["holds a unique set", ["a", "b"], { constraints: [key("unique", ["b"])] }, "single"],
  ["a part of a unique set", ["a"], { constraints: [key("unique", ["a", "b"])] }, ""],
  ["unique index", ["a"], { indexes: [unique(["a"])] }, "single"],
  ["unique index over both", ["a", "b"], { indexes: [unique(["b", "a"])] }, "single"],
  ["unique index over more", ["a"], { indexes: [unique(["a", "b"])] }, ""],
  ["unique index over some rows", ["a"], { indexes: [unique(["a"], "b > 0")] }, ""],
  ["unique index over an expression", ["a"], { indexes: [unique(["a", null])] }, ""],
  ["unique index over an expression alone", ["a"], { indexes: [unique([null])] }, ""],
  ["an index that is not unique", ["a"], { indexes: [{ ...unique(["a"]), unique: false }] }, ""],
])("cardinality: %s", (_, columns, table, expected) => {
  const { optional, identifying, single } = cardinalityOf(relation(columns), child(table));
  const found = [optional && "optional", identifying && "identifying", single && "single"].filter(Boolean).join(" ");
  expect(found).toBe(expected);
});
