import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, commandLine } from "../support/command-line.ts";

const BEFORE = `
CREATE TABLE person (id INTEGER PRIMARY KEY, mail TEXT NOT NULL, note TEXT, mood TEXT DEFAULT 'glad');
CREATE TABLE old_pet (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE INDEX person_note ON person (note);
`;
const AFTER = `
CREATE TABLE person (id INTEGER PRIMARY KEY, email TEXT NOT NULL, mood TEXT DEFAULT 'sad', age INTEGER);
CREATE TABLE visit (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER REFERENCES person (id) ON DELETE CASCADE);
`;
const POSTGRES = `
create type mood as enum ('glad', 'sad');
create table public.person (id bigserial primary key, mail text not null, mood mood default 'glad');
create table public.visit (id int primary key, person_id bigint references person on delete cascade, at timestamptz);
`;
const DBML = `
Project p {
  database_type: 'PostgreSQL'
}
Enum mood {
  glad
  sad
}
Table person {
  id bigserial [pk]
  email text [not null]
  mood mood [default: 'glad']
}
Table visit {
  id int [pk]
  person_id bigint [ref: > person.id, note: 'who came']
  at timestamptz
}
`;

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
  await cli.file("before.sql", BEFORE);
  await cli.file("after.sql", AFTER);
  await cli.file(
    "dump.sql",
    "-- MySQL dump 10.13\nCREATE TABLE `a` (`id` int unsigned NOT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB;\n",
  );
});
afterAll(() => cli.close());

interface Told {
  readonly equal: boolean;
  readonly counts: unknown;
  readonly changes: readonly { readonly kind: string; readonly entity: string; readonly name: string; readonly in: string }[];
  readonly sql?: { readonly text: string; readonly drops: readonly string[]; readonly makesAgain: readonly string[] };
}

