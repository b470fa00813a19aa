import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, commandLine } from "../support/command-line.ts";
import { openDatabase } from "../support/sqljs.ts";

const root = join(import.meta.dirname, "..", "..");

const POSTGRES = `
create type mood as enum ('glad', 'sad');
create table public.person (id bigserial primary key, name text not null check (name <> ''), mood mood default 'glad');
create table public.pet (id int generated always as identity primary key, owner bigint references person on delete cascade);
create index pet_owner on public.pet (owner) where owner is not null;
create view public.glad as select id from person where mood = 'glad';
create function public.one() returns int language sql as $$ select 1; $$;
insert into person (name) values ('a;b');
`;

const SQLITE = `
PRAGMA foreign_keys = ON;
CREATE TABLE author (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author(id), title TEXT COLLATE NOCASE);
CREATE INDEX book_title ON book (title DESC) WHERE title IS NOT NULL;
CREATE TRIGGER book_ai AFTER INSERT ON book BEGIN UPDATE author SET name = name; END;
INSERT INTO author VALUES (1, 'x');
`;

let cli: CommandLine;
const drawbridge: CommandLine["run"] = (...args) => cli.run(...args);
const file: CommandLine["file"] = (...args) => cli.file(...args);
const pathOf = (name: string): string => cli.path(name);

beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());

describe("drawbridge convert", () => {
  it("goes from PostgreSQL to a design file and back, proved, with nothing lost", async () => {
    const sql = await file("shop.sql", POSTGRES);
    const toJson = await drawbridge(["convert", sql, "--to", "json", "-o", "shop.json"]);
    expect([toJson.code, toJson.out]).toEqual([0, ""]);
    const back = await drawbridge(["convert", "shop.json", "--to", "postgres", "-o", "again.sql"]);
    expect(back.err).toMatch(/^Proved: \d+ statements run in a fresh PostgreSQL [\d.]+ and read back equal\.\n$/);
    expect(back.code).toBe(0);
    const again = await drawbridge(["convert", "again.sql", "--to", "json"]);
    const design = (text: string) => (JSON.parse(text) as { readonly schema: unknown }).schema;
    expect(design(again.out)).toEqual(design(await readFile(pathOf("shop.json"), "utf8")));
  });

  it("reads a database file and writes SQL that holds the same", async () => {
    const db = await openDatabase();
    db.run(SQLITE);
    const path = await file("library.sqlite", db.export());
    db.close();
    const { code, out, err } = await drawbridge(["convert", path, "--to", "sqlite"]);
    expect(err).toContain("Proved: 4 statements run in a fresh SQLite");
    expect(code).toBe(0);
    expect(out).toContain("id INTEGER PRIMARY KEY AUTOINCREMENT");
    expect(out).toContain("CREATE INDEX book_title ON book (title DESC) WHERE title IS NOT NULL;");
    expect(out).not.toContain("INSERT INTO");
  });

  it("reads standard input, UTF-16 too, and says so", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SQLITE, "utf16le")]);
    const { code, out, err } = await drawbridge(["convert", "-", "--from", "sqlite", "--to", "sqlite", "--no-verify"], utf16);
    expect(code).toBe(0);
    expect(err).toContain("standard input: note: The text was read as UTF-16LE.");
    expect(err).toContain("Not run in an engine, as you asked.");
    expect(out).toContain("CREATE TABLE author");
  });

  it("writes what it could read and tells the line of what was refused", async () => {
    const path = await file("half.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);\n\nCREATE TABLE b (x, x);\n");
    const { code, out, err } = await drawbridge(["convert", path, "--from", "sqlite", "--to", "sqlite"]);
    expect(code).toBe(1);
    expect(err).toMatch(/half\.sql:3: error: SQLite [\d.]+ refused this statement: duplicate column name: x\n/);
    expect(out).toContain("CREATE TABLE a (");
  });

  it("reads and writes a mysqldump, and says that nothing proved it", async () => {
    const path = await file(
      "dump.sql",
      "-- MySQL dump 10.13\nCREATE TABLE `a` (`id` int unsigned NOT NULL, PRIMARY KEY (`id`));\n",
    );
    const { code, out, err } = await drawbridge(["convert", path, "--to", "mysql"]);
    expect(code).toBe(0);
    expect(err).toContain("NOT proved: no engine of MySQL runs here.\n");
    expect(out).toContain("CREATE TABLE `a` (\n  `id` int unsigned NOT NULL,\n  PRIMARY KEY (`id`)\n)");
    const checked = await drawbridge(["check", path]);
    expect(checked.out).toContain("1 tables, 1 columns, 0 foreign keys, 0 indexes, 0 views; read, NOT proved.\n");
  });

  it("goes from a dump to DBML and back, telling what is lost, and reads files that use others", async () => {
    const sql = await file("shop2.sql", POSTGRES);
    const there = await drawbridge(["convert", sql, "--to", "dbml", "-o", "shop.dbml"]);
    expect(there.err).toContain("shop.dbml: warning: DBML does not hold 1 views.\n");
    expect(there.code).toBe(0);
    const text = await readFile(pathOf("shop.dbml"), "utf8");
    expect(text).toContain("Table person {\n  id bigserial [pk]\n");
    expect(text).toContain("Ref: pet.owner > person.id [delete: cascade]\n");
    const back = await drawbridge(["convert", "shop.dbml", "--to", "postgres"]);
    expect(back.err).toMatch(/^Proved: \d+ statements/);
    expect(back.out).toContain("CREATE TABLE public.person (");
    await file("more.dbml", "use { table pet } from './shop'\nTable toy {\n  id int [pk]\n  pet_id int [ref: > pet.id]\n}\n");
    const both = await drawbridge(["check", "more.dbml"]);
    expect(both.out).toMatch(/more\.dbml: 2 tables, 4 columns, 1 foreign keys, .*; accepted by PostgreSQL [\d.]+\.\n$/);
    const old = await drawbridge(["convert", "shop.dbml", "--to", "dbml", "--variant", "classic"]);
    expect(old.err).toContain("DBML classic (up to 3) does not hold 1 check constraints.");
    expect(old.out).not.toContain("checks");
  });

  it("goes from one dialect to another, proved, with a list of what is lost", async () => {
    const path = await file(
      "cross.sql",
      "PRAGMA x; CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT COLLATE NOCASE);",
    );
    const { code, out, err } = await drawbridge(["convert", path, "--from", "sqlite", "--to", "postgres"]);
    expect(err).toContain("PostgreSQL does not hold 1 collations.");
    expect(err).toMatch(/Proved: \d+ statements run in a fresh PostgreSQL [\d.]+ and read back equal\.\n$/);
    expect(out).toContain("id bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL");
    expect(code).toBe(0);
    const strict = await drawbridge(["convert", path, "again.sql", "--from", "sqlite", "--to", "postgres", "--strict"]);
    expect([strict.code, strict.err]).toEqual([1, err.replaceAll("standard output", "again.sql")]);
    expect(await readFile(pathOf("again.sql"), "utf8")).toBe(out);
    const there = await drawbridge(["convert", await file("shop-2.sql", POSTGRES), "--from", "postgres", "--to", "sqlite"]);
    expect(there.err).toContain("SQLite does not hold 1 views");
    expect(there.err).toContain("Proved: ");
    expect(there.out).toContain("CHECK (mood IN ('glad', 'sad'))");
    const written = await drawbridge(["convert", pathOf("shop-2.sql"), "--from", "postgres", "--to", "mysql"]);
    expect(written.err).toContain("NOT proved: no engine of MySQL runs here.");
    expect(written.out).toContain("enum('glad','sad')");
  });
});

