/** Types, views and routines changed in place: the statements, and that a design made so is the design made from nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Engine } from "#shared/dialects/dialect.ts";
import { introspect } from "#shared/dialects/postgres/catalog.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { diff, differences } from "#shared/diff/index.ts";
import type { Schema, UserType, Verbatim, View } from "#shared/model/index.ts";
import { Prover } from "#shared/proof/index.ts";
import { openPglite } from "../support/pglite.ts";

const DESIGN = `
  CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'glad');
  CREATE DOMAIN public.email AS text CONSTRAINT has_at CHECK (VALUE ~ '@');
  CREATE TABLE public.t (id integer PRIMARY KEY, a text, m public.mood DEFAULT 'ok', mail public.email);
  CREATE VIEW public.v AS SELECT id, a FROM public.t;
  CREATE VIEW public.w AS SELECT id FROM public.v;
  CREATE MATERIALIZED VIEW public.kept AS SELECT count(*) AS n FROM public.t;
  CREATE UNIQUE INDEX kept_n ON public.kept (n);
  CREATE FUNCTION public.f(a integer, b numeric DEFAULT (1)) RETURNS integer LANGUAGE sql AS 'select 1';`;

let engine: Engine;
let close: () => Promise<void>;
let design: Schema;

beforeAll(async () => {
  ({ engine, close } = await openPglite());
  await engine.exec(DESIGN);
  design = (await introspect(engine.query, { namespaces: [] })).value;
  await engine.exec("drop schema public cascade; create schema public");
});
afterAll(() => close());
beforeEach(() => engine.exec("rollback"));

const type =
  (name: string, patch: Partial<UserType>) =>
  (schema: Schema): Schema => ({
    ...schema,
    types: schema.types.map((item) => (item.name === name ? ({ ...item, ...patch } as UserType) : item)),
  });
const view =
  (name: string, patch: Partial<View>) =>
  (schema: Schema): Schema => ({
    ...schema,
    views: schema.views.map((item) => (item.name === name ? { ...item, ...patch } : item)),
  });
const routine =
  (definition: (was: string) => string) =>
  (schema: Schema): Schema => ({
    ...schema,
    verbatim: schema.verbatim.map((item): Verbatim => ({ ...item, definition: definition(item.definition) })),
  });

const column = { comment: null, default: null };
const replaced = (values: string): readonly string[] => [
  "ALTER TYPE public.mood RENAME TO before_mood",
  `CREATE TYPE public.mood AS ENUM (\n    ${values}\n)`,
  "ALTER TABLE ONLY public.t ALTER COLUMN m DROP DEFAULT",
  "ALTER TABLE public.t ALTER COLUMN m TYPE public.mood USING m::text::public.mood",
  "ALTER TABLE ONLY public.t ALTER COLUMN m SET DEFAULT 'ok'::public.mood",
  "DROP TYPE public.before_mood",
];

describe("a change in place", () => {
  it.each<[string, (schema: Schema) => Schema, readonly string[] | null]>([
    [
      "adds values where they stand",
      type("mood", { values: ["low", "sad", "so", "so so", "ok", "glad"] }),
      [
        "ALTER TYPE public.mood ADD VALUE 'low' BEFORE 'sad'",
        "ALTER TYPE public.mood ADD VALUE 'so' AFTER 'sad'",
        "ALTER TYPE public.mood ADD VALUE 'so so' AFTER 'so'",
      ],
    ],
    [
      "renames values",
      type("mood", { values: ["low", "ok", "it's high"] }),
      ["ALTER TYPE public.mood RENAME VALUE 'sad' TO 'low'", "ALTER TYPE public.mood RENAME VALUE 'glad' TO 'it''s high'"],
    ],
    ["takes values away", type("mood", { values: ["sad", "ok"] }), replaced("'sad',\n    'ok'")],
    ["changes the order of values", type("mood", { values: ["ok", "sad", "glad"] }), replaced("'ok',\n    'sad',\n    'glad'")],
    [
      "renames a type and adds to it",
      (schema) => ({
        ...type("mood", { name: "feeling", values: ["sad", "ok", "glad", "high"], comment: "felt" })(schema),
        tables: schema.tables.map((table) => ({
          ...table,
          columns: table.columns.map((c) =>
            c.name === "m" ? { ...c, type: "public.feeling", default: "'ok'::public.feeling" } : c,
          ),
        })),
      }),
      [
        "ALTER TYPE public.mood RENAME TO feeling",
        "COMMENT ON TYPE public.feeling IS 'felt'",
        "ALTER TYPE public.feeling ADD VALUE 'high' AFTER 'glad'",
      ],
    ],
    [
      "changes a domain",
      type("email", {
        notNull: true,
        default: "'a@b'::text",
        checks: [{ name: "long", expression: "(length(VALUE) > 2)", notValid: false }],
      }),
      [
        "ALTER DOMAIN public.email SET DEFAULT 'a@b'::text",
        "ALTER DOMAIN public.email SET NOT NULL",
        "ALTER DOMAIN public.email DROP CONSTRAINT has_at",
        "ALTER DOMAIN public.email ADD CONSTRAINT long CHECK ((length(VALUE) > 2))",
      ],
    ],
    [
      "replaces a view that another stands on",
      view("v", {
        definition: " SELECT id,\n    a,\n    m\n   FROM public.t\n  WHERE (id > 1)",
        columns: [
          { ...column, name: "id", type: "integer" },
          { ...column, name: "a", type: "text", comment: "said", default: "'x'::text" },
          { ...column, name: "m", type: "public.mood" },
        ],
      }),
      [
        "CREATE OR REPLACE VIEW public.v AS\n SELECT id,\n    a,\n    m\n   FROM public.t\n  WHERE (id > 1)",
        "COMMENT ON COLUMN public.v.a IS 'said'",
        "ALTER VIEW public.v ALTER COLUMN a SET DEFAULT 'x'::text",
      ],
    ],
    [
      "sets a view's options",
      view("w", { options: { security_barrier: "true" } }),
      ["CREATE OR REPLACE VIEW public.w WITH (security_barrier='true') AS\n SELECT id\n   FROM public.v"],
    ],
    [
      "renames a view",
      view("w", { name: "x", comment: "seen" }),
      ["ALTER VIEW public.w RENAME TO x", "COMMENT ON VIEW public.x IS 'seen'"],
    ],
    ["does not rename a view that another speaks of", view("v", { name: "x" }), null],
    [
      "makes a materialized view again",
      view("kept", { definition: " SELECT max(id) AS n\n   FROM public.t" }),
      [
        "DROP MATERIALIZED VIEW public.kept",
        "CREATE MATERIALIZED VIEW public.kept AS\n SELECT max(id) AS n\n   FROM public.t",
        "CREATE UNIQUE INDEX kept_n ON public.kept USING btree (n)",
      ],
    ],
    [
      "replaces a function",
      routine((was) => was.replace("select 1", "select 2")),
      [
        "CREATE OR REPLACE FUNCTION public.f(a integer, b numeric DEFAULT 1)\n RETURNS integer\n LANGUAGE sql\nAS $function$select 2$function$",
      ],
    ],
    ["does not replace a function of other arguments", routine((was) => was.replace("a integer", "a text")), null],
  ])("%s", async (_name, edit, expected) => {
    const after = edit(design);
    const prover = new Prover(postgres, engine);
    expect(await prover.prove(design)).toEqual([]);
    const changed = diff(design, after).filter(({ entity }) => entity !== "column");
    const context = { before: design, after };
    expect(changed).toHaveLength(1);
    const ddl = await postgres.ddl();
    const statements = changed.map((change) => ddl.change(change, context));
    expect(statements).toEqual([expected === null ? null : expected.map((sql) => expect.objectContaining({ sql }) as unknown)]);
    const refused = await prover.prove(after);
    if (expected === null) return;
    expect(refused).toEqual([]);
    const held = await introspect(engine.query, { namespaces: [] });
    expect(differences(after, held.value)).toEqual([]);
  });

  it("is refused in the same words as the design from nothing", async () => {
    const prover = new Prover(postgres, engine);
    expect(await prover.prove(design)).toEqual([]);
    for (const [definition, code] of [
      ["SELECT nothing FROM public.t", "42703"],
      ["SELECT a FROM public.t", "42703"],
      ["SELECT id FROM public.nowhere", "42P01"],
    ] as const) {
      const refused = await prover.prove(view("v", { definition })(design));
      expect(refused.map(({ problem }) => problem.params["code"])).toEqual([code]);
    }
    for (const values of [["sad", "so so", "glad"], ["sad"]]) {
      const refused = await prover.prove(type("mood", { values })(design));
      expect(refused.map(({ problem }) => problem.params["code"])).toEqual(["22P02"]);
    }
    expect(await prover.prove(design)).toEqual([]);
  });
});
