/** The engine that one case of a test leaves to the next is empty: `tests/support/pglite.ts`. */
import { expect, it } from "vitest";
import type { Engine } from "#shared/dialects/dialect.ts";
import { postgres } from "#shared/dialects/postgres/index.ts";
import { openPglite } from "../support/pglite.ts";

/** Opens an engine, leaves something there, and opens one again. */
async function after(left: readonly string[]): Promise<{ readonly same: boolean; readonly next: Engine }> {
  const first = await openPglite();
  for (const sql of left) await first.engine.exec(sql).catch(() => undefined);
  await first.close();
  const second = await openPglite();
  await second.close();
  return { same: second.engine === first.engine, next: second.engine };
}

const value = async ({ query }: Engine, sql: string): Promise<unknown> => (await query(sql))[0]?.[0];

it.each([
  [
    "tables, types and functions",
    ["create schema s", "create type s.t as enum ('a')", "create table a (b s.t)", "create view v as select 1"],
  ],
  ["the schema of every database", ["drop schema public cascade", "create schema public", "comment on schema public is 'mine'"]],
  [
    "roles and what they own",
    [
      "create role r",
      "create table a (b int)",
      "grant select on a to r",
      "alter default privileges for role r grant select on tables to r",
    ],
  ],
  [
    "objects of no schema",
    [
      "create language l handler plpgsql_call_handler",
      "create publication p for all tables",
      "create access method m type table handler heap_tableam_handler",
    ],
  ],
  ["a transaction that is open, and failed", ["begin", "create table a (b int)", "select nothing"]],
  [
    "settings, prepared statements, temporary tables",
    ["set search_path = pg_catalog", "prepare p as select 1", "create temp table a (b int)"],
  ],
])("%s are gone", async (_what, left) => {
  const { same, next } = await after(left);
  // A session that had a temporary table has a schema for it from then on.
  expect(same).toBe(!left.some((sql) => sql.includes("temp")));
  expect(await value(next, "show search_path")).toBe("public");
  expect((await postgres.catalog.introspect(next.query, { namespaces: [] })).value).toMatchObject({
    namespaces: [{ name: "public", comment: null }],
    tables: [],
    types: [],
    views: [],
    verbatim: [],
  });
  expect(await value(next, "select count(*) from pg_roles where oid >= 16384")).toBe(0);
  expect(await value(next, "select 'public'::regnamespace::oid")).toBe(2200);
});

it("an engine that still holds something is not used again", async () => {
  for (const sql of [
    "comment on function pg_catalog.lower(text) is 'mine'",
    "create function pg_catalog.mine() returns int language sql as 'select 1'",
  ]) {
    const { same, next } = await after([sql]);
    expect({ sql, same }).toEqual({ sql, same: false });
    expect(await value(next, "select count(*) from pg_proc where proname = 'mine'")).toBe(0);
  }
});
