import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDesign, writeDesign } from "#shared/formats/json/index.ts";
import { invariants, type Schema } from "#shared/model/index.ts";
import { readDatabaseFile } from "#shared/dialects/sqlite/database-file.ts";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import { sentence } from "#shared/result/index.ts";
import { referenceFiles } from "../support/reference.ts";
import { sorted } from "../support/sorted.ts";
import { openDatabase, openSqlite } from "../support/sqljs.ts";
import { beside } from "../support/truth.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

async function importText(text: string): Promise<Schema> {
  const { value } = await sqlite.importer.run(text, await openSqlite(), quiet);
  if (!value) throw new Error("nothing was imported");
  return value;
}

/** The schema run in an empty engine and read back. */
async function again(schema: Schema): Promise<Schema> {
  const engine = await openSqlite();
  for (const { sql } of (await sqlite.ddl()).create(schema)) await engine.exec(sql);
  return (await sqlite.catalog.introspect(engine.query, { namespaces: [] })).value;
}

describe.each(referenceFiles("sqlite"))("the reference dump $name", (file) => {
  const { name, path } = file;

  it("has the counts of the real engine's catalogue, as SQL", async () => {
    const schema = await importText(await readFile(path, "utf8"));
    const { read, expected } = beside(file, schema);
    expect(read).toEqual(expected);
  });

  it("has them as a database file", async () => {
    const db = await openDatabase();
    const engine = openSqljs(db);
    const text = await readFile(path, "utf8");
    await sqlite.importer.run(text, engine, { ...quiet, loadData: true });
    const bytes = db.export();
    db.close();
    const opened = await openDatabase(bytes);
    const { value } = await readDatabaseFile(bytes, "x.sqlite", () => opened);
    if (!value) throw new Error("nothing was read");
    const { read, expected } = beside(file, value);
    expect(read).toEqual(expected);
  });

  it("is a design file that opens again, equal", async () => {
    const design = { name, schema: await importText(await readFile(path, "utf8")), diagrams: [] };
    expect(readDesign(writeDesign(design))).toEqual({ value: design, problems: [] });
  });

  it("is written as SQL that reads back equal", async () => {
    const schema = await importText(await readFile(path, "utf8"));
    expect(sorted(await again(schema))).toEqual(sorted(schema));
  });
});

const CASES = join(import.meta.dirname, "..", "fixtures", "sqlite");

/** Each folder holds `in.sql`, and what comes of it: `out.sql`, written again, and `report.txt`. */
describe.each(readdirSync(CASES))("the case %s", (name) => {
  it("is read, told, written and read again, equal", async () => {
    const text = await readFile(join(CASES, name, "in.sql"), "utf8");
    const { value, problems } = await sqlite.importer.run(text, await openSqlite(), quiet);
    const told = problems.map((problem) => `${problem.severity} ${String(problem.at?.line ?? "-")}: ${sentence(problem)}\n`);
    const report = told.join("").replaceAll(/SQLite \d[\d.]*/g, "SQLite");
    await expect(report).toMatchFileSnapshot(join(CASES, name, "report.txt"));
    if (!value) return;
    await expect(await wholeScript(sqlite, value)).toMatchFileSnapshot(join(CASES, name, "out.sql"));
    expect(invariants(value)).toEqual([]);
    const written = await wholeScript(sqlite, value);
    const back = await sqlite.importer.run(written, await openSqlite(), quiet);
    expect(back.value && sorted(back.value)).toEqual(sorted(value));
  });
});

