/** Scripts that change a SQLite database which has rows, run on real ones. */
import type { Database } from "sql.js";
import { describe, expect, it } from "vitest";
import { diff } from "#shared/diff/index.ts";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import { changeScript, type ChangeScript, hazards } from "#shared/drift/index.ts";
import { adopt, apply, type Schema } from "#shared/model/index.ts";
import { seeded } from "../support/generator.ts";
import { randomChange } from "../support/random-changes.ts";
import { openDatabase } from "../support/sqljs.ts";

let minted = 0;
const mint = (): string => `i${String((minted += 1))}`;

async function schemaOf(db: Database): Promise<Schema> {
  return (await sqlite.catalog.introspect(openSqljs(db).query, { namespaces: [] })).value;
}

const rows = (db: Database, sql: string): unknown => db.exec(sql)[0]?.values ?? [];

/** A database, and the script that leads from it to what other statements make. */
async function pair(
  before: string,
  after: string,
): Promise<{ readonly db: Database; readonly script: ChangeScript; readonly wanted: Schema }> {
  const [db, other] = [await openDatabase(), await openDatabase()];
  db.run(before);
  other.run(after);
  const from = adopt(await schemaOf(db), null, mint);
  const wanted = adopt(await schemaOf(other), from, mint);
  other.close();
  return { db, wanted, script: changeScript(await sqlite.ddl(), from, diff(from, wanted)) };
}

async function left(db: Database, wanted: Schema): Promise<unknown> {
  return diff(adopt(await schemaOf(db), wanted, mint), wanted);
}

const SHOP = `
PRAGMA foreign_keys = ON;
CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, mail TEXT UNIQUE, upper_name TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL, boss INTEGER REFERENCES person (id));
CREATE TABLE visit (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE, note TEXT);
CREATE TABLE log (what TEXT);
CREATE INDEX person_name ON person (name);
CREATE VIEW bosses AS SELECT id, name FROM person WHERE boss IS NULL;
CREATE TRIGGER person_ai AFTER INSERT ON person BEGIN INSERT INTO log VALUES ('person'); END;
CREATE TRIGGER visit_ai AFTER INSERT ON visit BEGIN INSERT INTO log SELECT name FROM person WHERE id = new.person_id; END;
`;
const ROWS = `
INSERT INTO person (name, mail, boss) VALUES ('Ada', 'ada@x', NULL), ('Bo', 'bo@x', 1), ('Cy', NULL, 1);
DELETE FROM person WHERE name = 'Cy';
INSERT INTO visit (person_id, note) VALUES (1, 'first'), (2, 'second');
`;

