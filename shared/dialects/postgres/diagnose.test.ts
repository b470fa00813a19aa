/** Refusals of a real engine: what each is about, and that its fix mends it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  apply,
  type Column,
  emptySchema,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Table,
  type View,
} from "../../model/index.ts";
import { Prover } from "../../proof/index.ts";
import type { Engine } from "../dialect.ts";
import { openPglite } from "../../../tests/support/pglite.ts";
import { postgres } from "./index.ts";

let engine: Engine;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ engine, close } = await openPglite(["citext", "pg_trgm", "uuid-ossp"]));
});
beforeEach(() => engine.exec("rollback"));
afterAll(() => close());

const namespaceId = "n" as Table["namespaceId"];
const column = (id: string, type: string, more: Partial<Column> = {}): Column =>
  makeColumn({ id: id as Column["id"], name: id, type, ...more });
const key = (id: string, kind: "primary" | "unique", ...columns: string[]) =>
  makeKey({ id: id as Table["constraints"][number]["id"], name: id, kind, columns: columns as Column["id"][] });
const table = (id: string, columns: readonly Column[], more: Partial<Table> = {}): Table =>
  makeTable({ id: id as Table["id"], namespaceId, name: id, columns, ...more });
const refers = (from: string, columns: string[], to: string, refColumns: string[]) =>
  makeForeignKey({
    id: "key" as Schema["foreignKeys"][number]["id"],
    name: "key",
    tableId: from as Table["id"],
    columns: columns as Column["id"][],
    refTableId: to as Table["id"],
    refColumns: refColumns as Column["id"][],
  });
const view = (definition: string): View => ({
  id: "v" as View["id"],
  namespaceId,
  name: "v",
  comment: null,
  materialized: false,
  definition,
  columns: [],
  indexes: [],
  options: {},
  dependsOn: [],
});
const design = (some: Partial<Schema>): Schema => ({
  ...emptySchema("postgres"),
  namespaces: [
    { id: namespaceId, name: "public", comment: null },
    { id: "m" as Table["namespaceId"], name: "app", comment: null },
  ],
  ...some,
});
const one = (type: string, more: Partial<Column> = {}, rest: Partial<Table> = {}): Schema =>
  design({ tables: [table("t", [column("id", "integer"), column("a", type, more)], rest)] });
const mood = {
  id: "e" as Schema["types"][number]["id"],
  kind: "enum" as const,
  namespaceId: "m" as Table["namespaceId"],
  name: "Mood",
  values: ["ok"],
  comment: null,
  dependsOn: [],
};
const trigram = makeIndex({
  id: "i" as Table["indexes"][number]["id"],
  name: "i",
  method: "gin",
  parts: [
    {
      columnId: "a" as Column["id"],
      expression: null,
      descending: false,
      nulls: null,
      opclass: "gin_trgm_ops",
      collation: null,
    },
  ],
});

interface Case {
  readonly schema: Schema;
  readonly code: string;
  /** `entity id` that the refusal must be on. */
  readonly about: string;
  /** Label of the fix; null where none is certain. */
  readonly fix: string | null;
}

