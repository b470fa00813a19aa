import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Schema } from "#shared/model/index.ts";
import { readDatabaseFile } from "#shared/dialects/sqlite/database-file.ts";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import { sqliteCounts } from "../support/counts.ts";
import { referenceFiles } from "../support/reference.ts";
import { openDatabase, openSqlite } from "../support/sqljs.ts";

const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };

async function importText(text: string): Promise<Schema> {
  const { value } = await sqlite.importer.run(text, await openSqlite(), quiet);
  if (!value) throw new Error("nothing was imported");
  return value;
}

/** The truth counts the word CHECK in the text, which two constraints of this file also have in their names. */
const DIFFERENT: Readonly<Record<string, Readonly<Record<string, number>>>> = { sakila_sqlite: { checks_text: 2 } };

/** The schema run in an empty engine and read back. */
async function again(schema: Schema): Promise<Schema> {
  const engine = await openSqlite();
  for (const { sql } of sqlite.ddl.create(schema)) await engine.exec(sql);
  return (await sqlite.catalog.introspect(engine.query, { namespaces: [] })).value;
}

/** Order of what is not a column means nothing. */
function sorted(schema: Schema): unknown {
  const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...schema,
    tables: byId(schema.tables).map((t) => ({ ...t, constraints: byId(t.constraints), indexes: byId(t.indexes) })),
    foreignKeys: byId(schema.foreignKeys),
    views: byId(schema.views),
    verbatim: byId(schema.verbatim),
  };
}

describe.each(referenceFiles("sqlite"))("the reference dump $name", ({ name, path, truth }) => {
  const expected = { ...truth["sqlite3.40"], ...DIFFERENT[name] };

  it("has the counts of the real engine's catalogue, as SQL", async () => {
    const schema = await importText(await readFile(path, "utf8"));
    expect(sqliteCounts(schema)).toEqual(expected);
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
    expect(value && sqliteCounts(value)).toEqual(expected);
  });

  it("is written as SQL that reads back equal", async () => {
    const schema = await importText(await readFile(path, "utf8"));
    expect(sorted(await again(schema))).toEqual(sorted(schema));
  });
});
