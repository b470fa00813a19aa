import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mariadb } from "#shared/dialects/mariadb/index.ts";
import { diff, differences } from "#shared/diff/index.ts";
import {
  type Column,
  type ColumnId,
  type ConstraintId,
  type ForeignKeyId,
  type IndexId,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Table,
  type TableId,
} from "#shared/model/index.ts";
import { type MariadbServer, type MariadbSession, startMariadb } from "../support/mariadb.ts";

const SHOP = join(import.meta.dirname, "mysql-changes.sql");
let server: MariadbServer | null = null;
let session: MariadbSession | null = null;

beforeAll(async () => {
  server = await startMariadb();
  session = (await server?.connect()) ?? null;
});
afterAll(async () => {
  await session?.close();
  await server?.stop();
});

async function read(): Promise<Schema> {
  if (!session) throw new Error("no session");
  const { value } = await mariadb.catalog.introspect(session.run, { namespaces: ["shop"] });
  return value;
}

/** The schema with one of its tables changed. */
function table(schema: Schema, name: string, change: (table: Table) => Partial<Table>): Schema {
  return { ...schema, tables: schema.tables.map((item) => (item.name === name ? { ...item, ...change(item) } : item)) };
}

/** The schema with one column changed. */
function column(schema: Schema, of: string, name: string, patch: Partial<Column>): Schema {
  return table(schema, of, ({ columns }) => ({
    columns: columns.map((item) => (item.name === name ? { ...item, ...patch } : item)),
  }));
}

const find = (schema: Schema, name: string): Table => schema.tables.find((item) => item.name === name)!;
const id = (schema: Schema, of: string, name: string): ColumnId => find(schema, of).columns.find((c) => c.name === name)!.id;
const part = (columnId: ColumnId, opclass: string | null = null, descending = false) =>
  ({ columnId, expression: null, descending, nulls: null, opclass, collation: null }) as const;