describe("a table that is made again", () => {
  it("keeps its rows, and those that point at it; what is generated is generated again", async () => {
    const after = SHOP.replace(
      "name TEXT, mail TEXT UNIQUE",
      "name TEXT NOT NULL CHECK (name <> ''), mail TEXT UNIQUE, age INTEGER DEFAULT 7",
    ).replace("(upper(name)) VIRTUAL", "(upper(name) || '!') STORED");
    const { db, script, wanted } = await pair(SHOP + ROWS, after);
    expect(script.copied).toEqual(["person"]);
    expect(hazards(script)).toEqual([
      "Makes the table person again and copies its rows: it cannot be changed in place.",
      "Fails where rows of person have no value in name, which must have one now.",
    ]);
    db.run(script.sql);
    expect(await left(db, wanted)).toEqual([]);
    expect(rows(db, "SELECT id, name, mail, age, upper_name, boss FROM person")).toEqual([
      [1, "Ada", "ada@x", 7, "ADA!", null],
      [2, "Bo", "bo@x", 7, "BO!", 1],
    ]);
    expect(rows(db, "SELECT person_id, note FROM visit")).toEqual([
      [1, "first"],
      [2, "second"],
    ]);
    // Nothing was inserted for its triggers, and they are there again; a number that was given is not given again.
    expect(rows(db, "SELECT count(*) FROM log")).toEqual([[5]]);
    db.run("PRAGMA foreign_keys = ON; INSERT INTO person (name) VALUES ('Di'); INSERT INTO visit (person_id) VALUES (4);");
    expect(rows(db, "SELECT max(id) FROM person UNION ALL SELECT count(*) FROM log")).toEqual([[4], [7]]);
    expect(rows(db, "SELECT count(*) FROM bosses")).toEqual([[2]]);
    expect(() => db.run("INSERT INTO visit (person_id) VALUES (99)")).toThrow("FOREIGN KEY");
    expect(rows(db, "PRAGMA foreign_key_check")).toEqual([]);
    db.run("DELETE FROM person WHERE id = 4");
    expect(rows(db, "SELECT count(*) FROM visit")).toEqual([[2]]);
    db.close();
  });

  it("loses nothing where its rows do not fit, whether a client stops at an error or goes on", async () => {
    const after = SHOP.replace("mail TEXT UNIQUE", "mail TEXT NOT NULL UNIQUE").replace(
      "note TEXT",
      "note INTEGER CHECK (note > 5)",
    );
    for (const goesOn of [false, true]) {
      const { db, script } = await pair(`${SHOP}${ROWS}INSERT INTO person (name) VALUES ('Ed');`, after);
      const before = [
        rows(db, "SELECT * FROM person"),
        rows(db, "SELECT * FROM visit"),
        rows(db, "SELECT sql FROM sqlite_schema ORDER BY name"),
      ];
      let refused = 0;
      for (const { sql } of goesOn ? statementsOf(script.sql) : [{ sql: script.sql }]) {
        try {
          db.run(sql);
        } catch {
          refused += 1;
        }
      }
      expect(refused).toBeGreaterThan(0);
      expect([rows(db, "SELECT * FROM person"), rows(db, "SELECT id, person_id, note FROM visit")]).toEqual(before.slice(0, 2));
      db.close();
    }
  });

  it("loses nothing where a value is of another type than a strict table takes, which ends a statement only", async () => {
    const { db, script } = await pair(
      "CREATE TABLE a (x TEXT) STRICT; INSERT INTO a VALUES ('one'), ('2');",
      "CREATE TABLE a (x INTEGER) STRICT;",
    );
    for (const { sql } of statementsOf(script.sql)) {
      try {
        db.run(sql);
      } catch {
        // What sqlite3 does without -bail.
      }
    }
    expect(rows(db, "SELECT x FROM a")).toEqual([["one"], ["2"]]);
    db.close();
  });

  it("is called otherwise, and what speaks of it too; tables change names with each other", async () => {
    const before =
      "CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a (id)); CREATE VIEW v AS SELECT t FROM a; INSERT INTO a VALUES (1, 'x'); INSERT INTO b VALUES (7, 1);";
    const db = await openDatabase();
    db.run(before);
    const from = adopt(await schemaOf(db), null, mint);
    const swap: Readonly<Record<string, string>> = { a: "b", b: "a" };
    const wanted: Schema = {
      ...from,
      tables: from.tables.map((table) => ({ ...table, name: swap[table.name] ?? table.name })),
      views: from.views.map((view) => ({ ...view, definition: "SELECT t FROM b" })),
    };
    const script = changeScript(await sqlite.ddl(), from, diff(from, wanted));
    db.run(script.sql);
    expect([rows(db, "SELECT * FROM b"), rows(db, "SELECT * FROM a"), rows(db, "SELECT * FROM v")]).toEqual([
      [[1, "x"]],
      [[7, 1]],
      [["x"]],
    ]);
    db.run("PRAGMA foreign_keys = ON");
    expect(() => db.run("INSERT INTO a VALUES (8, 99)")).toThrow("FOREIGN KEY");
    db.close();
  });

  it("of names that are words of SQL or hold quotes is made again all the same", async () => {
    const before = `CREATE TABLE "order" ("group" TEXT, "it's" INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO "order" VALUES ('x', 5); CREATE TABLE "before_order" (z);`;
    const { db, script, wanted } = await pair(
      before,
      before.replace('"group" TEXT', `"group" TEXT DEFAULT 'a''b'`).replace(/INSERT.*?;/, ""),
    );
    db.run(script.sql);
    expect([
      await left(db, wanted),
      rows(db, `SELECT * FROM "order"`),
      rows(db, "SELECT name, seq FROM sqlite_sequence"),
    ]).toEqual([[], [["x", 5]], [["order", 5]]]);
    db.close();
  });
});

/** Statement by statement, as a shell reads them. */
function statementsOf(sql: string): readonly { readonly sql: string }[] {
  const splitter = sqlite.splitter();
  return [...splitter.push(sql), ...splitter.end()].map(({ text }) => ({ sql: text }));
}

describe("any changes", () => {
  it("lead to what they should, with every row of the tables that stay", async () => {
    let ran = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = seeded(seed);
      const db = await openDatabase();
      db.run(SHOP.replace("mail TEXT UNIQUE", "mail TEXT") + ROWS);
      const from = adopt(await schemaOf(db), null, mint);
      let wanted = from;
      for (let at = 0; at < 5; at += 1) wanted = apply(wanted, [randomChange(wanted, random, mint)]);
      const script = changeScript(await sqlite.ddl(), from, diff(from, wanted));
      const other = await openDatabase();
      let read: Schema;
      try {
        other.run(sqliteScript(await sqlite.ddl(), wanted));
        other.run("PRAGMA foreign_key_check");
        read = adopt(await schemaOf(other), wanted, mint);
      } catch {
        // Drawn without regard for what speaks of what: no SQLite holds it.
        continue;
      } finally {
        other.close();
      }
      if (script.risks.length > 0) continue;
      ran += 1;
      db.run(script.sql);
      expect(await left(db, read), `seed ${String(seed)}`).toEqual([]);
      const stay = from.tables.filter(({ id }) => wanted.tables.some((table) => table.id === id));
      for (const { id, name } of stay) {
        const now = wanted.tables.find((table) => table.id === id)?.name ?? "";
        const expected = { person: 2, visit: 2, log: 5 }[name];
        expect(rows(db, `SELECT count(*) FROM "${now}"`), `seed ${String(seed)}, ${name}`).toEqual([[expected]]);
      }
      db.close();
    }
    // Others are changes that no SQLite takes, or that rows may not fit.
    expect(ran).toBeGreaterThan(25);
  });
});

const sqliteScript = (ddl: Awaited<ReturnType<typeof sqlite.ddl>>, schema: Schema): string => ddl.script(ddl.create(schema));
