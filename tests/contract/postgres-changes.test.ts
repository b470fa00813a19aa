/** Statements from one PostgreSQL schema to another: run on a database that holds the first and rows, they lead to the second. */
import { describe, expect, it } from "vitest";
import { diff, differences } from "#shared/diff/index.ts";
import type { Engine } from "#shared/dialects/dialect.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { changeScript, type ChangeScript, comparable } from "#shared/drift/index.ts";
import { adopt, type Schema, type UserType } from "#shared/model/index.ts";
import { openPglite } from "../support/pglite.ts";

let minted = 0;
const mint = (): string => `i${String((minted += 1))}`;

async function read({ query }: Engine): Promise<Schema> {
  return comparable((await postgres.catalog.introspect(query, { namespaces: [] })).value, postgres);
}

async function inEngine<T>(sql: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const { engine, close } = await openPglite();
  try {
    await engine.exec(sql);
    return await use(engine);
  } finally {
    await engine.exec("rollback");
    await close();
  }
}

interface Case {
  readonly before: string;
  readonly after: string;
  /** Rows that stand in the first. */
  readonly rows?: string;
  /** What is asked of the database at the end, and its answer. */
  readonly ask?: string;
  readonly answer?: readonly (readonly unknown[])[];
  /** What of the second was called otherwise in the first, by the id that the catalogue gives it. */
  readonly kin?: Readonly<Record<string, string>>;
}

/** The ids of the first by the ids of the second. */
function known(first: Schema, kin: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const items = [...first.types, ...first.tables, ...first.tables.flatMap(({ columns }) => columns)];
  return new Map(Object.entries(kin).map(([id, name]) => [id, items.find((item) => item.name === name)?.id ?? ""]));
}

interface Came {
  readonly script: ChangeScript;
  /** What the engine said of the statements; null when it took them. */
  readonly refused: string | null;
  /** What differs from the second in the end. */
  readonly left: readonly string[];
  readonly answer: readonly (readonly unknown[])[] | null;
}

async function brought({ before, after, rows, ask, kin }: Case): Promise<Came> {
  const second = await inEngine(after, read);
  return inEngine(before, async (engine) => {
    const first = adopt(await read(engine), null, mint);
    const wanted = adopt(second, first, mint, known(first, kin ?? {}));
    const script = changeScript(await postgres.ddl(), first, diff(first, wanted));
    await engine.exec(`set search_path to public; ${rows ?? ""}`);
    try {
      await engine.exec(script.sql);
    } catch (error) {
      return { script, refused: (error as Error).message, left: [], answer: null };
    }
    const left = differences(wanted, await read(engine)).map(({ params }) => JSON.stringify(params));
    await engine.exec("set search_path to public");
    return { script, refused: null, left, answer: ask === undefined ? null : await engine.query(ask) };
  });
}

const MOOD = "create type mood as enum ('glad', 'so so', 'sad'); create table a (id int primary key, m mood);";
const SHORTER = "create type mood as enum ('glad', 'sad'); create table a (id int primary key, m mood);";
/** The same with more behind both. */
const both = (sql: string): Pick<Case, "before" | "after"> => ({ before: MOOD + sql, after: SHORTER + sql });