describe("drawbridge convert paints", () => {
  const sizeOf = (png: Buffer): number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];

  it("the diagram as PNG and JPEG at any scale, named by the file", async () => {
    const sql = await file("one.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a (id));");
    const design = await drawbridge(["convert", sql, "one.json", "--from", "sqlite"]);
    expect([design.code, design.out]).toEqual([0, ""]);
    const [one, three, photo] = [
      await drawbridge(["convert", "one.json", "one.png", "--scale", "1"]),
      await drawbridge(["convert", "one.json", "three.png", "--scale", "3", "--variant", "dark"]),
      await drawbridge(["convert", "one.json", "-o", "one.jpg"]),
    ];
    const png = await readFile(pathOf("one.png"));
    const [width = 0, height = 0] = sizeOf(png);
    expect([one.code, one.err]).toEqual([
      0,
      expect.stringContaining(`Painted at ${String(width)} × ${String(height)} pixels.\n`),
    ]);
    expect([width > 300, height > 100, png.length > 1000]).toEqual([true, true, true]);
    expect([three.code, sizeOf(await readFile(pathOf("three.png")))]).toEqual([0, [3 * width, 3 * height]]);
    expect([photo.code, (await readFile(pathOf("one.jpg"))).subarray(0, 3).toString("hex")]).toEqual([0, "ffd8ff"]);
  });

  it("no more pixels than there may be, and says so", async () => {
    const tables = Array.from({ length: 60 }, (_, at) => `CREATE TABLE t${String(at)} (id INTEGER PRIMARY KEY);`);
    const path = await file("wide.sql", tables.join("\n"));
    const { code, err } = await drawbridge(["convert", path, "wide.png", "--from", "sqlite", "--scale", "20"]);
    const [width = 0, height = 0] = sizeOf(await readFile(pathOf("wide.png")));
    expect(code).toBe(0);
    expect(width * height).toBeLessThanOrEqual(64_000_000);
    expect(err).toMatch(
      /^Painted at [\d,]+ × [\d,]+ pixels: at --scale 20 it would be [\d,]+ × [\d,]+, and 16,000 on a side and 64 million/m,
    );
  });
});

