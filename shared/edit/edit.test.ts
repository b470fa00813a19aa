import { describe, expect, it } from "vitest";
import { generate } from "../../tests/support/generator.ts";
import { postgres } from "../dialects/postgres/index.ts";
import { apply, type Change, type CheckConstraint, type Column, invariants, type Schema, type Table } from "../model/index.ts";
import {
  addCheck,
  addPair,
  addColumn,
  addIndex,
  connect,
  createType,
  createTable,
  dropColumn,
  dropTables,
  duplicate,
  meantBy,
  moveColumn,
  patchColumn,
  renameColumn,
  removePair,
  renameType,
  setPair,
  togglePrimary,
  toggleUnique,
} from "./index.ts";

const schema = generate({ tables: 6, columns: 6 });
let next = 0;
const mint = (): string => `new${String((next += 1))}`;
const table = schema.tables[2] as Table;
const column = table.columns[4] as Column;
const other = schema.tables[4] as Table;

const cases: readonly (readonly [string, () => readonly Change[], (after: Schema) => unknown, unknown])[] = [
  ["a new table has a key and a free name", () => createTable(schema, postgres, mint).changes, (s) => s.tables.length, 7],
  [
    "dropping a table drops its relations",
    () => dropTables(schema, new Set([table.id])),
    (s) => s.foreignKeys.some((key) => key.tableId === table.id || key.refTableId === table.id),
    false,
  ],
  [
    "a copy keeps its relations",
    () => duplicate(schema, new Set([table.id]), postgres, mint).changes,
    (s) => s.foreignKeys.length > schema.foreignKeys.length,
    true,
  ],
  ["a column at a place", () => addColumn(table, mint, 1).changes, (s) => s.tables[2]?.columns[1]?.name, "column_1"],
  [
    "dropping a key column drops the key and what refers to it",
    () => dropColumn(schema, table, table.columns[0] as Column),
    (s) => s.tables[2]?.constraints.length,
    0,
  ],
  ["moving a column", () => moveColumn(table, column.id, 0), (s) => s.tables[2]?.columns[0]?.id, column.id],
  ["moving a column nowhere is nothing", () => moveColumn(table, column.id, 4), (s) => s, schema],
  ["unique on", () => toggleUnique(table, column, postgres, mint), (s) => s.tables[2]?.constraints.length, 2],
  [
    "a column into the key",
    () => togglePrimary(table, column, postgres, mint),
    (s) => s.tables[2]?.constraints.flatMap((key) => ("columns" in key ? key.columns : [])).length,
    2,
  ],
  [
    "the only key column out of the key",
    () => togglePrimary(table, table.columns[0] as Column, postgres, mint),
    (s) => s.tables[2]?.constraints.length,
    0,
  ],
  [
    "an index",
    () => addIndex(table, [column], mint),
    (s) => s.tables[2]?.indexes.at(-1)?.name,
    `${table.name}_${column.name}_idx`,
  ],
  [
    "a relation from header to header makes the column",
    () => connect(schema, { table: other, column: null }, { table, column: null }, postgres, mint)?.changes ?? [],
    (s) => s.foreignKeys.at(-1)?.refColumns,
    [table.columns[0]?.id],
  ],
  [
    "a relation refers to the unique side",
    () =>
      connect(
        schema,
        { table, column: table.columns[0] as Column },
        { table: other, column: other.columns[4] as Column },
        postgres,
        mint,
      )?.changes ?? [],
    (s) => s.foreignKeys.at(-1)?.tableId,
    other.id,
  ],
  [
    "not null",
    () => patchColumn(table, column, { notNull: !column.notNull }),
    (s) => s.tables[2]?.columns[4]?.notNull,
    !column.notNull,
  ],
];

