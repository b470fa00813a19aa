import { describe, expect, it } from "vitest";
import { diff, differences } from "#shared/diff/index.ts";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { apply, makeColumn, type Schema, type Table } from "#shared/model/index.ts";
import { Prover } from "#shared/proof/index.ts";
import { sentence } from "#shared/result/index.ts";
import { openSqlite } from "../support/sqljs.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

/** A design as an import gives it. What SQLite would refuse is changed into it afterwards. */
async function design(sql: string): Promise<Schema> {
  const { value } = await sqlite.importer.run(sql, await openSqlite(), quiet);
  if (!value) throw new Error("the design is empty");
  return value;
}

const tableOf = (schema: Schema, name = "t"): Table => {
  const found = schema.tables.find((table) => table.name === name);
  if (!found) throw new Error(`no table ${name}`);
  return found;
};

/** The design with one column of `t` changed. */
function withColumn(schema: Schema, name: string, change: Partial<Table["columns"][number]>): Schema {
  const table = tableOf(schema);
  const columns = table.columns.map((column) => (column.name === name ? { ...column, ...change } : column));
  return { ...schema, tables: schema.tables.map((one) => (one === table ? { ...one, columns } : one)) };
}

function withTable(schema: Schema, change: Partial<Table>): Schema {
  const table = tableOf(schema);
  return { ...schema, tables: schema.tables.map((one) => (one === table ? { ...one, ...change } : one)) };
}

describe("what SQLite refuses stands on what it is about, with a fix where one is certain", () => {
  const ONE =
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b TEXT, CHECK (a <> b)); CREATE INDEX i ON t (lower(b));";
  const cases: readonly (readonly [
    name: string,
    sql: string,
    edit: (s: Schema) => Schema,
    about: string,
    says: string,
    fix: string | null,
  ])[] = [
    ["two columns of a name", ONE, (s) => withColumn(s, "b", { name: "a" }), "column b", "duplicate column name: a", null],
    [
      "a counter that is no integer",
      ONE,
      (s) => withColumn(s, "id", { type: "TEXT" }),
      "column id",
      "AUTOINCREMENT",
      "Change to INTEGER",
    ],
    [
      "a check of a missing column",
      ONE,
      (s) => withColumn(s, "a", { name: "z" }),
      "constraint t_check",
      "no such column: a",
      null,
    ],
    ["a default that is no constant", ONE, (s) => withColumn(s, "a", { default: "b + 1" }), "column a", "is not constant", null],
    [
      "an unknown type where types are strict",
      ONE,
      (s) => withColumn(withTable(s, { options: { strict: "true" } }), "a", { type: "VARCHAR(10)" }),
      "column a",
      "unknown datatype for t.a",
      "Change to TEXT",
    ],
    [
      "a collation that is not there",
      ONE,
      (s) => withColumn(s, "b", { collation: "klingon" }),
      "column b",
      "no such collation sequence",
      null,
    ],
    [
      "a target without a key",
      "CREATE TABLE p (x INTEGER PRIMARY KEY, y TEXT); CREATE TABLE t (r INTEGER REFERENCES p (x));",
      (s) => ({
        ...s,
        foreignKeys: s.foreignKeys.map((key) => ({
          ...key,
          refColumns: tableOf(s, "p")
            .columns.slice(1)
            .map(({ id }) => id),
        })),
      }),
      "foreignKey t_r_fkey",
      "foreign key mismatch",
      "Make p.y unique",
    ],
    [
      "a view over nothing",
      "CREATE TABLE t (a TEXT); CREATE VIEW v AS SELECT a FROM t;",
      (s) => withColumn(s, "a", { name: "b" }),
      "view v",
      "no such column: a",
      null,
    ],
  ];

  it.each(cases)("%s", async (_name, sql, edit, about, says, fix) => {
    const schema = edit(await design(sql));
    const prover = new Prover(sqlite, await openSqlite());
    const refused = await prover.prove(schema);
    const [first] = refused;
    const named = [
      ...schema.views,
      ...schema.foreignKeys,
      ...schema.tables,
      ...schema.tables.flatMap((t) => [...t.columns, ...t.constraints]),
    ];
    // Ids of columns are made from the names they had when they were read.
    const name =
      first?.problem.about?.entity === "column"
        ? first.problem.about.id.split(".").at(-1)
        : named.find(({ id }) => id === first?.problem.about?.id)?.name;
    expect(`${first?.problem.about?.entity ?? "nothing"} ${name ?? ""}`).toBe(about);
    expect(first && sentence(first.problem)).toContain(says);
    expect(first?.fix?.label ?? null).toBe(fix);
    if (first?.fix) expect(await prover.prove(apply(schema, first.fix.changes))).toEqual([]);
  });
});