const CASES: Readonly<Record<string, Case>> = {
  "options of a sequence": {
    before: "create sequence s; create sequence t as integer increment 5 minvalue 0 maxvalue 100 start 10 cache 7 cycle;",
    after:
      "create sequence s as integer increment 5 minvalue 0 maxvalue 100 start 10 cache 7 cycle; create sequence t; comment on sequence t is 'it''s';",
  },
  "a sequence that counts down": {
    before: "create sequence s; create sequence t increment -1;",
    after: "create sequence s increment -2 minvalue -50 maxvalue -10 start -20; create sequence t as smallint increment -1;",
    ask: "select nextval('s')",
    answer: [[-20]],
  },
  "types of sequences with limits of another": {
    before:
      "create sequence s as integer; create sequence t as bigint maxvalue 2147483647; create sequence u as smallint maxvalue 9;",
    after:
      "create sequence s as bigint maxvalue 2147483647; create sequence t as integer; create sequence u as integer maxvalue 9;",
  },
  "a sequence that has not reached its new limits": {
    before: "create sequence s; create sequence t; create sequence u maxvalue 50; create sequence v;",
    after:
      "create sequence s minvalue 100; create sequence t minvalue 100 start 500; create sequence u minvalue 100; create sequence v minvalue 100;",
    rows: "select setval('v', 700);",
    ask: "select nextval('s'), nextval('t'), nextval('u'), nextval('v')",
    answer: [[100, 500, 100, 701]],
  },
  "owners of sequences": {
    before:
      "create table a (id int, old int, x int); create sequence s owned by a.id; create sequence t owned by a.old; create sequence u; create sequence v owned by a.x; create table gone (id serial);",
    after:
      "create table a (id int, x int, new int); create sequence s; create sequence t; create sequence u owned by a.new; create sequence v owned by a.new; create table b (id serial);",
  },
  "names, places and persistence of a sequence": {
    before: `create schema "Old"; create sequence "Old"."My ""seq"""; create table a (id serial, x int); create unlogged sequence u;`,
    after:
      `create schema "Old"; create schema "N w"; create sequence "N w"."My ""seq""" increment 3; create table a (id int not null default nextval('"Not Mine"'::regclass), x int); create sequence u;`
        .replace("create table a", `create sequence "Not Mine" as int; create table a`)
        .concat(`alter sequence "Not Mine" owned by a.id;`),
  },
  "serial columns that become identities and plain ones": {
    before:
      "create table a (id serial primary key); create table b (id serial); create type m as enum ('x'); create table c (m m);",
    after:
      "create table a (id int primary key generated always as identity); create table b (id int not null); create table c (m text);",
    rows: "insert into a default values; insert into a default values; insert into c values ('x');",
    ask: "insert into a default values returning id, (select m from c)",
    answer: [[3, "x"]],
  },
  "identities that count in another way": {
    before:
      "create table a (id int generated always as identity); create table b (id bigint generated by default as identity (increment 5)); create table c (id int generated always as identity);",
    after:
      "create table a (id int generated by default as identity (increment 5 cycle)); create table b (id bigint generated by default as identity); create table c (id int);",
    rows: "insert into a default values; insert into a default values",
    ask: "insert into a default values returning id",
    answer: [[7]],
  },
  "an enum that loses a value": {
    ...both(""),
    rows: "insert into a values (1, 'sad'), (2, null);",
    ask: "select m::text from a order by id",
    answer: [["sad"], [null]],
  },
  "an enum whose values change places, beside new ones": {
    before: MOOD,
    after: "create type mood as enum ('sad', 'fine', 'so so'); create table a (id int primary key, m mood);",
    rows: "insert into a values (1, 'sad'), (2, 'so so');",
    ask: "select m::text from a order by m",
    answer: [["sad"], ["so so"]],
  },
  "an enum with defaults, arrays, keys, checks and indexes": {
    ...both(`
      alter table a alter m set default 'sad', add n mood, add l mood[] default '{glad,sad}'::mood[] not null, add t text default ('sad'::mood)::text,
        add constraint odd check (m <> 'glad' or m is null), add constraint "two of" check (m <> n), add unique (m, n), add c int;
      comment on constraint odd on a is 'odd';
      comment on column a.m is 'felt';
      create index plain on a (m);
      create index partial on a (id) where m = 'sad'::mood;
      create index said on a ((m = 'sad'::mood)) ; comment on index said is 'it';
      create index many on a using gin (l);
      create table k (m mood primary key); create table r (m mood references k on update cascade); comment on constraint r_m_fkey on r is 'refers';
      alter table a cluster on plain;
      create statistics st on (m = 'sad'::mood), c from a;
      comment on type mood is 'moods';`),
    rows: "insert into k values ('sad'); insert into r values ('sad'); insert into a (id, m, n) values (1, 'sad', 'glad');",
    ask: "select m::text, n::text, l::text, t from a",
    answer: [["sad", "glad", "{glad,sad}", "sad"]],
  },
  "an enum under views, functions, triggers, rules and policies": {
    ...both(`
      create view v as select id, m from a where m <> 'glad'; comment on view v is 'seen'; comment on column v.m is 'm';
      create view w as select v.id, v.m::text as said from v; alter view w alter said set default 'x';
      create materialized view k as select m, count(*) as n from a group by m; create unique index k_m on k (m); comment on index k_m is 'one';
      create view over_k as select n from k;
      create view apart as select id from a where m is not null;
      create function f(x mood, y mood[] default '{sad}') returns mood language sql as 'select x'; comment on function f is 'same';
      create function g() returns trigger language plpgsql as 'begin return new; end';
      create trigger tr before update of m on a for each row when (new.m = 'sad') execute function g(); comment on trigger tr on a is 'fires';
      create trigger other after insert on a for each row execute function g();
      create trigger instead instead of insert on v for each row execute function g();
      alter table a enable row level security; create policy p on a using (m = 'sad' and f(m) = 'glad'); comment on policy p on a is 'p';
      create rule r as on delete to w do instead nothing;
      create role reader; grant select on v, k to reader; grant usage on type mood to reader; revoke execute on function f from public;`),
    rows: "insert into a values (1, 'sad'); refresh materialized view k;",
    ask: "select m::text, n from k",
    answer: [["sad", 1]],
  },
  "an enum under partitions": {
    ...both(`
      create table p (id int, m mood default 'sad', check (m <> 'glad')) partition by range (id);
      create table p1 partition of p for values from (0) to (10);
      create table p2 partition of p (m default 'glad', constraint own check (m is distinct from 'glad')) for values from (10) to (20) partition by list (id);
      create table p21 partition of p2 default;
      create index on p (m) where m = 'sad'; create index other on p1 (id) where m = 'glad';
      alter table p add unique (id, m);`),
    rows: "insert into p values (1, 'sad'), (12, 'sad');",
    ask: "select m::text from p21",
    answer: [["sad"]],
  },
  "an enum of a hostile name in another schema": {
    before: `create schema "S 1"; create type "S 1"."My ""mood""" as enum ('it''s', 'b\\c', 'a, b'); create table "S 1"."T b" ("C ""d""" "S 1"."My ""mood""" default 'it''s', l "S 1"."My ""mood"""[]); create type "before_My ""mood""" as enum (); create view "S 1"."V w" as select "C ""d""" from "S 1"."T b" where "C ""d""" = 'a, b';`,
    after: `create schema "S 1"; create type "S 1"."My ""mood""" as enum ('a, b', 'it''s'); create table "S 1"."T b" ("C ""d""" "S 1"."My ""mood""" default 'it''s', l "S 1"."My ""mood"""[]); create type "before_My ""mood""" as enum (); create view "S 1"."V w" as select "C ""d""" from "S 1"."T b" where "C ""d""" = 'a, b';`,
    rows: `insert into "S 1"."T b" values ('it''s', '{"a, b",it''s}')`,
    ask: `select "C ""d"""::text, l::text from "S 1"."T b"`,
    answer: [["it's", `{"a, b",it's}`]],
  },
  "an enum that is renamed, moved and shortened, on tables that change as well": {
    before: `${MOOD} create table b (m mood, gone mood default 'so so', kept mood); create table old (m mood); create view v as select m from a;`,
    after: `create schema app; create type app.feeling as enum ('sad', 'glad'); create table a (id int primary key, m app.feeling default 'sad'); create table b (m text default 'x', "Kept 2" app.feeling); create view v as select m from a;`,
    rows: "insert into b values ('sad', 'so so', 'glad')",
    kin: { "type:app.feeling": "mood", "column:public.b.Kept 2": "kept" },
    ask: `select m, "Kept 2"::text from b`,
    answer: [["sad", "glad"]],
  },
};