describe("drawbridge check", () => {
  it("accepts what the engine accepts", async () => {
    const path = await file("good.sql", SQLITE);
    const { code, out } = await drawbridge(["check", path]);
    expect(out).toMatch(/good\.sql: 2 tables, 5 columns, 1 foreign keys, 1 indexes, 0 views; accepted by SQLite [\d.]+\.\n$/);
    expect(code).toBe(0);
  });

  it("refuses a foreign key whose target is not unique, which SQLite itself lets pass", async () => {
    const path = await file("bad.sql", "PRAGMA x; CREATE TABLE a (x INTEGER); CREATE TABLE b (y INTEGER REFERENCES a (x));");
    const { code, err } = await drawbridge(["check", path]);
    expect(code).toBe(1);
    expect(err).toContain('bad.sql: error: b.b_y_fkey: SQLite: foreign key mismatch - "b" referencing "a"\n');
  });

  it("proves a design file, and gives its verdict as JSON", async () => {
    const column = { id: "c", name: "c", type: "nonsense" };
    const table = { id: "t", name: "t", namespaceId: "n", columns: [column] };
    const schema = { dialect: "postgres", namespaces: [{ id: "n", name: "public" }], tables: [table] };
    const path = await file("design.json", JSON.stringify({ format: "drawbridge/1", name: "x", schema }));
    const { code, out, err } = await drawbridge(["check", path, "--json"]);
    const report = JSON.parse(out) as { accepted: boolean; dialect: string; problems: { about: string; message: string }[] };
    expect([code, err, report.accepted, report.dialect]).toEqual([1, "", false, "postgres"]);
    expect(report.problems.map(({ about, message }) => [about, message])).toEqual([
      ["t.c", 'PostgreSQL: type "nonsense" does not exist'],
    ]);
  });
});

describe("bad input gets a sentence and exit code 1", () => {
  it.each([
    ["an empty file", "", "The file is empty. Choose a file with a schema in it."],
    ["spaces", " \n ", "The file is empty."],
    ["a photo", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d, 0, 0, 1]), "it is a picture."],
    ["a letter", "Dear all, this is no schema.", "its content does not tell which kind it is"],
    ["broken JSON", '{"format": "drawbridge/1"', "The file is not what a design holds there: it is not JSON"],
    ["a newer design", '{"format": "drawbridge/9"}', "written by a newer version of Drawbridge (format 9, this one reads 1)"],
    ["a damaged database", `SQLite format 3\0${"x".repeat(3000)}`, "the file is damaged"],
  ])("%s", async (name, content, expected) => {
    const path = await file(`${name.replaceAll(" ", "-")}.in`, content);
    const { code, out, err } = await drawbridge(["convert", path, "--to", "json"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(expected);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("a file that is not there", async () => {
    const { code, err } = await drawbridge(["check", "nowhere.sql"]);
    expect([code, err]).toEqual([
      1,
      "nowhere.sql: error: nowhere.sql is not a schema that can be read here: there is no such file.\n",
    ]);
  });
});

describe("the command line itself", () => {
  it.each([
    [[], "Say what to do: convert, check, diff, serve, backup or restore."],
    [["dance"], "dance is not a command"],
    [["convert"], "Say which file to convert"],
    [["convert", "a.sql"], "Say what to convert to"],
    [["convert", "a.sql", "--to", "cobol"], "--to cobol is not a kind; the kinds are postgres, mysql, mariadb, sqlite, "],
    [["check", "a.sql", "--to", "json"], "--to means nothing here."],
    [["convert", "a.sql", "--to", "json", "--variant", "8"], "--variant means nothing here."],
    [["convert", "a.sql", "--to", "dbml", "--variant", "9"], "--variant 9 is none of dbml; there are 10, 8, classic."],
    [["check", "a.sql", "b.sql"], "check takes one file, not 2."],
    [["convert", "a.sql", "b.sql"], "Say what to convert to"],
    [["convert", "a.sql", "b.png", "c.png"], "convert takes a file to read and one to write, not 3."],
    [["convert", "a.sql", "b.png", "-o", "c.png"], "Say where to write once, not twice: b.png, and --output c.png."],
    [["convert", "a.sql", "b.png", "--scale", "big"], "--scale big is no scale"],
    [["convert", "a.sql", "b.dbml", "--scale", "2"], "--scale means nothing here"],
    [["convert", "a.sql", "b.png", "--variant", "10"], "--variant 10 is none of png; there are light, dark."],
    [["check", "--frm", "json", "a.sql"], "Unknown option '--frm'"],
  ])("%j exits 2 with a sentence", async (args, expected) => {
    const { code, out, err } = await drawbridge(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(expected);
  });

  it("helps, and tells its version", async () => {
    const help = await drawbridge(["--help"]);
    expect(help.code).toBe(0);
    expect(help.out).toContain("Exit codes:");
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { readonly version: string };
    expect((await drawbridge(["--version"])).out).toBe(`${version}\n`);
  });
});
