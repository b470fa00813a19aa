/** A rename is what the engine itself makes of it, everywhere, and the design still stands from nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Dialect, Engine } from "#shared/dialects/dialect.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { differences } from "#shared/diff/index.ts";
import { renameColumn, renameRelation, renameType, renameValue } from "#shared/edit/index.ts";
import {
  apply,
  type Change,
  type Column,
  type EnumType,
  invariants,
  type Schema,
  type Table,
  type View,
} from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { Prover, verifiedScript } from "#shared/proof/index.ts";
import { openPglite } from "../support/pglite.ts";
import { openSqlite } from "../support/sqljs.ts";

const POSTGRES = `
  CREATE SCHEMA app;
  CREATE ROLE reader;
  CREATE TYPE public.mood AS ENUM ('sad', 'glad');
  CREATE TABLE public.film (
    id integer PRIMARY KEY, title text NOT NULL CHECK (length(title) > 0), rate numeric, tax numeric,
    gross numeric GENERATED ALWAYS AS (rate + tax) STORED, m public.mood DEFAULT 'sad'::public.mood,
    no serial, during int4range, EXCLUDE USING gist (during WITH &&) WHERE (rate > 0));
  CREATE TABLE public.copy (id integer PRIMARY KEY, film_id integer REFERENCES public.film, rate numeric);
  CREATE TABLE public.log (at date, rate numeric, film_id integer) PARTITION BY RANGE (rate, ((film_id + 1)));
  CREATE TABLE public.log_low PARTITION OF public.log FOR VALUES FROM (0, 0) TO (10, 10);
  CREATE TABLE public.parent (rate numeric CHECK (rate > 1));
  CREATE TABLE public.child (more text) INHERITS (public.parent);
  CREATE INDEX film_i ON public.film (lower(title), rate) INCLUDE (tax) WHERE (rate > 2);
  CREATE VIEW public.plain AS SELECT id, rate, rate * 2 AS twice FROM public.film WHERE rate > 0 ORDER BY rate;
  CREATE VIEW public.joined AS SELECT f.rate, c.rate AS of_copy, (SELECT max(film.rate) FROM public.film) AS most
    FROM public.film f JOIN public.copy c ON c.film_id = f.id GROUP BY f.rate, c.rate HAVING count(*) > 1;
  CREATE VIEW public.both AS SELECT rate FROM public.film UNION SELECT rate FROM public.copy ORDER BY rate;
  CREATE VIEW public.over AS SELECT rate, twice FROM public.plain WHERE m_is('x') OR rate > 1;
  CREATE VIEW public.deep AS WITH w AS (SELECT rate, title FROM public.film), x AS (SELECT s.rate FROM (SELECT rate, 1 AS tax FROM public.film) s)
    SELECT w.rate, w.title, x.rate AS more, rank() OVER (PARTITION BY w.title ORDER BY w.rate) AS place FROM w, x
    WHERE EXISTS (SELECT 1 FROM public.film WHERE film.rate = x.rate) AND 'sad'::public.mood IS NOT NULL;
  CREATE MATERIALIZED VIEW public.kept AS SELECT rate, count(*) AS n FROM public.film GROUP BY rate;
  CREATE INDEX kept_rate ON public.kept (rate);
  ALTER TABLE public.film ENABLE ROW LEVEL SECURITY;
  CREATE POLICY rate ON public.film FOR SELECT TO reader USING (rate > 1 AND EXISTS (SELECT 1 FROM public.copy c WHERE c.rate = film.rate));
  CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
  CREATE TRIGGER rate BEFORE UPDATE OF rate, title ON public.film FOR EACH ROW WHEN (old.rate IS DISTINCT FROM new.rate) EXECUTE FUNCTION public.touch();
  CREATE RULE r AS ON INSERT TO public.copy WHERE new.rate > 5 DO ALSO UPDATE public.film SET rate = new.rate WHERE film.id = new.film_id;
  CREATE FUNCTION public.most() RETURNS numeric LANGUAGE sql BEGIN ATOMIC SELECT max(film.rate) FROM public.film; END;
  CREATE STATISTICS public.st ON rate, tax FROM public.film;
  GRANT SELECT (rate, title), UPDATE (rate) ON public.film TO reader;
  GRANT SELECT ON public.film, public.plain TO reader;
  CREATE PUBLICATION pub FOR TABLE public.film (id, rate) WHERE (rate > 0), TABLE public.log;`.replace("m_is('x') OR ", "");

const SQLITE = `
  CREATE TABLE film (id INTEGER PRIMARY KEY, title TEXT, rate REAL CHECK (rate > 0), gross REAL GENERATED ALWAYS AS (rate * 2) STORED);
  CREATE TABLE copy (id INTEGER PRIMARY KEY, film_id INTEGER REFERENCES film (id), rate REAL);
  CREATE INDEX film_i ON film (lower(title), rate DESC) WHERE rate > 2;
  CREATE VIEW plain AS SELECT id, rate AS rate, rate * 2 AS twice FROM film WHERE rate > 0 ORDER BY rate;
  CREATE VIEW joined AS SELECT f.rate AS rate, c.rate AS of_copy FROM film f JOIN copy c ON c.film_id = f.id WHERE f.rate IN (SELECT rate FROM film);
  CREATE VIEW over AS SELECT rate, twice FROM plain WHERE rate > 1;
  CREATE TRIGGER rate AFTER UPDATE OF rate ON film WHEN new.rate > old.rate BEGIN
    INSERT INTO copy (film_id, rate) VALUES (new.id, new.rate);
    UPDATE film SET rate = rate + 1 WHERE film.rate < new.rate AND EXISTS (SELECT 1 FROM copy WHERE copy.rate = film.rate);
    DELETE FROM copy WHERE rate IN (SELECT rate FROM film);
  END;`;

const find = <T extends { readonly name: string }>(list: readonly T[], name: string): T => {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const tableOf = (schema: Schema, name: string): Table => find(schema.tables, name);
const columnOf = (schema: Schema, table: string, name: string): Column => find(tableOf(schema, table).columns, name);
const viewOf = (schema: Schema, name: string): View => find(schema.views, name);

/** Its name, the edit, and how the engine is told. */
type Case = readonly [name: string, edit: (schema: Schema) => readonly Change[], sql: string];
const inPublic = (dialect: Dialect, name: string): string => (dialect.features.namespaces ? `public.${name}` : name);
const column = (dialect: Dialect, table: string, from: string, to: string): Case => [
  `the column ${table}.${from} to ${to}`,
  (schema) => renameColumn(schema, tableOf(schema, table), columnOf(schema, table, from), to, dialect),
  `ALTER TABLE ${inPublic(dialect, table)} RENAME COLUMN ${from} TO ${dialect.quote.identifier(to)}`,
];
const relation = (dialect: Dialect, table: string, to: string): Case => [
  `the table ${table} to ${to}`,
  (schema) => renameRelation(schema, tableOf(schema, table), { name: to }, dialect),
  `ALTER TABLE ${inPublic(dialect, table)} RENAME TO ${dialect.quote.identifier(to)}`,
];

