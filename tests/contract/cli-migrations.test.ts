import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, commandLine } from "../support/command-line.ts";

const fixtures = join(import.meta.dirname, "..", "fixtures", "migrations");
const drizzle = join(fixtures, "drizzle", "folder");
const numbered = join(fixtures, "numbered", "folder");

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());

describe("a folder of migrations on the command line", () => {
  it("is converted as what its last one leaves, proved", async () => {
    const { code, out, err } = await cli.run(["convert", drizzle, "--to", "sqlite"]);
    expect(code).toBe(0);
    expect(err).toMatch(/Drizzle, 2 migrations replayed in SQLite [\d.]+, up to 0001\.\n/);
    expect(err).toContain("Left out: 0002_stray.sql (the journal does not name it).");
    expect(err).toContain("Proved: 2 statements run in a fresh SQLite");
    expect(out).toContain("name TEXT NOT NULL");
  });

  it.each(["0000", "quiet_bear", "0000_quiet_bear"])("stops after %s", async (at) => {
    const { code, out, err } = await cli.run(["convert", drizzle, "--to", "sqlite", "--at", at]);
    expect([code, err]).toEqual([0, expect.stringContaining("Drizzle, 1 migration replayed in SQLite")]);
    expect(out).toMatch(/name TEXT\n/);
  });

  it("is checked, with what was refused in which file and line", async () => {
    const { code, out } = await cli.run(["check", numbered, "--json"]);
    const { accepted, problems } = JSON.parse(out) as {
      readonly accepted: boolean;
      readonly problems: readonly { readonly file: string; readonly code: string; readonly line: number | null }[];
    };
    expect([code, accepted]).toEqual([1, false]);
    expect(problems).toContainEqual(
      expect.objectContaining({ file: join(numbered, "2_also.sql"), code: "import.refused", line: 1 }),
    );
    expect(problems.map((one) => one.code)).toContain("migrations.twice");
  });

  it("is compared with a file", async () => {
    await cli.file("now.sql", "CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, name text NOT NULL, age int);");
    const { code, out } = await cli.run(["diff", drizzle, "now.sql"]);
    expect([code, out]).toEqual([1, expect.stringContaining("  + column age: INT\n")]);
  });

  it("may be one text that Alembic wrote", async () => {
    const { out } = await cli.run([
      "convert",
      join(fixtures, "alembic", "folder", "migrations.sql"),
      "--to",
      "dbml",
      "--at",
      "1975ea83b712",
    ]);
    expect(out).toContain("Table account {");
    expect(out).not.toContain("last_transaction_date");
  });

  it.each([
    [["convert", drizzle, "--to", "sqlite", "--at", "7"], "none of its 2 migrations is 7; the first is 0000, the last 0001."],
    [["check", "empty"], "empty holds no migrations that can be replayed here: there is no SQL file in it."],
    [["check", "back"], "all of its files lead back (down, undo)."],
    [["convert", "odd", "--to", "json"], "they are for oracle. Say what to read them as: --from postgres, mysql"],
    [["convert", drizzle, "--to", "json", "--from", "json"], "they are for json."],
  ])("%j exits 1 with a sentence", async (args, expected) => {
    await cli.file("empty/readme.md", "nothing");
    await cli.file("back/1_a.down.sql", "drop table a;");
    await cli.file("odd/oracle/V1__a.sql", "create table a (x number(3));");
    const { code, out, err } = await cli.run(args);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(expected);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});

describe("a folder of DBML files on the command line", () => {
  it("is one design, read from the file that uses the others", async () => {
    await cli.file("shop/orders.dbml", "use * from './lib/people'\nTable orders {\n  buyer int [ref: > person.id]\n}\n");
    await cli.file("shop/lib/people.dbml", "Table person {\n  id int [pk]\n}\n");
    await cli.file("shop/old.dbml", "Table old {\n  id int [pk]\n}\n");
    const { code, out, err } = await cli.run(["convert", "shop", "--to", "sqlite"]);
    expect([code, err]).toEqual([0, expect.stringContaining("shop: 2 DBML files, of which orders.dbml is the main one.\n")]);
    expect(err).toContain("Left out: old.dbml (orders.dbml does not use it).");
    expect(out).toMatch(/FOREIGN KEY \(buyer\) REFERENCES person/);
    expect(out).not.toContain("old");
  });

  it("says which file is missing", async () => {
    await cli.file("half/a.dbml", "Table a {\n  id int [pk]\n}\nuse * from './nowhere'\n");
    const { code, err } = await cli.run(["convert", "half", "--to", "sqlite"]);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("half:4: error: The file ./nowhere, which is used here, was not found. Open it together"),
    ]);
  });
});
