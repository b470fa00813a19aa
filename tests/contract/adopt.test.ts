/** A file read again into a design: what is the same keeps its ids, and so its place, its colour and its history. */
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { diff } from "#shared/diff/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import {
  adopt,
  type Change,
  type Column,
  makeColumn,
  type Namespace,
  type Position,
  type Schema,
  type Table,
  type TableId,
  type UserType,
  type Verbatim,
  type View,
} from "#shared/model/index.ts";
import { generate } from "../support/generator.ts";
import { settled } from "../support/random-changes.ts";

function counter(prefix: string): () => string {
  let next = 0;
  return () => `${prefix}${String((next += 1))}`;
}

const base = generate({ tables: 8, columns: 6, seed: 3 });
const namespaceId = base.namespaces[0]?.id as Namespace["id"];
const object = { namespaceId, comment: null, dependsOn: [] };
const second: Namespace = { id: "n2" as Namespace["id"], name: "other", comment: null };
const mood: UserType = { ...object, id: "e" as UserType["id"], name: "mood", kind: "enum", values: ["sad", "ok"] };
const shown: View = {
  ...object,
  id: "v" as View["id"],
  name: "shown",
  materialized: false,
  definition: "select 1",
  columns: [],
  indexes: [],
  options: {},
};
const stamp: Verbatim = {
  ...object,
  id: "x" as Verbatim["id"],
  kind: "trigger",
  ownerId: "t2" as TableId,
  name: "stamp",
  definition: "create trigger …;",
};
/** Two columns of the second table are of one shape, side by side. */
const tables = base.tables.map((table, at) =>
  at === 1
    ? {
        ...table,
        columns: table.columns.map((item, place) =>
          place === 3 || place === 4 ? { ...item, type: "text", notNull: false } : item,
        ),
      }
    : table,
);
const old: Schema = {
  ...base,
  tables,
  namespaces: [...base.namespaces, second],
  types: [mood],
  views: [shown],
  verbatim: [stamp],
};

/** The design as another reading gives it: equal, with ids of its own. */
const again = (): Schema => adopt(old, null, counter("fresh"));

const inTable =
  (at: number, change: (table: Table) => Table) =>
  (schema: Schema): Schema => ({
    ...schema,
    tables: schema.tables.map((table, place) => (place === at ? change(table) : table)),
  });
const inColumns = (at: number, change: (columns: readonly Column[]) => readonly Column[]) =>
  inTable(at, (table) => ({ ...table, columns: change(table.columns) }));
const column = (at: number, place: number, patch: Partial<Column>) =>
  inColumns(at, (columns) => columns.map((item, here) => (here === place ? { ...item, ...patch } : item)));
const fresh = (name: string, type: string): Column => makeColumn({ id: `made-${name}` as Column["id"], name, type });
const all =
  (...edits: readonly ((schema: Schema) => Schema)[]) =>
  (schema: Schema): Schema =>
    edits.reduce((made, edit) => edit(made), schema);

const told = (change: Change): string => `${change.kind} ${change.entity}`;