const VIEWS: Readonly<Record<string, Case>> = {
  "a view that loses a column with its table": {
    before: "create table a (id int, x int, y int); create view v as select id, x, y from a;",
    after: "create table a (id int, y int); create view v as select id, y from a;",
    rows: "insert into a values (1, 2, 3)",
    ask: "select * from v",
    answer: [[1, 3]],
  },
  "views that stand on it, and what stands on them": {
    before: `create table a (id int, x int); create view z as select id, x from a; create view "A b" as select * from z; create materialized view m as select id, x from "A b"; create index m_x on m (x); create view c as select id from m; create view apart as select 1 as n;
      create role reader; grant select on c to reader; create function g() returns trigger language plpgsql as 'begin return new; end'; create trigger t instead of insert on "A b" for each row execute function g();`,
    after: `create table a (id int, n text); create view z as select id, n from a; create view "A b" as select id from z; create materialized view m as select id from "A b"; create unique index m_id on m (id); create view c as select id from m; create view apart as select 1 as n;
      create role reader; grant select on c to reader; create function g() returns trigger language plpgsql as 'begin return new; end'; create trigger t instead of insert on "A b" for each row execute function g();`,
  },
  "a view that keeps its columns over a column that goes": {
    before:
      "create table a (id int, x text, y text); create view v as select id, x || y as z from a; create view w as select z from v; create policy p on a using (y > 'a'); create trigger t before update of y on a for each row execute function suppress_redundant_updates_trigger();",
    after:
      "create table a (id int, x text); create view v as select id, x as z from a; create view w as select z from v; create policy p on a using (x > 'a');",
  },
  "columns whose type changes under views, checks and indexes": {
    before:
      "create table a (id int primary key, s text check (s in ('x', 'y')), n int, check (n > id)); create index i on a (s) where s = 'x'; create view v as select s from a; create materialized view m as select n + 1 as n from a; create table b (id int references a);",
    after:
      "create type s as enum ('x', 'y'); create table a (id bigint primary key, s s, n bigint, check (n > id)); create index i on a (s) where s = 'x'; create view v as select s from a; create materialized view m as select n + 1 as n from a; create table b (id bigint references a);",
    rows: "insert into a values (1, 'x', 2); insert into b values (1)",
    ask: "select s::text from v",
    answer: [["x"]],
  },
  "a table and column that are renamed under a view, and a view that goes from under another": {
    before:
      "create table a (id int, x int, g int generated always as (x) stored); create view v as select id, x from a; create view u as select id from v; create index i on a (x, id);",
    after: "create table a2 (id int, x2 int); create view u as select id from a2; create index i on a2 (id);",
  },
  "views that change places and kinds": {
    before:
      "create view a as select 1 as x; create view b as select x from a; create materialized view m as select 1 as x; create view c as select x from m;",
    after:
      "create view b as select 1 as x; create view a as select x from b; create view m as select 1 as x; create view c as select x, x + 1 as y from m;",
  },
  "indexes of a materialized view": {
    before: "create materialized view m as select 1 as x, 2 as y; create index i on m (x); create index j on m (y);",
    after:
      "create materialized view m as select 1 as x, 2 as y; create unique index i on m (x); create index k on m (y); comment on index k is 'k';",
  },
};