const read = async (dialect: Dialect, engine: Engine): Promise<Schema> =>
  (await dialect.catalog.introspect(engine.query, { namespaces: [] })).value;

/** A NOT NULL constraint keeps the name that it got from the column's old name; in a design it has none of its own. */
const important = (found: readonly Problem[]): readonly unknown[] =>
  found.filter(({ params }) => !/not_null_name/.test(String(params["detail"]))).map(({ params }) => params);

describe("PostgreSQL", () => {
  let engine: Engine;
  let other: Engine;
  let close: () => Promise<void>;
  let closeOther: () => Promise<void>;
  let design: Schema;

  beforeAll(async () => {
    ({ engine, close } = await openPglite());
    ({ engine: other, close: closeOther } = await openPglite());
    await engine.exec(POSTGRES);
    await other.exec("create role reader");
    design = await read(postgres, engine);
  });
  afterAll(async () => {
    await close();
    await closeOther();
  });
  beforeEach(() => other.exec("rollback"));

  it.each<Case>([
    column(postgres, "film", "rate", "price"),
    column(postgres, "film", "rate", "Preis in €"),
    column(postgres, "film", "title", "titel"),
    column(postgres, "copy", "rate", "user"),
    column(postgres, "copy", "film_id", "of_film"),
    column(postgres, "log", "rate", "level"),
    column(postgres, "parent", "rate", "level"),
    relation(postgres, "film", "kino"),
    relation(postgres, "film", "film №2"),
    relation(postgres, "copy", "order"),
    [
      "the view plain to simple",
      (schema) => renameRelation(schema, viewOf(schema, "plain"), { name: "simple" }, postgres),
      "ALTER VIEW public.plain RENAME TO simple",
    ],
    [
      "the table film to another namespace",
      (schema) => renameRelation(schema, tableOf(schema, "film"), { namespaceId: find(schema.namespaces, "app").id }, postgres),
      "ALTER TABLE public.film SET SCHEMA app",
    ],
    [
      "the type mood to feeling",
      (schema) => renameType(schema, find(schema.types, "mood"), "feeling", postgres),
      "ALTER TYPE public.mood RENAME TO feeling",
    ],
    [
      "the value sad to it's low",
      (schema) => renameValue(schema, find(schema.types, "mood") as EnumType, 0, "it's low", postgres),
      "ALTER TYPE public.mood RENAME VALUE 'sad' TO 'it''s low'",
    ],
  ])("renames %s", async (_name, edit, sql) => {
    const after = apply(design, edit(design));
    expect(invariants(after)).toEqual([]);
    await engine.exec("begin");
    await engine.exec(sql);
    const engines = await read(postgres, engine);
    await engine.exec("rollback");
    expect(important(differences(after, engines))).toEqual([]);
    const prover = new Prover(postgres, other);
    expect(await prover.prove(design)).toEqual([]);
    expect(await prover.prove(after)).toEqual([]);
    expect(important(differences(after, await read(postgres, other)))).toEqual([]);
    await other.exec("rollback");
    const script = await verifiedScript(postgres, after, other, () => undefined);
    await other.exec("drop publication pub; drop schema public, app cascade; create schema public");
    expect(important(script.differences)).toEqual([]);
  });
});