describe("adopt", () => {
  it.each<[string, (schema: Schema) => Schema, readonly string[]]>([
    ["nothing", (schema) => schema, []],
    ["a renamed column", column(1, 4, { name: "renamed" }), ["alter column"]],
    ["a renamed key column, which relations, keys and indexes use", column(0, 0, { name: "renamed" }), ["alter column"]],
    [
      "a renamed column that became NOT NULL too",
      column(1, 4, { name: "renamed", notNull: true, default: "now()" }),
      ["alter column"],
    ],
    [
      "two neighbours renamed, of different types",
      all(column(1, 3, { name: "one", type: "date" }), column(1, 4, { name: "two", type: "uuid" })),
      ["create column", "create column", "drop column", "drop column"],
    ],
    [
      "a column renamed and retyped: nothing to go by",
      column(1, 4, { name: "renamed", type: "xml" }),
      ["create column", "drop column"],
    ],
    ["a renamed table", inTable(2, (table) => ({ ...table, name: "renamed" })), ["alter table"]],
    [
      "a renamed table with a renamed column",
      all(
        inTable(2, (table) => ({ ...table, name: "renamed" })),
        column(2, 5, { name: "renamed" }),
      ),
      ["alter column", "alter table"],
    ],
    [
      "a table moved to another namespace, with half of its columns renamed",
      all(
        (schema) => inTable(2, (table) => ({ ...table, namespaceId: schema.namespaces[1]?.id ?? table.namespaceId }))(schema),
        column(2, 5, { name: "one" }),
        column(2, 3, { name: "two" }),
      ),
      ["alter column", "alter column", "alter table"],
    ],
    [
      "a renamed namespace",
      (schema) => ({
        ...schema,
        namespaces: schema.namespaces.map((item) => (item.name === "public" ? { ...item, name: "app" } : item)),
      }),
      ["alter namespace"],
    ],
    [
      "a key, an index and a relation by other names",
      (schema) => ({
        ...inTable(1, (table) => ({
          ...table,
          constraints: table.constraints.map((item) => ({ ...item, name: `${item.name}_x` })),
          indexes: table.indexes.map((item) => ({ ...item, name: `${item.name}_x` })),
        }))(schema),
        foreignKeys: schema.foreignKeys.map((key, at) => (at === 0 ? { ...key, name: "renamed" } : key)),
      }),
      ["alter constraint", "alter foreignKey", "alter index"],
    ],
    [
      "a type, a view and a trigger by other names",
      (schema) => ({
        ...schema,
        types: schema.types.map((item) => ({ ...item, name: "feeling" })),
        views: schema.views.map((item) => ({ ...item, name: "seen" })),
        verbatim: schema.verbatim.map((item) => ({ ...item, name: "mark" })),
      }),
      ["alter type", "alter verbatim", "alter view"],
    ],
    [
      "a column less and one more at the end",
      inColumns(1, (columns) => [...columns.slice(0, -1), fresh("added", "xml")]),
      ["alter index", "create column", "drop column"],
    ],
    [
      "one of two alike that are next to each other: nothing is guessed",
      (schema) =>
        inColumns(1, (columns) =>
          columns.filter((_item, at) => at !== 4).map((item, at) => (at === 3 ? { ...item, name: "which" } : item)),
        )(schema),
      ["create column", "drop column", "drop column"],
    ],
    ["columns in another order", inColumns(1, (columns) => [...columns].reverse()), ["reorder column"]],
    [
      "a table less",
      (schema) => ({ ...schema, tables: schema.tables.slice(0, -1), foreignKeys: [] }),
      ["drop table", ...old.foreignKeys.map(() => "drop foreignKey")],
    ],
  ])("%s", (_case, edit, changes) => {
    const edited = edit(again());
    const adopted = adopt(edited, old, counter("new"));
    const found = diff(old, adopted);
    expect(found.map(told).sort()).toEqual([...changes].sort());
    expect(settled(adopt(adopted, null, counter("z")))).toEqual(settled(adopt(edited, null, counter("z"))));
  });

  it("brings a design up to date in one step, places kept", () => {
    const design = new DesignDoc(new Y.Doc());
    design.start("Test", old, new Map<TableId, Position>(old.tables.map(({ id }, at) => [id, [at, at]])));
    const before = design.snapshot;
    const edited = all(
      inTable(2, (table) => ({ ...table, name: "renamed" })),
      column(1, 4, { name: "renamed" }),
      inColumns(3, (columns) => [...columns, fresh("added", "text")]),
    )(again());
    const label = "Update from dump.sql";
    design.together(label, () => {
      design.apply(diff(before.schema, adopt(edited, before.schema, counter("new"))), label);
      design.place(new Map([["t7" as TableId, [9, 9]]]), label);
    });
    const { schema, diagram, problems } = design.snapshot;
    expect(problems).toEqual([]);
    expect(schema.tables.map(({ id }) => id).sort()).toEqual(before.schema.tables.map(({ id }) => id).sort());
    expect(schema.tables.find(({ id }) => id === "t2")?.name).toBe("renamed");
    expect(diagram.positions.get("t2" as TableId)).toEqual([2, 2]);
    expect(design.undoLabel).toBe(label);
    design.undo();
    expect(design.undoLabel).toBeNull();
    expect(design.snapshot).toEqual(before);
  });
});