describe("drawbridge diff", () => {
  it("tells in words what changed, a rename as a rename, and exits 1", async () => {
    const { code, out, err } = await cli.run(["diff", "before.sql", "after.sql"]);
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatchInlineSnapshot(`
      "main.old_pet
        - table old_pet: 1 column
      main.person
        - column note: TEXT
        ~ column mail
            name: mail becomes email
        ~ column mood
            default: 'glad' becomes 'sad'
        + column age: INTEGER
        - index person_note: on note
      main.visit
        + table visit: 2 columns
        + foreign key visit_person_id_fkey: person_id → person (id)
      8 differences: 3 added, 3 removed, 2 changed.
      "
    `);
  });

  it("exits 0 for two of different kinds that say the same", async () => {
    await cli.run(["convert", "after.sql", "--to", "json", "-o", "after.json"]);
    const { code, out } = await cli.run(["diff", "after.sql", "after.json"]);
    expect([out, code]).toEqual(["No difference: 2 tables in both.\n", 0]);
    expect((await cli.run(["diff", "after.sql", "-"], await readFile(cli.path("after.json")))).code).toBe(0);
  });

  it("compares what a person wrote as its engine prints it, and prints statements that lead there and say what they drop", async () => {
    await cli.file("shop.sql", POSTGRES);
    await cli.file("shop.dbml", DBML);
    const { code, out, err } = await cli.run(["diff", "shop.sql", "shop.dbml", "--sql"]);
    expect(code).toBe(1);
    expect(err).toContain("3 differences: 0 added, 0 removed, 3 changed.\n");
    expect(out).toContain("-- Brings shop.sql to shop.dbml. It has not been run: read it, and try it on a copy first.\n");
    expect(out).toContain("ALTER TABLE public.person RENAME COLUMN mail TO email;");
    expect(out).toContain("COMMENT ON COLUMN public.visit.person_id IS 'who came';");
    expect(out).toContain("ALTER TABLE public.visit ADD CONSTRAINT");
    expect(out).not.toMatch(/mood|glad/);
  });

  it("gives all of it as JSON, renames as drops where that is asked, and tells what its statements do to rows", async () => {
    const { code, out } = await cli.run(["diff", "before.sql", "after.sql", "--json", "--sql", "--no-renames"]);
    const told = JSON.parse(out) as Told;
    expect([code, told.equal, told.counts]).toEqual([1, false, { added: 4, removed: 4, changed: 1 }]);
    expect(
      told.changes.filter(({ entity }) => entity === "column").map(({ kind, name, in: where }) => [kind, name, where]),
    ).toEqual([
      ["removed", "mail", "main.person"],
      ["removed", "note", "main.person"],
      ["added", "email", "main.person"],
      ["changed", "mood", "main.person"],
      ["added", "age", "main.person"],
    ]);
    expect(told.sql?.drops).toEqual(["column person.mail", "column person.note", "table old_pet"]);
    expect(told.sql?.makesAgain).toEqual(["person"]);
    expect(told.sql?.text).toContain(
      "-- Makes the table person again and copies its rows: it cannot be changed in place.\n" +
        "-- Fails where person has rows: the new column email must have a value, and has no default.\n",
    );
    expect(told.sql?.text.match(/CREATE TABLE person/g)).toHaveLength(1);
    await cli.file("there.sql", `${BEFORE}\n${told.sql?.text ?? ""}`);
    expect(await cli.run(["diff", "there.sql", "after.sql"])).toMatchObject({ code: 0 });
  });

  it("runs its statements in an engine that holds the first, and says whether they led to the second", async () => {
    const { code, err, out } = await cli.run(["diff", "before.sql", "after.sql", "--sql", "--prove"]);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^Proved: run in a fresh SQLite [\d.]+ that held the first, it led to the second/m),
    ]);
    expect(out).toMatch(/^-- Brings before.sql to after.sql. It led there in a fresh SQLite [\d.]+ without rows: read it, and/);
    expect(out).toContain("INSERT OR ROLLBACK INTO person (id, email, mood) SELECT id, mail, mood FROM before_person;\n");
    const there = await cli.run(["diff", "shop.sql", "shop.dbml", "--sql", "--json", "--prove"]);
    expect([there.code, JSON.parse(there.out)]).toEqual([
      1,
      expect.objectContaining({ sql: expect.objectContaining({ proved: true }) as unknown }),
    ]);
    await cli.file(
      "dump-2.sql",
      "-- MySQL dump 10.13\nCREATE TABLE `a` (`id` bigint NOT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB;\n",
    );
    const unproved = await cli.run(["diff", "dump.sql", "dump-2.sql", "--sql", "--prove"]);
    expect([unproved.code, unproved.err]).toEqual([3, expect.stringContaining("NOT proved: no engine of MySQL runs here.\n")]);
  });

  it("exits 1 where one of them could not be read whole, though the rest is the same", async () => {
    await cli.file("broken.sql", `${AFTER}\nCREATE TABLE broken (x, x);`);
    const { code, out, err } = await cli.run(["diff", "broken.sql", "after.sql"]);
    expect([code, out]).toEqual([1, "No difference: 2 tables in both.\n"]);
    expect(err).toContain("duplicate column name: x");
  });

  it.each([
    [
      ["diff", "before.sql", "dump.sql"],
      "before.sql is of SQLite and dump.sql of MySQL: only two of one dialect can be compared.",
    ],
    [["diff", "before.sql"], "diff compares two files, not 1"],
    [["diff", "a", "b", "c"], "diff compares two files, not 3"],
    [["diff", "-", "-"], "Only one of the two can be standard input."],
    [["diff", "before.sql", "nowhere.sql"], "there is no such file."],
    [["diff", "a", "b", "--from", "cobol"], "--from cobol is not a kind"],
    [["diff", "a", "b", "--prove"], "--prove runs the statements of --sql: ask for both."],
    [["diff", "a", "b", "--to", "json"], "Unknown option '--to'"],
  ])("%j exits 2 with a sentence", async (args, expected) => {
    const { code, out, err } = await cli.run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(expected);
  });
});
