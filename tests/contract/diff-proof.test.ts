/** Statements of `diff --sql` on PostgreSQL, run in the engine and compared with where they should lead. */
import { describe, expect, it } from "vitest";
import { diff } from "#shared/diff/index.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { changeScript, comparable } from "#shared/drift/index.ts";
import { adopt, type Schema } from "#shared/model/index.ts";
import { proveScript } from "../../server/cli/prove-script.ts";
import { openEngine } from "../../server/engines/index.ts";

let minted = 0;
const mint = (): string => `i${String((minted += 1))}`;
const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

async function schemaOf(sql: string): Promise<Schema> {
  const { engine, close } = await openEngine("postgres", []);
  try {
    const { value, problems } = await postgres.importer.run(sql, engine, quiet);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    if (!value) throw new Error("nothing was read");
    return comparable(value, postgres);
  } finally {
    await close();
  }
}

const PAIRS: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    "types, defaults, keys and checks",
    "create table a (id int primary key, n varchar(10) default 'x', v int check (v > 0)); create table b (a_id int references a);",
    "create table a (id bigint primary key, n text not null default 'y', v int check (v > 1), w numeric(8,2) generated always as (v * 2) stored); create table b (a_id bigint references a on delete cascade deferrable, unique (a_id));",
  ],
  [
    "enums, domains and identities",
    "create type mood as enum ('glad', 'sad'); create domain d as int check (value > 0); create table a (id int, m mood, d d);",
    "create type mood as enum ('glad', 'so so', 'sad'); create domain d as int check (value > 1); create table a (id int generated always as identity, m mood default 'so so', d d);",
  ],
  [
    "views, functions, triggers and policies",
    "create table a (id int primary key, t text); create view v as select id from a; create function f() returns trigger language plpgsql as $$ begin return new; end $$; create trigger g before insert on a for each row execute function f();",
    "create table a (id int primary key, t text, u text); create view v as select id, u from a; create view w as select id from v; create function f() returns trigger language plpgsql as $$ begin new.t := 'x'; return new; end $$; create trigger g before update on a for each row execute function f(); alter table a enable row level security; create policy p on a using (id > 0); create index i on a (lower(t)) where u is not null;",
  ],
];

describe("statements that lead from one PostgreSQL schema to another", () => {
  it.each(PAIRS)("of %s lead there", async (_, one, other) => {
    const before = adopt(await schemaOf(one), null, mint);
    const after = adopt(await schemaOf(other), before, mint);
    const { sql, impossible } = changeScript(await postgres.ddl(), before, diff(before, after));
    expect([impossible, (await proveScript(before, after, sql)).told]).toEqual([[], [expect.stringMatching(/^Proved: /)]]);
  });

  it("that do not lead there are told", async () => {
    const before = adopt(await schemaOf("create table a (id int)"), null, mint);
    const after = adopt(await schemaOf("create table a (id int, n int)"), before, mint);
    const [less, broken] = [
      await proveScript(before, after, "select 1;"),
      await proveScript(before, after, "alter table nope add x int"),
    ];
    expect([less.proved, less.told[1]]).toEqual([false, "  public.a: column n"]);
    expect([broken.proved, broken.told[0]]).toEqual([false, expect.stringMatching(/refused the statements: .*nope/)]);
  });
});
