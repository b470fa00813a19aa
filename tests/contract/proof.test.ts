import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "#shared/dialects/dialect.ts";
import { introspect } from "#shared/dialects/postgres/catalog.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { differences } from "#shared/diff/index.ts";
import {
  apply,
  type Change,
  type Column,
  makeColumn,
  type Schema,
  type Table,
  type Verbatim,
  type View,
} from "#shared/model/index.ts";
import { Prover } from "#shared/proof/index.ts";
import { generate, seeded } from "../support/generator.ts";
import { openPglite } from "../support/pglite.ts";
import { randomChange } from "../support/random-changes.ts";

let engine: Engine;
let close: () => Promise<void>;
let second: { readonly engine: Engine; readonly close: () => Promise<void> };
let prover: Prover;

beforeAll(async () => {
  ({ engine, close } = await openPglite());
  second = await openPglite();
});
beforeEach(async () => {
  await engine.exec("rollback");
  prover = new Prover(postgres, engine);
});
afterAll(async () => {
  await close();
  await second.close();
});

const schema = generate({ tables: 12, columns: 6 });
const table = (name: number): Table => schema.tables[name] as Table;
const change = (owner: Table, before: Column, patch: Partial<Column>): Change => ({
  kind: "alter",
  entity: "column",
  ownerId: owner.id,
  before,
  after: { ...before, ...patch },
});

/** A column renamed in place keeps the name of its NOT NULL constraint; a design that is run from nothing does not know it. */
const notItsName = ({ params }: { readonly params: Readonly<Record<string, unknown>> }): boolean =>
  !String(params["detail"]).includes("not_null_name");

async function sole(after: Schema) {
  const refused = await prover.prove(after);
  expect(refused).toHaveLength(1);
  return refused[0] as (typeof refused)[number];
}

describe("the engine's word", () => {
  it("accepts a design, and each edit in place", async () => {
    expect(await prover.prove(schema)).toEqual([]);
    const after = apply(schema, [change(table(1), table(1).columns[3] as Column, { name: "renamed", notNull: true })]);
    expect(await prover.prove(after)).toEqual([]);
    const held = await introspect(engine.query, { namespaces: [] });
    expect(differences(after, held.value).filter(notItsName)).toEqual([]);
  });

  it("refuses a key of another type on its column, and knows the cure", async () => {
    const key = schema.foreignKeys[0];
    const owner = schema.tables.find(({ id }) => id === key?.tableId) as Table;
    const column = owner.columns.find(({ id }) => id === key?.columns[0]) as Column;
    const broken = apply(schema, [change(owner, column, { type: "text" })]);
    const { problem, fix } = await sole(broken);
    expect(problem.params["code"]).toBe("42804");
    expect(problem.about).toEqual({ entity: "column", id: column.id, ownerId: owner.id });
    expect(fix?.label).toBe("Change to int8");
    expect(await prover.prove(apply(broken, fix?.changes ?? []))).toEqual([]);
  });

  it.each<[string, (s: Schema) => Schema, string, string | null]>([
    [
      "an unknown type",
      (s) => apply(s, [change(table(2), table(2).columns[4] as Column, { type: "texxt" })]),
      "42704",
      "Change to text",
    ],
    [
      "a default of the wrong type",
      (s) => apply(s, [change(table(2), table(2).columns[4] as Column, { type: "integer", default: "'x'" })]),
      "22P02",
      null,
    ],
    [
      "a column named twice",
      (s) =>
        apply(s, [
          {
            kind: "create",
            entity: "column",
            ownerId: table(2).id,
            at: null,
            after: makeColumn({ id: "dup" as Column["id"], name: "id", type: "text" }),
          },
        ]),
      "42701",
      null,
    ],
    [
      "a key to something that is not unique",
      (s) => ({
        ...s,
        foreignKeys: s.foreignKeys.map((key, at) =>
          at === 0
            ? {
                ...key,
                refColumns: [
                  (s.tables.find(({ id }) => id === key.refTableId) as Table).columns.find(({ type }) => type === "bigint")
                    ?.id as Column["id"],
                ],
                columns: key.columns,
              }
            : key,
        ),
        tables: s.tables.map((t) => (t.id === s.foreignKeys[0]?.refTableId ? { ...t, constraints: [] } : t)),
      }),
      "42830",
      "Make",
    ],
  ])("refuses %s", async (_name, edit, code, label) => {
    const refused = await prover.prove(edit(schema));
    expect(refused.map(({ problem }) => problem.params["code"])).toContain(code);
    const [first] = refused;
    expect(first?.about).not.toBeNull();
    if (label !== null) {
      expect(first?.fix?.label).toContain(label);
      let mended = edit(schema);
      for (let round = 0; round < 5; round += 1)
        mended = apply(
          mended,
          (await prover.prove(mended)).flatMap(({ fix }) => fix?.changes ?? []),
        );
      expect(await prover.prove(mended)).toEqual([]);
    }
  });

  it("names what is refused, not what follows from it", async () => {
    const target = table(0);
    const broken = apply(schema, [change(target, target.columns[1] as Column, { type: "nonsense_type" })]);
    expect(schema.foreignKeys.some(({ refTableId }) => refTableId === target.id)).toBe(true);
    const { about } = await sole(broken);
    expect(about?.id).toBe(target.id);
  });

  it("keeps no half of a change that it refused", async () => {
    const owner = table(2);
    const column = owner.columns[4] as Column;
    expect(await prover.prove(schema)).toEqual([]);
    const misspelt = apply(schema, [change(owner, column, { type: "texxt" })]);
    expect(await prover.prove(misspelt)).toHaveLength(1);
    const renamed = apply(schema, [change(owner, column, { type: "texxt", name: "renamed" })]);
    expect(await prover.prove(renamed)).toHaveLength(1);
    expect(await prover.prove(apply(schema, [change(owner, column, { type: "text", name: "renamed" })]))).toEqual([]);
  });

  it("takes a change back whole when the engine refuses the second half of it", async () => {
    const owner = table(2);
    const column = owner.columns[4] as Column;
    expect(await prover.prove(schema)).toEqual([]);
    const { problem } = await sole(apply(schema, [change(owner, column, { type: "integer", default: "'x'" })]));
    expect(problem.params["code"]).toBe("22P02");
    const mended = apply(schema, [change(owner, column, { comment: "as it was" })]);
    expect(await prover.prove(mended)).toEqual([]);
    const held = await introspect(engine.query, { namespaces: [] });
    expect(differences(mended, held.value)).toEqual([]);
  });

  it("keeps views and policies of roles that only the real server has", async () => {
    const view: View = {
      id: "v" as View["id"],
      namespaceId: table(0).namespaceId,
      name: "v",
      comment: null,
      materialized: false,
      columns: [],
      indexes: [],
      options: {},
      dependsOn: [],
      definition: `select id from public.${table(0).name}`,
    };
    const policy: Verbatim = {
      id: "p" as Verbatim["id"],
      kind: "policy",
      namespaceId: null,
      ownerId: table(0).id,
      name: "p",
      comment: null,
      dependsOn: [],
      definition: `create policy p on public.${table(0).name} for select to somebody_else using (true)`,
    };
    expect(await prover.prove({ ...schema, views: [view], verbatim: [policy] })).toEqual([]);
  });
});