/** What is said of the enum where it cannot be replaced. */
const HINDERED: Readonly<Record<string, string>> = {
  "create domain d as mood": "the domain public.d is made of it",
  "create domain d as text check (value::mood <> 'sad')": "the domain public.d is made of it",
  "create type c as (m mood[])": "the composite public.c is made of it",
  "create type r as range (subtype = mood)": "the range public.r is made of it",
  "alter table a add g boolean generated always as (m = 'sad') stored": "the generated column public.a.g is computed from it",
  "alter table a add g boolean generated always as (m is null) stored": "the generated column public.a.g is computed from it",
  "alter table a add g mood generated always as ('sad'::mood) stored": "the generated column public.a.g has it",
  "create table p (m mood) partition by list (m); create table p1 partition of p default": "public.p is partitioned by it",
  "create table b () inherits (a)": "public.a shares its columns with another table by INHERITS",
  "create table b (x a)": "public.b.x holds rows of public.a",
  "create function f(mood) returns int language sql immutable as 'select 1'; create table b (n int default f('sad'))":
    "public.b counts on the function public.f(public.mood)",
  "create function f(x int, y mood default 'sad') returns int language sql immutable as 'select x'; create index i on a (f(id))":
    "public.a has an index that calls the function public.f(x integer, y public.mood)",
  "create cast (mood as int) with inout": "the cast (public.mood AS integer) stands on it",
  "create foreign data wrapper w; create server s foreign data wrapper w; create foreign table f (m mood) server s":
    "the foreign table public.f has it",
  "create publication p for table a (id, m)": "the publication p stands on it",
};