describe("edits keep a design consistent", () => {
  it.each(cases)("%s", (_name, edit, look, expected) => {
    const after = apply(schema, edit());
    expect(invariants(after)).toEqual([]);
    expect(look(after)).toEqual(expected);
  });

  it("a renamed column is renamed in checks and indexes, not in strings", () => {
    const checked = apply(schema, addCheck(table, `${column.name} <> '${column.name}' AND "${column.name}" IS NOT NULL`, mint));
    const owner = checked.tables[2] as Table;
    const after = apply(checked, renameColumn(checked, owner, column, "Order", postgres));
    const check = after.tables[2]?.constraints.find((item): item is CheckConstraint => item.kind === "check");
    expect(check?.expression).toBe(`"Order" <> '${column.name}' AND "Order" IS NOT NULL`);
  });

  it("a renamed enum is renamed in its columns", () => {
    const made = createType(schema, "enum", postgres, mint);
    const withEnum = apply(schema, [...(made?.changes ?? []), ...patchColumn(table, column, { type: "public.status[]" })]);
    const type = withEnum.types[0];
    if (!type) throw new Error("no enum");
    const after = apply(withEnum, renameType(withEnum, type, "Mood", postgres));
    expect(after.tables[2]?.columns[4]?.type).toBe('public."Mood"[]');
  });

  it("a renamed enum keeps the values in its columns' defaults", () => {
    const made = createType(schema, "enum", postgres, mint);
    const fallback = { type: "status", default: "'status'::status" };
    const withEnum = apply(schema, [...(made?.changes ?? []), ...patchColumn(table, column, fallback)]);
    const [type] = withEnum.types;
    if (!type) throw new Error("no enum");
    const mood = apply(withEnum, renameType(withEnum, type, "Mood", postgres));
    const feeling = apply(mood, renameType(mood, mood.types[0] ?? type, "feeling", postgres));
    const columns = [mood, feeling].map(({ tables }) => [tables[2]?.columns[4]?.type, tables[2]?.columns[4]?.default]);
    expect(columns).toEqual([
      ['"Mood"', "'status'::\"Mood\""],
      ["feeling", "'status'::feeling"],
    ]);
  });

  it("a table copied twice has names of its own each time", () => {
    const once = apply(schema, duplicate(schema, new Set([table.id]), postgres, mint).changes);
    const twice = apply(once, duplicate(once, new Set([table.id]), postgres, mint).changes);
    const names = twice.tables.flatMap(({ name, indexes, constraints }) => [
      name,
      ...[...indexes, ...constraints].map((item) => item.name),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("a new table does not take a view's name", () => {
    const view = {
      id: "v",
      namespaceId: table.namespaceId,
      name: "table_1",
      comment: null,
      materialized: false,
      definition: "select 1",
      columns: [],
      indexes: [],
      options: {},
      dependsOn: [],
    };
    const taken = { ...schema, views: [view as unknown as Schema["views"][number]] };
    expect(apply(taken, createTable(taken, postgres, mint).changes).tables.at(-1)?.name).toBe("table_2");
  });

  it("a partitioned table goes with its partitions", () => {
    const [parent, child] = [schema.tables[0] as Table, schema.tables[5] as Table];
    const parted = {
      ...schema,
      tables: schema.tables.map((item) =>
        item === child ? { ...item, partitionOf: { tableId: parent.id, bound: "DEFAULT" } } : item,
      ),
    };
    const after = apply(parted, dropTables(parted, new Set([parent.id])));
    expect(after.tables.some(({ id }) => id === child.id)).toBe(false);
    expect(invariants(after)).toEqual([]);
  });

  it("a relation gets and loses pairs of columns", () => {
    const [key] = schema.foreignKeys;
    if (!key) throw new Error("no relation");
    const second = apply(schema, addPair(schema, key)).foreignKeys[0] ?? key;
    expect([second.columns.length, new Set(second.columns).size, new Set(second.refColumns).size]).toEqual([2, 2, 2]);
    const listed = { ...second, onDeleteColumns: second.columns.slice(1) };
    const [moved] = setPair(listed, 1, "columns", table.columns[5]?.id ?? column.id);
    expect(moved?.kind === "alter" && moved.entity === "foreignKey" && moved.after.onDeleteColumns).toEqual([
      table.columns[5]?.id,
    ]);
    const [without] = removePair(listed, 1);
    expect(without?.kind === "alter" && without.after).toMatchObject({
      columns: key.columns,
      refColumns: key.refColumns,
      onDeleteColumns: [],
    });
    expect(removePair(key, 0)).toEqual([]);
  });

  it("a column's name means the table that it speaks of", () => {
    const named = (name: string): Column => ({ ...column, name });
    expect(meantBy(schema, table, named(`${other.name}_id`))?.id).toBe(other.id);
    expect(meantBy(schema, table, named("id"))).toBe(null);
  });

  it("a long name keeps its suffix and fits", () => {
    const long = { ...table, name: "t".repeat(60) };
    const [made] = addIndex(long, [column], mint);
    const name = made?.kind === "create" && "name" in made.after ? made.after.name : "";
    expect(name.length).toBeLessThanOrEqual(63);
    expect(name.endsWith("_idx")).toBe(true);
  });
});