describe("in place and from nothing agree", () => {
  it.each([1, 2, 3, 4])("over random edits, seed %i", async (seed) => {
    const random = seeded(seed);
    let next = 0;
    const mint = (): string => `m${String((next += 1))}`;
    let design = generate({ tables: 6, columns: 5, seed });
    for (let step = 0; step < 12; step += 1) {
      const before = design;
      design = apply(design, [randomChange(design, random, mint)]);
      design = {
        ...design,
        foreignKeys: design.foreignKeys.filter((key) =>
          [key.tableId, key.refTableId].every((id) => design.tables.some((t) => t.id === id)),
        ),
      };
      const whole = (owner: string, ids: readonly string[]): boolean =>
        ids.every((id) => design.tables.find((t) => t.id === owner)?.columns.some((c) => c.id === id));
      design = {
        ...design,
        foreignKeys: design.foreignKeys.filter((key) => whole(key.tableId, key.columns) && whole(key.refTableId, key.refColumns)),
      };
      design = {
        ...design,
        tables: design.tables.map((t) => ({
          ...t,
          constraints: t.constraints.filter((c) => !("columns" in c) || whole(t.id, c.columns)),
          indexes: t.indexes.filter((i) => i.parts.every((p) => p.columnId === null || whole(t.id, [p.columnId]))),
        })),
      };
      const stepwise = await prover.prove(design);
      if (stepwise.length === 0) {
        const held = await introspect(engine.query, { namespaces: [] });
        const seen = differences(design, held.value).filter(({ params }) => !String(params["detail"]).includes("another order"));
        const relevant = seen
          .filter(notItsName)
          .filter(({ params }) => !String(params["detail"]).startsWith("default was designed"));
        expect({ step, relevant, changed: design !== before }).toEqual({ step, relevant: [], changed: true });
      }
      const fresh = await new Prover(postgres, second.engine).prove(design);
      await second.engine.exec("rollback");
      const said = (list: typeof fresh): string[] => list.map(({ problem }) => String(problem.params["code"])).sort();
      expect(said(stepwise)).toEqual(said(fresh));
    }
  });
});