const CASES: Readonly<Record<string, Case>> = {
  "a misspelt type": { schema: one("integr"), code: "42704", about: "column a", fix: "Change to int4" },
  "a type of an extension": { schema: one("citext"), code: "42704", about: "column a", fix: "Add the extension citext" },
  "a type of an extension, qualified": {
    schema: one("app.citext"),
    code: "42704",
    about: "column a",
    fix: "Add the extension citext",
  },
  "a type of an extension that the engine lacks": {
    schema: one("public.geometry(Point,4326)"),
    code: "42704",
    about: "column a",
    fix: "Add the extension postgis",
  },
  "a function of an extension": {
    schema: one("uuid", { default: "uuid_generate_v4()" }),
    code: "42883",
    about: "column a",
    fix: "Add the extension uuid-ossp",
  },
  "an operator class of an extension": {
    schema: one("text", {}, { indexes: [trigram] }),
    code: "42704",
    about: "index i",
    fix: "Add the extension pg_trgm",
  },
  "a type of another namespace": {
    schema: { ...one("mood"), types: [mood] },
    code: "42704",
    about: "column a",
    fix: 'Change to app."Mood"',
  },
  "an enum that is not there": {
    schema: one("public.order_status[]"),
    code: "42704",
    about: "column a",
    fix: "Add the enum order_status",
  },
  "an enum that is not there, with a default": {
    schema: one("order_status", { default: "'it''s new'" }),
    code: "42704",
    about: "column a",
    fix: "Add the enum order_status",
  },
  "a namespace that is not there": {
    schema: one("shop.order_status"),
    code: "3F000",
    about: "column a",
    fix: "Add the schema shop",
  },
  "a function that nobody gives": { schema: one("integer", { default: "nofn(1)" }), code: "42883", about: "column a", fix: null },
  "a default of another type": { schema: one("integer", { default: "'x'" }), code: "22P02", about: "column a", fix: null },
  "an identity that is no number": {
    schema: one("text", { identity: { always: true, sequence: "" } }),
    code: "22023",
    about: "column a",
    fix: null,
  },
  "a name used twice": {
    schema: design({ tables: [table("t", [column("a", "integer"), { ...column("b", "text"), name: "a" }])] }),
    code: "42701",
    about: "column b",
    fix: null,
  },
  "a check that makes no sense": {
    schema: one(
      "integer",
      {},
      { constraints: [makeCheck({ id: "c" as Table["constraints"][number]["id"], name: "c", expression: "a > 'x'" })] },
    ),
    code: "22P02",
    about: "constraint c",
    fix: null,
  },
  "a relation of columns that differ in type": {
    schema: design({
      tables: [
        table("p", [column("x", "integer"), column("y", "bigint")], { constraints: [key("pk", "primary", "x", "y")] }),
        table("t", [column("x2", "integer"), column("y2", "text")]),
      ],
      foreignKeys: [refers("t", ["x2", "y2"], "p", ["x", "y"])],
    }),
    code: "42804",
    about: "column y2",
    fix: "Change to int8",
  },
  "a relation to what is not unique": {
    schema: design({
      tables: [table("p", [column("x", "integer"), column("y", "bigint")]), table("t", [column("a", "integer")])],
      foreignKeys: [refers("t", ["a"], "p", ["x"])],
    }),
    code: "42830",
    about: "foreignKey key",
    fix: "Make p.x unique",
  },
  "a view of a column that is not there": {
    schema: { ...one("text"), views: [view("select id, price from public.t")] },
    code: "42703",
    about: "view v",
    fix: "Add the column t.price",
  },
  "a view of two tables, of which none has the column": {
    schema: design({
      tables: [table("p", [column("x", "integer")]), table("t", [column("a", "integer")])],
      views: [view("select price from public.t, public.p")],
    }),
    code: "42703",
    about: "view v",
    fix: null,
  },
};

describe("a refusal", () => {
  it.each(Object.entries(CASES))("of %s", async (_name, { schema, code, about, fix }) => {
    const prover = new Prover(postgres, engine);
    const refused = await prover.prove(schema);
    expect(refused.map(({ problem }) => problem.params["code"])).toEqual([code]);
    const [first] = refused;
    expect(`${String(first?.problem.about?.entity)} ${String(first?.problem.about?.id)}`).toBe(about);
    expect(first?.fix?.label ?? null).toBe(fix);
    if (!first?.fix) return;
    const mended = apply(schema, first.fix.changes);
    const after = await prover.prove(mended);
    expect(after.map(({ problem }) => problem.params["code"])).not.toContain(code);
    // A namespace that was added leads to the next thing that is missing in it.
    const next = after[0]?.fix;
    expect(next ? await prover.prove(apply(mended, next.changes)) : after).toEqual([]);
  });
});

describe("what follows from a refusal", () => {
  const broken = design({
    tables: [
      table("t", [column("a", "nothing_like_it(1)")], {
        indexes: [{ ...trigram, method: "btree", parts: trigram.parts.map((part) => ({ ...part, opclass: null })) }],
        comment: "said",
      }),
      table("u", [column("b", "integer")]),
      table("w", [column("c", "public.t")]),
    ],
    foreignKeys: [refers("u", ["b"], "t", ["a"])],
    views: [view("select a from public.t")],
  });

  it("is not told, whatever language the server speaks", async () => {
    const prover = new Prover(postgres, foreign(engine));
    const refused = await prover.prove(broken);
    expect(refused.map(({ about }) => about?.id)).toEqual(["t"]);
  });

  it("is told when it is a fault of its own", async () => {
    const own = { ...broken, views: [view("select b from public.u where price = 1")] };
    const refused = await new Prover(postgres, engine).prove(own);
    expect(refused.map(({ about }) => about?.id)).toEqual(["t", "v"]);
  });
});

/** The same engine, whose sentences are in no language. */
function foreign(real: Engine): Engine {
  const exec = async (sql: string): Promise<void> => {
    try {
      await real.exec(sql);
    } catch (thrown) {
      throw Object.assign(thrown as Error, { message: "…" });
    }
  };
  return { ...real, exec };
}