describe("an enum that loses a value", () => {
  it("is left as it is where somebody has what would have to be made again, and that is told", async () => {
    const ddl = await postgres.ddl();
    const shorter = (schema: Schema): Schema => ({
      ...schema,
      types: schema.types.map((type) => (type.name === "mood" ? ({ ...type, values: ["glad", "sad"] } as UserType) : type)),
    });
    await inEngine("", async (engine) => {
      for (const [sql, why] of Object.entries(HINDERED)) {
        await engine.exec(`begin; ${MOOD} ${sql}`);
        const first = await read(engine);
        const script = changeScript(ddl, first, diff(first, shorter(first)));
        expect([sql, script.impossible, script.statements]).toEqual([sql, [`enum mood (${why})`], 0]);
        expect(script.sql).toContain(`-- Not written: enum mood (${why}) cannot be changed in place.`);
        await engine.exec("rollback");
      }
    });
  });

  it("is told to fail where rows hold it, does so, and leaves everything as it was", async () => {
    const one = both(" create view v as select m from a; create table b (m mood[]);");
    const { script, refused } = await brought({ ...one, rows: "insert into a values (1, 'so so')" });
    const risk = "Fails where a row has 'so so' in public.a.m or public.b.m: the enum public.mood loses it.";
    expect([script.risks, refused]).toEqual([[risk], 'invalid input value for enum public.mood: "so so"']);
    expect(script.sql).toContain(`-- ${risk}\n\nBEGIN;\n`);
    expect(script.sql.endsWith("\nCOMMIT;\n")).toBe(true);
  });
});

describe("a sequence beyond its new limits", () => {
  it.each([
    ["create sequence s maxvalue 100", "create sequence s maxvalue 50", "setval('s', 70)", "MAXVALUE 50"],
    ["create sequence s increment -1", "create sequence s increment -1 minvalue -9", "setval('s', -70)", "MINVALUE -9"],
    ["create sequence s", "create sequence s as smallint", "setval('s', 40000)", "MAXVALUE 32767"],
  ])("is told to be refused: %s, %s", async (before, after, rows, limit) => {
    const { script, refused } = await brought({ before, after, rows: `select ${rows}` });
    expect(script.risks).toEqual([`Fails where the sequence public.s stands beyond its new ${limit}.`]);
    expect(refused).toMatch(/^RESTART value .* cannot be/);
  });
});

const TABLES: Readonly<Record<string, Case>> = {
  "keys that others refer to": {
    before:
      "create table a (id int primary key, x int, y int, unique (x)); create table b (id int references a, x int constraint r references a (x)); comment on constraint r on b is 'r'; create view v as select id, x, y from a group by id;",
    after:
      "create table a (id int, x int, y int, primary key (id, x), unique (id), unique (x)); create table b (id int references a (id), x int constraint r references a (x) on delete cascade); comment on constraint r on b is 'r'; create view v as select id, x, y from a group by id, x;",
    rows: "insert into a values (1, 2); insert into b values (1, 2);",
  },
  "new things with all that is said of them, and functions that tables call": {
    before: "create function g() returns int language sql as 'select 1'; create table c (id int default g(), m int);",
    after: `create schema app; comment on schema app is 'a'; create type app.m as enum ('x'); comment on type app.m is 'm'; create sequence app.s; comment on sequence app.s is 's';
      create function f(int) returns int language sql immutable as 'select 1'; create table app.t (id int primary key default f(1), m app.m, check (f(id) > 0)); comment on table app.t is 't'; comment on column app.t.m is 'c';
      create index i on app.t (f(id)); comment on index app.i is 'i'; alter table app.t enable row level security; create table c (id int default f(2), m int);`,
  },
  "new partitions and what they share": {
    before:
      "create table p (id int, n int) partition by range (id); create table p1 partition of p for values from (0) to (10); create table k (id int primary key);",
    after:
      "create table k (id int primary key); create table p (id int primary key references k, n int, extra text, check (n > 0)) partition by range (id); create table p1 partition of p for values from (0) to (10); create table a_new partition of p for values from (10) to (20); create index on p (n);",
    rows: "insert into k values (5), (12); insert into p values (5, 1)",
    ask: "insert into p values (12, 3) returning tableoid::regclass::text",
    answer: [["a_new"]],
  },
};

describe("statements that lead from one PostgreSQL schema to another, with rows in it", () => {
  it.each(Object.entries({ ...CASES, ...VIEWS, ...TABLES }))("of %s", async (_name, one) => {
    const { script, refused, left, answer } = await brought(one);
    expect([refused && `${refused}\n${script.sql}`, script.impossible, left]).toEqual([null, [], []]);
    expect(answer).toEqual(one.answer ?? null);
  });
});
