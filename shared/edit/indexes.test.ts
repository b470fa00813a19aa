import { describe, expect, it } from "vitest";
import { mysql } from "../dialects/mysql/index.ts";
import { postgres } from "../dialects/postgres/index.ts";
import { sqlite } from "../dialects/sqlite/index.ts";
import {
  apply,
  type Change,
  type Column,
  emptySchema,
  type Index,
  invariants,
  type KeyConstraint,
  makeColumn,
  makeKey,
  makeTable,
  type Schema,
  type Table,
} from "../model/index.ts";
import { collationNamed } from "./collations.ts";
import { addIndex, addPart, movePart, patchPart, removePart, setMethod, toggleInclude } from "./indexes.ts";
import { addExclusion, addKey, setKeyColumns, togglePrimary } from "./keys.ts";

let next = 0;
const mint = (): string => `m${String((next += 1))}`;
const column = (name: string): Column => makeColumn({ id: name as Column["id"], name, type: "text" });
const [a, b, c] = [column("a"), column("b"), column("c")];
const bare = makeTable({ id: "t" as Table["id"], namespaceId: "n" as Table["namespaceId"], name: "t", columns: [a, b, c] });
const schemaOf = (table: Table): Schema => ({
  ...emptySchema("postgres"),
  namespaces: [{ id: "n" as Table["namespaceId"], name: "public", comment: null }],
  tables: [table],
});

/** The table after changes, which must leave the design whole. */
function after(table: Table, changes: readonly Change[] | undefined): Table {
  const schema = apply(schemaOf(table), changes ?? []);
  expect(invariants(schema)).toEqual([]);
  return schema.tables[0] as Table;
}
const indexed = after(bare, addIndex(bare, [a, b], mint));
const index = indexed.indexes[0] as Index;
const parts = (table: Table): string =>
  (table.indexes[0]?.parts ?? []).map((part) => (part.columnId ?? part.expression ?? "") + (part.descending ? "-" : "")).join();

describe("an index", () => {
  it("is made over several columns, called after them", () => {
    expect([index.name, parts(indexed), index.include]).toEqual(["t_a_b_idx", "a,b", []]);
  });

  it.each<[string, (table: Table) => readonly Change[], string]>([
    ["a column more", (t) => addPart(t, index, { columnId: c.id }), "a,b,c"],
    ["an expression more", (t) => addPart(t, index, { expression: "lower(c)" }), "a,b,lower(c)"],
    ["a part moved", (t) => movePart(t, index, 1, 0), "b,a"],
    ["a part moved no further than the end", (t) => movePart(t, index, 0, 9), "b,a"],
    ["a part that stays where it is", (t) => movePart(t, index, 0, -3), "a,b"],
    ["a part less", (t) => removePart(t, index, 0), "b"],
    ["another direction", (t) => patchPart(t, index, 1, { descending: true }), "a,b-"],
    ["another column", (t) => patchPart(t, index, 1, { columnId: c.id }), "a,c"],
  ])("%s", (_name, edit, expected) => {
    expect(parts(after(indexed, edit(indexed)))).toBe(expected);
  });

  it("keeps its last part", () => {
    const single = after(indexed, removePart(indexed, index, 0));
    expect(removePart(single, single.indexes[0] as Index, 0)).toEqual([]);
  });

  it("includes a column beside its parts, until it becomes one of them", () => {
    const included = after(indexed, toggleInclude(indexed, index, c.id));
    expect(included.indexes[0]?.include).toEqual([c.id]);
    const part = after(included, addPart(included, included.indexes[0] as Index, { columnId: c.id }));
    expect([part.indexes[0]?.include, parts(part)]).toEqual([[], "a,b,c"]);
    expect(after(included, toggleInclude(included, included.indexes[0] as Index, c.id)).indexes[0]?.include).toEqual([]);
  });

  it("of another method has no orders and operator classes of the old one", () => {
    const said = after(indexed, patchPart(indexed, index, 0, { opclass: "text_ops", descending: true, nulls: "last" }));
    const [first] = after(said, setMethod(said, said.indexes[0] as Index, "gin")).indexes;
    expect([first?.method, first?.parts[0]]).toEqual(["gin", index.parts[0]]);
  });
});

describe("a key", () => {
  const columnsOf = (table: Table): readonly string[] =>
    table.constraints.flatMap((item) => ("columns" in item ? [`${item.kind}:${item.name}:${item.columns.join()}`] : []));

  it.each([
    ["primary", postgres, "primary:t_pkey:a,b"],
    ["primary", mysql, "primary:PRIMARY:a,b"],
    ["unique", postgres, "unique:t_a_b_key:a,b"],
  ] as const)("%s of several columns in %o", (kind, dialect, expected) => {
    expect(columnsOf(after(bare, addKey(bare, kind, [a, b], dialect, mint)?.changes))).toEqual([expected]);
  });

  it("there is one primary key, and none of no columns", () => {
    const keyed = after(bare, addKey(bare, "primary", [a], postgres, mint)?.changes);
    expect(addKey(keyed, "primary", [b], postgres, mint)).toBeNull();
    expect(addKey(bare, "unique", [], postgres, mint)).toBeNull();
  });

  it("has its columns in the order given, each once, and goes with the last", () => {
    const keyed = after(bare, addKey(bare, "unique", [a, b], postgres, mint)?.changes);
    const key = keyed.constraints[0] as KeyConstraint;
    expect(columnsOf(after(keyed, setKeyColumns(keyed, key, [c.id, a.id, c.id])))).toEqual(["unique:t_a_b_key:c,a"]);
    expect(columnsOf(after(keyed, setKeyColumns(keyed, key, [])))).toEqual([]);
  });

  it("of SQLite keeps what it says of each column, and is not inline any more with two", () => {
    const options = { inline: "true", order: "desc", on_conflict: "replace" };
    const key = makeKey({ id: "k" as KeyConstraint["id"], kind: "primary", name: "t_pkey", columns: [a.id], options });
    const keyed = { ...bare, constraints: [key] };
    const two = after(keyed, togglePrimary(keyed, b, sqlite, mint)).constraints[0] as KeyConstraint;
    expect([two.columns, two.options]).toEqual([[a.id, b.id], { order: "desc,", on_conflict: "replace" }]);
    const turned = after({ ...bare, constraints: [two] }, setKeyColumns(bare, two, [b.id])).constraints[0] as KeyConstraint;
    expect(turned.options).toEqual({ on_conflict: "replace" });
  });

  it("an exclusion is kept as it is written", () => {
    const [made] = after(bare, addExclusion(bare, "USING gist (a WITH =)", mint)).constraints;
    expect(made).toMatchObject({ kind: "exclude", name: "t_excl", definition: "USING gist (a WITH =)" });
  });
});

describe("a collation", () => {
  it.each([
    ["C", postgres, 'pg_catalog."C"'],
    ['"C"', postgres, 'pg_catalog."C"'],
    ["ucs_basic", postgres, "pg_catalog.ucs_basic"],
    [" app.own ", postgres, "app.own"],
    ["NOCASE", sqlite, "NOCASE"],
    ["", postgres, null],
  ] as const)("%s", (text, dialect, expected) => {
    expect(collationNamed(text, dialect)).toBe(expected);
  });
});
