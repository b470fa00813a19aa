/** What a statement needs and becomes before it is run, and what is provided when the engine lacks something. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPglite } from "../../../../tests/support/pglite.ts";
import type { Engine, EngineError } from "../../dialect.ts";
import { postgres } from "../index.ts";
import { copyInserts } from "./copy.ts";
import { prepare } from "./prepare.ts";
import { rolesIn } from "./scan.ts";

describe("roles that a statement speaks of", () => {
  it.each<[sql: string, roles: readonly string[]]>([
    ["ALTER TABLE t OWNER TO Someone", ["someone"]],
    ['GRANT ALL ON t TO a, "B c" WITH GRANT OPTION', ["a", "B c"]],
    ["GRANT SELECT ON t TO reader", ["reader"]],
    ["REVOKE ALL ON SCHEMA public FROM PUBLIC", []],
    ["CREATE POLICY p ON t FOR SELECT TO editor, anon USING (true)", ["editor", "anon"]],
    ["ALTER DEFAULT PRIVILEGES FOR ROLE boss GRANT SELECT ON TABLES TO staff", ["boss", "staff"]],
    ["CREATE SCHEMA AUTHORIZATION joe", ["joe"]],
    ["CREATE TABLE t (a text)", []],
  ])("%s", (sql, roles) => {
    expect(rolesIn(sql)).toEqual(expect.arrayContaining([...roles]));
    expect(rolesIn(sql)).toHaveLength(roles.length);
  });
});

describe("extensions that a script needs", () => {
  it.each<[sql: string, names: readonly string[]]>([
    ['CREATE EXTENSION hstore; create extension if not exists "uuid-ossp" with schema x', ["hstore", "uuid-ossp"]],
    ["CREATE EXTENSION citext; CREATE EXTENSION CITEXT", ["citext"]],
    ["CREATE TABLE extension (a int)", []],
  ])("%s", (sql, names) => {
    expect(postgres.needs(sql)).toEqual(names);
  });
});

describe("a statement before it is run", () => {
  it.each<[sql: string, becomes: string | null]>([
    ["CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX  i ON t (a)"],
    ["CREATE ROLE joe", null],
    ["CREATE USER MAPPING FOR PUBLIC SERVER s", "CREATE USER MAPPING FOR PUBLIC SERVER s"],
    ["ALTER TABLE t OWNER TO joe", null],
    ["ALTER TABLE t SET TABLESPACE fast", null],
    ["SET client_encoding = 'LATIN1'", null],
    ["SET search_path = app", "SET search_path = app"],
    ["COMMIT", null],
    ["CREATE TABLE t (a int)", "CREATE TABLE t (a int)"],
  ])("%s", (sql, becomes) => {
    const prepared = prepare(sql);
    expect(prepared.do === "run" ? prepared.sql : null).toBe(becomes);
  });
});

describe("rows of a COPY", () => {
  it("become statements", () => {
    const block = "COPY t (a, b) FROM stdin;\n1\tit's\\ttabbed\\\\\n\\N\t\\x41\\101\n\\.\n";
    expect([...copyInserts("COPY t (a, b) FROM stdin", block)]).toEqual([
      "INSERT INTO t (a, b) OVERRIDING SYSTEM VALUE VALUES ('1',  E'it''s\ttabbed\\\\'),\n(NULL, 'AA')",
    ]);
    expect([...copyInserts("COPY t FROM stdin WITH (FORMAT csv)", block)]).toEqual([]);
  });
});

describe("what is provided to a design that is run", () => {
  let engine: Engine;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ engine, close } = await openPglite());
  });
  beforeEach(() => engine.exec("rollback; begin; savepoint s"));
  afterAll(() => close());

  /** Runs a statement as the proof does: what is refused is run again as `provide` says. Gives the code of the last refusal. */
  async function run(sql: string, tries = 4): Promise<string | null> {
    await engine.exec("savepoint s");
    try {
      await engine.exec(sql);
      return null;
    } catch (thrown) {
      await engine.exec("rollback to savepoint s");
      const error = thrown as EngineError;
      const again = tries === 0 ? null : await postgres.provide(engine, error, sql);
      return again === null ? error.code : run(again, tries - 1);
    }
  }

  it.each<[what: string, statements: readonly string[], refused: readonly (string | null)[]]>([
    ["roles", ["create table t (a int)", "grant select on t to somebody_else"], [null, null]],
    ["an extension and its types", ["create extension postgis", "create table t (a public.geometry(Point,4326))"], [null, null]],
    ["no type without an extension", ["create table t (a public.nothing)"], ["42704"]],
    ["Supabase's schema", ["create table t (id uuid references auth.users (id), by uuid default auth.uid())"], [null]],
    ["no other schema", ["create table t (a nowhere.b)"], ["3F000"]],
  ])("%s", async (_what, statements, refused) => {
    const said: (string | null)[] = [];
    for (const sql of statements) said.push(await run(sql));
    expect(said).toEqual(refused);
  });
});
