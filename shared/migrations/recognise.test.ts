import { describe, expect, it } from "vitest";
import fc from "../../tests/support/fast-check.ts";
import { sentence } from "../result/index.ts";
import { compareVersions, numbered, whenOf, whenOfSeconds } from "./names.ts";
import { isWanted, recogniseMigrations } from "./recognise.ts";

const folder = (files: Readonly<Record<string, string>>, dialect: string | null = null) =>
  recogniseMigrations(
    Object.entries(files).map(([path, text]) => ({ path, text: isWanted(path) ? text : null })),
    "the folder",
    dialect,
  );
const steps = (files: Readonly<Record<string, string>>, dialect: string | null = null) =>
  folder(files, dialect).value?.steps.map(({ version, name }) => `${version} ${name}`);

describe("the names of migrations", () => {
  it.each([
    ["1.9", "1.10", -1],
    ["0003", "3", 0],
    ["2", "10", -1],
    ["20240131120000", "20240131115959", 1],
    ["1", "1.0", 0],
  ])("%s and %s are in order", (a, b, order) => {
    expect(Math.sign(compareVersions(a, b))).toBe(order);
    expect(Math.sign(compareVersions(b, a))).toBe(order === 0 ? 0 : -order);
  });

  it.each([
    ["20240131120000", "2024-01-31 12:00"],
    ["202401311200", "2024-01-31 12:00"],
    ["20240131", "2024-01-31"],
    ["2024-01-31-120000", "2024-01-31 12:00"],
    ["1706702400", "2024-01-31 12:00"],
    ["1706702400123", "2024-01-31 12:00"],
    ["0003", null],
    ["20241331", null],
    ["1.2.1", null],
  ])("%s is of %s", (version, when) => expect(whenOf(version)).toBe(when));

  it("say dates as the calendar does, leap days included", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(whenOfSeconds(seconds)).toBe(new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " "));
      }),
    );
  });

  it.each([
    ["0001_init", "0001", "init"],
    ["V2-more", "2", "more"],
    ["12", "12", "12"],
    ["3add", "3", "add"],
    ["2024-01-31-add users", "2024-01-31", "add users"],
    ["1.2.3 tags", "1.2.3", "tags"],
  ])("%s is %s, %s", (stem, version, name) => expect(numbered(stem)).toEqual({ version, name }));
});