describe("a change in place leaves the engine with the design", () => {
  const TWO = `CREATE TABLE p (id INTEGER PRIMARY KEY, free TEXT, code TEXT UNIQUE);
    CREATE TABLE t (id INTEGER CONSTRAINT k PRIMARY KEY, p INTEGER CONSTRAINT f REFERENCES p (id), a TEXT, b TEXT);
    CREATE INDEX i ON t (a DESC) WHERE a > '';
    CREATE VIEW v AS SELECT 1 AS one;
    CREATE TRIGGER g AFTER INSERT ON p BEGIN SELECT 1; END;`;
  const cases: readonly (readonly [name: string, edit: (s: Schema) => Schema, inPlace: boolean])[] = [
    ["a table renamed", (s) => withTable(s, { name: "t 2" }), true],
    ["a column renamed", (s) => withColumn(s, "b", { name: "order" }), true],
    ["a column retyped", (s) => withColumn(s, "b", { type: "BLOB" }), true],
    [
      "a column more",
      (s) =>
        withTable(s, {
          columns: [
            ...tableOf(s).columns,
            makeColumn({ id: "new" as Table["columns"][number]["id"], name: "c", type: "TEXT", notNull: true, default: "'x'" }),
          ],
        }),
      true,
    ],
    [
      "a column more in front",
      (s) =>
        withTable(s, {
          columns: [makeColumn({ id: "new" as Table["columns"][number]["id"], name: "c", type: "TEXT" }), ...tableOf(s).columns],
        }),
      true,
    ],
    [
      "a column that must not be null",
      (s) =>
        withTable(s, {
          columns: [
            ...tableOf(s).columns,
            makeColumn({ id: "new" as Table["columns"][number]["id"], name: "c", type: "TEXT", notNull: true }),
          ],
        }),
      true,
    ],
    ["a column less", (s) => withTable(s, { columns: tableOf(s).columns.filter(({ name }) => name !== "b") }), true],
    ["another order of columns", (s) => withTable(s, { columns: [...tableOf(s).columns].reverse() }), true],
    ["an index less", (s) => withTable(s, { indexes: [] }), true],
    [
      "an index changed",
      (s) => withTable(s, { indexes: tableOf(s).indexes.map((index) => ({ ...index, unique: true, where: null })) }),
      true,
    ],
    ["a foreign key less", (s) => ({ ...s, foreignKeys: [] }), true],
    ["a column that another table refers to renamed", (s) => inTable(s, "p", "id", { name: "key" }), true],
    ["a key's column retyped, its table with a trigger", (s) => inTable(s, "p", "code", { type: "BLOB" }), true],
    [
      "several parts of a table at once",
      (s) => ({
        ...withTable(s, {
          columns: tableOf(s).columns.map((column) =>
            column.name === "b" ? { ...column, name: "c", type: "REAL" } : { ...column, notNull: true },
          ),
          constraints: [],
          indexes: tableOf(s).indexes.map((index) => ({ ...index, unique: true })),
        }),
        foreignKeys: s.foreignKeys.map((key) => ({ ...key, onDelete: "cascade" as const })),
      }),
      true,
    ],
    ["a table renamed and altered", (s) => withTable(withColumn(s, "b", { type: "BLOB" }), { name: "t2" }), false],
    ["a view changed", (s) => ({ ...s, views: s.views.map((view) => ({ ...view, definition: "SELECT 2 AS one" })) }), true],
    ["a trigger less", (s) => ({ ...s, verbatim: [] }), true],
    ["a table less", (s) => ({ ...s, tables: s.tables.filter(({ name }) => name !== "t"), foreignKeys: [] }), true],
  ];

  function inTable(s: Schema, name: string, column: string, patch: Partial<Table["columns"][number]>): Schema {
    const tables = s.tables.map((table) =>
      table.name === name
        ? { ...table, columns: table.columns.map((each) => (each.name === column ? { ...each, ...patch } : each)) }
        : table,
    );
    return { ...s, tables };
  }

  it.each(cases)("%s", async (_name, edit, inPlace) => {
    const before = await design(TWO);
    const after = edit(before);
    const engine = await openSqlite();
    const prover = new Prover(sqlite, engine);
    expect(await prover.prove(before)).toEqual([]);
    expect(await prover.prove(after)).toEqual([]);
    const held = (await sqlite.catalog.introspect(engine.query, { namespaces: [] })).value;
    expect(differences(after, held).map(sentence)).toEqual([]);
    const ddl = await sqlite.ddl();
    const changes = ddl.order(diff(before, after), { before, after });
    expect(changes.every((change) => ddl.change(change, { before, after }) !== null)).toBe(inPlace);
  });
});

it("a virtual table of a module that is not here does not stand against the design", async () => {
  const schema = await design("CREATE TABLE t (a TEXT); CREATE VIRTUAL TABLE s USING fts5(a, content='t');");
  expect(schema.verbatim.map(({ kind, name }) => [kind, name])).toEqual([["virtual table", "s"]]);
  expect(await new Prover(sqlite, await openSqlite()).prove(schema)).toEqual([]);
});