const EDITS: readonly (readonly [name: string, edit: (schema: Schema) => Schema])[] = [
  ["a table gets another name", (s) => table(s, "item", () => ({ name: "article" }))],
  [
    "a table gets a comment and a format",
    (s) => table(s, "item", () => ({ comment: "what's sold", options: { ...find(s, "item").options, row_format: "DYNAMIC" } })),
  ],
  [
    "a table gets another collation, its columns too",
    (s) => table(s, "item", () => ({ options: { collate: "utf8mb4_unicode_ci" } })),
  ],
  [
    "a table becomes versioned",
    (s) => table(s, "note", ({ options }) => ({ options: { ...options, system_versioning: "true" } })),
  ],
  ["a table is partitioned", (s) => table(s, "note", () => ({ partitionBy: "HASH (`id`) PARTITIONS 4" }))],
  [
    "a column in the middle",
    (s) =>
      table(s, "item", ({ columns }) => ({
        columns: [
          ...columns.slice(0, 1),
          makeColumn({
            id: "new" as ColumnId,
            name: "colour",
            type: "varchar(20)",
            notNull: true,
            default: "'red'",
            comment: "it's",
          }),
          ...columns.slice(1),
        ],
      })),
  ],
  [
    "a column comes first",
    (s) =>
      table(s, "item", ({ columns }) => ({
        columns: [makeColumn({ id: "new" as ColumnId, name: "a first", type: "int(11)" }), ...columns],
      })),
  ],
  [
    "a counting column comes with its key",
    (s) =>
      table(s, "bare", ({ columns }) => ({
        columns: [
          ...columns,
          makeColumn({
            id: "n" as ColumnId,
            name: "n",
            type: "int(11)",
            notNull: true,
            identity: { always: false, sequence: "" },
          }),
        ],
        constraints: [makeKey({ id: "p" as ConstraintId, name: "PRIMARY", kind: "primary", columns: ["n" as ColumnId] })],
      })),
  ],
  ["a column begins to count", (s) => column(s, "note", "id", { identity: { always: false, sequence: "" } })],
  ["a column ceases to count", (s) => column(s, "item", "id", { identity: null })],
  ["a column gets another name, in its keys too", (s) => column(s, "item", "name", { name: "title" })],
  ["a key column gets another name", (s) => column(s, "item", "id", { name: "item_id" })],
  [
    "a column gets another type and name",
    (s) => column(s, "item", "name", { name: "title", type: "varchar(300)", notNull: false }),
  ],
  [
    "columns of a foreign key get another type",
    (s) => column(column(s, "item", "id", { type: "bigint(20)" }), "line", "item_id", { type: "bigint(20)" }),
  ],
  ["a default comes and goes", (s) => column(column(s, "item", "price", { default: null }), "line", "amount", { default: "1" })],
  [
    "a column is computed",
    (s) =>
      table(s, "line", ({ columns }) => ({
        columns: [
          ...columns,
          makeColumn({
            id: "g" as ColumnId,
            name: "twice",
            type: "int(11)",
            generated: { expression: "`amount` * 2", stored: true },
          }),
        ],
      })),
  ],
  [
    "a column is JSON",
    (s) =>
      table(s, "bare", ({ columns }) => ({
        columns: [...columns, makeColumn({ id: "j" as ColumnId, name: "data", type: "json" })],
      })),
  ],
  [
    "a column is dropped with its check and indexes",
    (s) =>
      table(s, "item", ({ columns, constraints }) => ({
        columns: columns.filter((c) => c.name !== "price"),
        constraints: constraints.filter(({ kind }) => kind !== "check"),
        indexes: [],
      })),
  ],
  [
    "a column is dropped that an index shares",
    (s) =>
      table(s, "item", ({ columns, constraints, indexes }) => ({
        columns: columns.filter((c) => c.name !== "price"),
        constraints: constraints.filter(({ kind }) => kind !== "check"),
        indexes: indexes
          .filter((i) => i.name !== "by_price")
          .map((i) => (i.name === "by_name_price" ? { ...i, parts: i.parts.slice(0, 1) } : i)),
      })),
  ],
  ["columns change places", (s) => table(s, "item", ({ columns }) => ({ columns: [...columns].reverse() }))],
  [
    "a primary key gets another column",
    (s) =>
      table(s, "line", ({ constraints }) => ({
        constraints: constraints.map((c) =>
          c.kind === "primary" ? { ...c, columns: [id(s, "line", "id"), id(s, "line", "amount")] } : c,
        ),
      })),
  ],
  [
    "a primary key goes, with its counter",
    (s) => ({
      ...table(column(s, "item", "id", { identity: null }), "item", ({ constraints, indexes }) => ({
        constraints: constraints.filter(({ kind }) => kind !== "primary"),
        indexes: [...indexes, makeIndex({ id: "x" as IndexId, name: "by_id", parts: [part(id(s, "item", "id"))] })],
      })),
    }),
  ],
  [
    "a unique key comes",
    (s) =>
      table(s, "item", ({ constraints }) => ({
        constraints: [
          ...constraints,
          makeKey({ id: "u" as ConstraintId, name: "name_once", kind: "unique", columns: [id(s, "item", "name")] }),
        ],
      })),
  ],
  [
    "a check comes and one changes",
    (s) =>
      table(s, "item", ({ constraints }) => ({
        constraints: [
          ...constraints.map((c) => (c.kind === "check" ? { ...c, expression: "`price` > 1" } : c)),
          makeCheck({ id: "c" as ConstraintId, name: "named", expression: "`name` <> ''" }),
        ],
      })),
  ],
  [
    "a column's own check comes",
    (s) =>
      table(s, "line", ({ constraints }) => ({
        constraints: [...constraints, makeCheck({ id: "c" as ConstraintId, name: "amount", expression: "`amount` > 0" })],
      })),
  ],
  [
    "a column's own check goes",
    (s) => table(s, "note", ({ constraints }) => ({ constraints: constraints.filter(({ kind }) => kind !== "check") })),
  ],
  [
    "an index with a prefix and a direction",
    (s) =>
      table(s, "item", ({ indexes }) => ({
        indexes: [
          ...indexes,
          makeIndex({
            id: "i" as IndexId,
            name: "start",
            parts: [part(id(s, "item", "name"), "(5)"), part(id(s, "item", "price"), null, true)],
          }),
        ],
      })),
  ],
  [
    "an index gets another name, another one more columns",
    (s) =>
      table(s, "item", ({ indexes }) => ({
        indexes: indexes.map((i) =>
          i.name === "by_price" ? { ...i, name: "costs" } : { ...i, parts: [...i.parts, part(id(s, "item", "id"))] },
        ),
      })),
  ],
  [
    "the index of a foreign key gives way to another",
    (s) =>
      table(s, "line", ({ indexes }) => ({
        indexes: [
          ...indexes.filter((i) => i.name !== "line_item"),
          makeIndex({
            id: "i" as IndexId,
            name: "wider",
            parts: [part(id(s, "line", "item_id")), part(id(s, "line", "amount"))],
          }),
        ],
      })),
  ],
  [
    "a foreign key comes",
    (s) => ({
      ...table(s, "note", ({ columns, indexes }) => ({
        columns: [...columns, makeColumn({ id: "f" as ColumnId, name: "item_id", type: "int(11)" })],
        indexes: [...indexes, makeIndex({ id: "i" as IndexId, name: "note_item", parts: [part("f" as ColumnId)] })],
      })),
      foreignKeys: [
        ...s.foreignKeys,
        makeForeignKey({
          id: "k" as ForeignKeyId,
          tableId: find(s, "note").id,
          name: "note_item",
          columns: ["f" as ColumnId],
          refTableId: find(s, "item").id,
          refColumns: [id(s, "item", "id")],
          onDelete: "cascade",
          onUpdate: "restrict",
        }),
      ],
    }),
  ],
  [
    "a foreign key does something else",
    (s) => ({ ...s, foreignKeys: s.foreignKeys.map((key) => ({ ...key, onDelete: "cascade" as const })) }),
  ],
  ["a foreign key goes", (s) => ({ ...s, foreignKeys: [] })],
  [
    "a table goes with its foreign key",
    (s) => ({ ...s, tables: s.tables.filter(({ name }) => name !== "line"), foreignKeys: [] }),
  ],
  [
    "a table comes",
    (s) => ({
      ...s,
      tables: [
        ...s.tables,
        makeTable({
          id: "t" as TableId,
          namespaceId: s.namespaces[0]!.id,
          name: "new",
          options: { collate: "utf8mb4_general_ci" },
          columns: [
            makeColumn({
              id: "c" as ColumnId,
              name: "a",
              type: "datetime",
              notNull: true,
              default: "current_timestamp()",
              options: { on_update: "current_timestamp()" },
            }),
          ],
        }),
      ],
    }),
  ],
  [
    "a view is another query, another goes",
    (s) => ({
      ...s,
      views: s.views
        .filter(({ name }) => name !== "gone")
        .map((view) => ({ ...view, definition: "select `note`.`id` AS `id` from `note`", columns: view.columns.slice(0, 1) })),
    }),
  ],
  [
    "a trigger and a routine change",
    (s) => ({ ...s, verbatim: s.verbatim.map((object) => ({ ...object, definition: object.definition.replace("+ 1", "+ 2") })) }),
  ],
  ["a trigger goes", (s) => ({ ...s, verbatim: s.verbatim.filter(({ kind }) => kind !== "trigger") })],
];

describe("a change of a design, as ALTER statements on a real MariaDB", () => {
  it.for(EDITS)("%s", async ([, edit], { skip }) => {
    if (!server || !session) return skip("no MariaDB could be started here");
    const script = await readFile(SHOP, "utf8");
    expect(await server.script("", `DROP DATABASE IF EXISTS shop; CREATE DATABASE shop; USE shop;\n${script}`)).toBe("");
    const before = await read();
    const after = edit(before);
    const context = { before, after };
    const changes = (await mariadb.ddl()).order(diff(before, after), context);
    expect(changes.length).toBeGreaterThan(0);
    await session.run("USE shop");
    for (const change of changes) {
      const statements = (await mariadb.ddl()).change(change, context);
      if (!statements) throw new Error(`not in place: ${change.kind} ${change.entity}`);
      for (const { sql } of statements) await session.run(sql);
    }
    expect(differences(after, await read())).toEqual([]);
  });
});