describe("a folder", () => {
  it("of goose, sql-migrate, node-pg-migrate or Play keeps only the way forward, on its own lines", () => {
    const marks = [
      ["-- +goose Up", "-- +goose Down"],
      ["-- +migrate Up", "-- +migrate Down"],
      ["-- Up Migration", "-- Down Migration"],
      ["# --- !Ups", "# --- !Downs"],
    ];
    for (const [up, down] of marks) {
      const text = `-- head\n${up ?? ""}\ncreate table a (x int);\n${down ?? ""}\ndrop table a;\n`;
      expect(folder({ "001_a.sql": text }).value?.steps[0]?.text).toBe("\n\ncreate table a (x int);\n\n\n");
    }
  });

  it("of several sets gives the longest, or that of the dialect that is said, and tells of the others", () => {
    const files = {
      "a/1_x.sql": "",
      "a/2_x.sql": "",
      "mysql/1_y.sql": "",
      "node_modules/z/1.sql": "",
      "node_modules/z/2.sql": "",
      "node_modules/z/3.sql": "",
    };
    expect(steps(files)).toEqual(["1 x", "2 x"]);
    expect(steps(files, "mysql")).toEqual(["1 y"]);
    expect(folder(files).problems.map(sentence)).toEqual(["Left out: mysql (other migrations lie there, numbered files)."]);
  });

  it("of Flyway begins with the last baseline", () => {
    const files = { "V1__a.sql": "", "V2__b.sql": "", "B2__base.sql": "", "V3_1__c.sql": "", "B1__old.sql": "" };
    expect(steps(files)).toEqual(["2 base", "3.1 c"]);
    expect(folder(files).problems).toHaveLength(2);
  });

  it("with pairs takes those that lead forward, Postgrator's too", () => {
    expect(steps({ "2_b.up.sql": "", "2_b.down.sql": "", "1_a.up.sql": "" })).toEqual(["1 a", "2 b"]);
    expect(steps({ "001.do.add.sql": "", "001.undo.add.sql": "", "002.do.sql": "" })).toEqual(["001 add", "002 002"]);
  });

  it("with a damaged journal is read by the numbers of its files", () => {
    expect(steps({ "meta/_journal.json": "{", "0000_a.sql": "" })).toEqual(["0000 a"]);
    expect(steps({ "meta/_journal.json": '{"entries":[null,{"tag":3},{"tag":"0000_a"}]}', "0000_a.sql": "" })).toEqual([
      "0000 a",
    ]);
  });

  it("of an Alembic text knows on which line of it each revision begins", () => {
    const text =
      "BEGIN;\n\n-- Running upgrade  -> a\n\ncreate table a (x int);\n-- Running upgrade a -> b\nx;\n-- Running downgrade b -> a\ny;\n";
    const read = folder({ "out.sql": text });
    expect(read.value?.steps.map(({ version, line }) => [version, line])).toEqual([
      ["a", 1],
      ["b", 6],
    ]);
    expect(read.value?.steps[1]?.text).toBe("-- Running upgrade a -> b\nx;\n");
    expect(read.problems.map(sentence)).toEqual(["Left out: out.sql, Running downgrade b -> a (it leads back)."]);
  });

  it("tells of two migrations of one version, and runs both", () => {
    const read = folder({ "1_a.sql": "", "01_b.sql": "", "2_c.sql": "" });
    expect(read.value?.steps).toHaveLength(3);
    expect(read.problems.map(({ code }) => code)).toEqual(["migrations.twice"]);
  });

  it.each([
    [{}, "the folder is empty."],
    [{ "readme.md": "" }, "there is no SQL file in it."],
    [{ "1_a.down.sql": "", "2_b.down.sql": "" }, "all of its files lead back (down, undo). Add those that lead forward."],
    [{ "U1__a.sql": "" }, "all of its files lead back"],
    [{ "users.sql": "", "posts.sql": "" }, "no name of its SQL files says which comes first."],
    [{ "db/migrate/20240101_x.rb": "" }, "they are written in Ruby."],
    [{ "alembic/versions/ab12_x.py": "" }, "they are written in Python. Let Alembic write"],
    [{ "app/migrations/0001_initial.py": "" }, "they are written in Python. Let Django write"],
    [{ "src/migrations/1-x.ts": "" }, "they are programs."],
  ])("%j holds none, and the reason is said", (files, why) => {
    const { value, problems } = folder(files);
    expect([value, problems.map(({ code }) => code)]).toEqual([null, ["migrations.none"]]);
    expect(sentence(problems[0]!)).toContain(`the folder holds no migrations that can be replayed here: ${why}`);
  });

  it("of whatever names and texts is read or refused, and nothing of it is both run and left out", () => {
    const part = fc.constantFrom(
      "V1__a",
      "migration",
      "up",
      "down",
      "1_a",
      "2.up",
      "2.down",
      "structure",
      "meta",
      "_journal",
      "a b",
      "",
    );
    const path = fc
      .tuple(fc.array(part, { maxLength: 3 }), part, fc.constantFrom(".sql", ".json", ""))
      .map(([dirs, name, end]) => [...dirs, `${name}${end}`].join("/"));
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "-- migrate:up\nx",
        "-- Running upgrade -> a\n-- Running upgrade -> ",
        "schema_migrations",
        "-- +goose Down",
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(path, text, { maxKeys: 8 }), (files) => {
        const { value, problems } = folder(files);
        expect(value === null || value.steps.length > 0).toBe(true);
        expect(problems.every((one) => !sentence(one).includes("{"))).toBe(true);
      }),
    );
  });

  it("of a hundred thousand lines takes no time to speak of", () => {
    const text = `${"-- Running upgrade a -> b\n".repeat(20_000)}${"-- -> ".repeat(50_000)}`;
    const started = performance.now();
    expect(folder({ "out.sql": text }).value?.steps).toHaveLength(20_000);
    expect(folder({ [`${"1.".repeat(50_000)}sql`]: "" }).value).toBeDefined();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