describe("SQLite", () => {
  it.each<Case>([
    column(sqlite, "film", "rate", "price"),
    column(sqlite, "film", "rate", "Preis in €"),
    column(sqlite, "film", "title", "select"),
    column(sqlite, "copy", "rate", "worth"),
    relation(sqlite, "film", "movie"),
    relation(sqlite, "copy", "Big Copy"),
  ])("renames %s", async (_name, edit, sql) => {
    const engine = await openSqlite();
    await engine.exec(SQLITE);
    const design = await read(sqlite, engine);
    const after = apply(design, edit(design));
    expect(invariants(after)).toEqual([]);
    await engine.exec(sql);
    const spoken = (schema: Schema): readonly (readonly string[])[] =>
      [...schema.views, ...schema.verbatim].map(({ name, definition }) => [name, bare(definition)]);
    expect(spoken(after)).toEqual(spoken(await read(sqlite, engine)));
    const prover = new Prover(sqlite, await openSqlite());
    expect(await prover.prove(design)).toEqual([]);
    expect(await prover.prove(after)).toEqual([]);
    const script = await verifiedScript(sqlite, after, await openSqlite(), () => undefined);
    expect(script.differences).toEqual([]);
  });
});

/** SQLite quotes what it renames; quotes that are not needed say nothing. Nor does `AS` for a name that is its own. */
const bare = (text: string): string =>
  text.replace(/"(\w+)"/g, "$1").replace(/SELECT (\w+|"[^"]+") AS rate FROM film/g, "SELECT $1 FROM film");
