import { describe, expect, it } from "vitest";
import { mysql } from "../dialects/mysql/index.ts";
import { postgres } from "../dialects/postgres/index.ts";
import { sqlite } from "../dialects/sqlite/index.ts";
import {
  apply,
  type Column,
  emptySchema,
  invariants,
  makeColumn,
  makeForeignKey,
  makeTable,
  type Schema,
  type Table,
} from "../model/index.ts";
import { generate, giveIdentity } from "./columns.ts";
import { misfits, retype } from "./retype.ts";
import { createSequence, createType, typeKinds } from "./types.ts";
import { createView, followed, setQuery } from "./views.ts";

let next = 0;
const mint = (): string => `m${String((next += 1))}`;
const n = "n" as Table["namespaceId"];
const column = (id: string, name: string, type: string): Column => makeColumn({ id: id as Column["id"], name, type });
const film = makeTable({
  id: "film" as Table["id"],
  namespaceId: n,
  name: "film",
  columns: [column("f1", "id", "bigint"), column("f2", "Title", "text")],
});
const copy = makeTable({
  id: "copy" as Table["id"],
  namespaceId: n,
  name: "copy",
  columns: [column("c1", "film_id", "integer"), column("c2", "no", "integer")],
});
const loan = makeTable({
  id: "loan" as Table["id"],
  namespaceId: n,
  name: "loan",
  columns: [column("l1", "film_id", "integer")],
});
const key = (id: string, from: Table, column: string, to: Table, target: string) =>
  makeForeignKey({
    id: id as never,
    tableId: from.id,
    name: id,
    columns: [column as never],
    refTableId: to.id,
    refColumns: [target as never],
  });
const schema: Schema = {
  ...emptySchema("postgres"),
  namespaces: [{ id: n, name: "public", comment: null }],
  tables: [film, copy, loan],
  foreignKeys: [key("k1", copy, "c1", film, "f1"), key("k2", loan, "l1", copy, "c1")],
};

describe("types", () => {
  it.each([
    ["PostgreSQL", postgres, ["enum", "domain", "composite", "range"]],
    ["SQLite", sqlite, []],
    ["MySQL", mysql, []],
  ] as const)("%s has its kinds", (_name, dialect, kinds) => {
    expect(typeKinds(dialect)).toEqual(kinds);
    if (kinds.length === 0) expect(createType(schema, "enum", dialect, mint)).toBeNull();
  });

  it("new ones have names that neither a type nor a table has", () => {
    let design: Schema = { ...schema, tables: [...schema.tables, { ...film, id: "s" as Table["id"], name: "status" }] };
    for (const kind of ["enum", "enum", "domain", "composite", "range"] as const)
      design = apply(design, createType(design, kind, postgres, mint)?.changes ?? []);
    design = apply(design, createSequence(design, postgres, mint)?.changes ?? []);
    expect(invariants(design)).toEqual([]);
    expect([...design.types, ...design.sequences].map(({ name }) => name)).toEqual([
      "status_2",
      "status_3",
      "domain_1",
      "composite_1",
      "range_1",
      "sequence_1",
    ]);
  });

  it("referring columns get a key's type with it, through as many relations as there are", () => {
    const places = misfits(schema, film, film.columns[0] as Column);
    expect(places.map(({ table }) => table.name)).toEqual(["copy", "loan"]);
    const after = apply(schema, retype([{ table: film, column: film.columns[0] as Column }, ...places], "bigint"));
    expect(after.tables.map(({ columns }) => columns[0]?.type)).toEqual(["bigint", "bigint", "bigint"]);
    expect(misfits(after, after.tables[0] as Table, after.tables[0]?.columns[0] as Column)).toEqual([]);
  });

  it("tables that refer to each other in a circle are followed once", () => {
    const circle = { ...schema, foreignKeys: [...schema.foreignKeys, key("k3", film, "f1", loan, "l1")] };
    expect(misfits(circle, film, film.columns[0] as Column).map(({ table }) => table.name)).toEqual(["copy", "loan"]);
  });
});

describe("where values come from", () => {
  const of = (changes: ReturnType<typeof generate>): unknown =>
    changes.flatMap((change) => (change.kind === "alter" ? [change.after] : []))[0];
  const given = { ...(copy.columns[1] as Column), default: "7" };

  it("is one thing at a time", () => {
    expect(of(generate(copy, given, true))).toMatchObject({
      generated: { expression: "7", stored: true },
      default: null,
      identity: null,
    });
    const identity = { ...given, default: null, identity: { always: true, sequence: "START WITH 9" } };
    expect(of(giveIdentity(copy, identity, false))).toMatchObject({ identity: { always: false, sequence: "START WITH 9" } });
    expect(of(giveIdentity(copy, identity, null))).toMatchObject({ identity: null });
    const made = { ...given, default: null, generated: { expression: "1 + 1", stored: true } };
    expect(of(generate(copy, made, false))).toMatchObject({ generated: { expression: "1 + 1", stored: false } });
    expect(of(generate(copy, made, null))).toMatchObject({ generated: null });
  });
});

describe("a view's columns follow from its query", () => {
  it.each<[string, readonly string[]]>([
    [' SELECT id, "Title", 1 AS one, count(*) FROM film', ["id bigint", "Title text", "one ", "count "]],
    ["SELECT f.id AS x, c.film_id y FROM film f, public.copy c", ["x bigint", "y "]],
    ["SELECT * FROM film JOIN copy c ON true", ["id bigint", "Title text", "film_id integer", "no integer"]],
    ["SELECT c.*, now() at FROM film, copy c", ["film_id integer", "no integer", "at "]],
    ["WITH w AS (SELECT id AS w_id FROM film) SELECT * FROM w", ["w_id bigint"]],
    ["SELECT id FROM film UNION SELECT no FROM copy", ["id bigint"]],
    ["nonsense (", []],
  ])("%s", (query, expected) => {
    expect(followed(schema, query, [], postgres).columns.map(({ name, type }) => `${name} ${type}`)).toEqual(expected);
  });

  it("keeps what was said of a column that is still there", () => {
    const made = createView(schema, film, { materialized: false }, postgres, mint);
    const view = apply(schema, made?.changes ?? []).views[0];
    if (!view) throw new Error("no view");
    expect([view.name, view.definition, view.dependsOn]).toEqual([
      "film_view",
      ' SELECT id,\n    "Title"\n   FROM public.film',
      ["film"],
    ]);
    const said = { ...view, columns: view.columns.map((one) => ({ ...one, comment: one.name })) };
    const [change] = setQuery(schema, said, "SELECT id, 2 AS two FROM film", postgres);
    expect(change?.kind === "alter" && "columns" in change.after && change.after.columns).toEqual([
      { name: "id", type: "bigint", comment: "id", default: null },
      { name: "two", type: "", comment: null, default: null },
    ]);
  });

  it("is not made where a dialect has none of its kind", () => {
    expect(createView(schema, film, { materialized: true }, sqlite, mint)).toBeNull();
  });
});