describe("a database file", () => {
  it.each([
    ["nothing", new Uint8Array(), "The file is empty. Choose a file with a schema in it."],
    ["encrypted bytes", crypto.getRandomValues(new Uint8Array(4096)), "it is encrypted, or not an SQLite database"],
    ["a header and noise", new TextEncoder().encode(`SQLite format 3\0${"x".repeat(4000)}`), "the file is damaged"],
  ])("of %s gives one sentence", async (_name, bytes, expected) => {
    const opened = await openDatabase(bytes.length > 0 ? bytes : undefined);
    const { value, problems } = await readDatabaseFile(bytes, "x.sqlite", () => opened);
    expect(value).toBeNull();
    expect(problems.map(sentence).join("|")).toContain(expected);
    expect(problems).toHaveLength(1);
  });

  it("cut in the middle gives one sentence or what is left", async () => {
    const db = await openDatabase();
    for (let n = 0; n < 200; n += 1) db.run(`create table t${String(n)} (id integer primary key, ${"c".repeat(100)} text)`);
    const bytes = db.export();
    db.close();
    const half = bytes.slice(0, bytes.length / 2);
    const opened = await openDatabase(half);
    const { value, problems } = await readDatabaseFile(half, "x.sqlite", () => opened);
    expect(value !== null || problems.length === 1).toBe(true);
  });

  it("with a virtual table of an absent module keeps it, without its shadow tables", async () => {
    const db = await openDatabase();
    db.run("pragma writable_schema = on");
    db.run("insert into sqlite_schema values ('table', 's', 's', 0, 'CREATE VIRTUAL TABLE s USING fts5(a)')");
    db.run("create table s_data (id integer primary key, block blob); create table t (id integer primary key)");
    const bytes = db.export();
    db.close();
    const opened = await openDatabase(bytes);
    const { value, problems } = await readDatabaseFile(bytes, "x.sqlite", () => opened);
    expect(value?.tables.map(({ name }) => name)).toEqual(["t"]);
    expect(value?.verbatim.map(({ definition }) => definition)).toEqual(["CREATE VIRTUAL TABLE s USING fts5(a);"]);
    expect(problems.map(({ code }) => code)).toEqual(["import.skipped"]);
  });

  it("with strict, rowid-less and generated tables, and modules that are not here, comes through", async () => {
    const db = await openDatabase();
    db.run(`create table s (id int primary key, n any, twice int as (id * 2) stored, thrice int as (id * 3)) strict, without rowid;
      create table area_node (nodeno, data); create table area_rowid (rowid, nodeno); create table area_parent (nodeno, parentnode);
      create table words_data (id, block); create table words_idx (segid); create table words_content (id); create table words_docsize (id);
      create table words_config (k primary key, v) without rowid; create table words_of_mine (id)`);
    db.run("pragma writable_schema = on");
    const virtual = ["CREATE VIRTUAL TABLE area USING rtree(id, minX, maxX)", "CREATE VIRTUAL TABLE words USING fts5(title)"];
    for (const sql of virtual) {
      const name = sql.split(" ")[3] ?? "";
      db.run("insert into sqlite_schema values ('table', ?1, ?1, 0, ?2)", [name, sql]);
    }
    const bytes = db.export();
    db.close();
    const opened = await openDatabase(bytes);
    const { value } = await readDatabaseFile(bytes, "x.sqlite", () => opened);
    expect(value?.tables.map(({ name }) => name)).toEqual(["s", "words_of_mine"]);
    expect(value?.verbatim.map(({ definition }) => definition)).toEqual(virtual.map((sql) => `${sql};`));
    const [strict] = value?.tables ?? [];
    expect(strict?.options).toEqual({ without_rowid: "true", strict: "true" });
    expect(strict?.columns.map(({ generated }) => generated)).toEqual([
      null,
      null,
      { expression: "id * 2", stored: true },
      { expression: "id * 3", stored: false },
    ]);
    // What an engine without the modules can hold is written and read again.
    const there = { ...(value as Schema), verbatim: [] };
    expect(sorted(await again(there))).toEqual(sorted(there));
  });

  it("with a write-ahead log is read", async () => {
    const db = await openDatabase();
    db.run("create table t (id integer primary key)");
    const bytes = db.export();
    db.close();
    bytes[18] = bytes[19] = 2;
    const { Database } = await (await import("sql.js")).default();
    const { value } = await readDatabaseFile(bytes, "x.sqlite", (readable) => new Database(readable));
    expect(value?.tables.map(({ name }) => name)).toEqual(["t"]);
  });
});

it("rows that roll back do not take the schema with them", async () => {
  const text = "CREATE TABLE t (a UNIQUE ON CONFLICT ROLLBACK); INSERT INTO t VALUES (1); INSERT INTO t VALUES (1);";
  const { value, problems } = await sqlite.importer.run(text, await openSqlite(), { ...quiet, loadData: true });
  expect(value?.tables.map(({ name }) => name)).toEqual(["t"]);
  expect(problems.map(({ code, at }) => [code, at?.column])).toEqual([["import.refused", 75]]);
});
