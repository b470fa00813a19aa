import { describe, expect, it } from "vitest";
import { formatService } from "./service.ts";

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;
const kindOf = (text: string, name = "", chosen: string | null = null): Promise<string> =>
  formatService.kindOf(bytes(text), name, chosen);

describe("what kind a text is of", () => {
  it.each([
    ["Table a {\n  id int [pk]\n}\n", "", "dbml"],
    ["// nothing yet", "shop.dbml", "dbml"],
    ['{"format": "drawbridge/1", "schema": {', "", "json"],
    ["CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);", "a.sql", "sqlite"],
    ["-- PostgreSQL database dump\nCREATE TABLE a (b jsonb);", "", "postgres"],
    ["PRAGMA foreign_keys=OFF;\nCREATE TABLE a (b);", "", "sqlite"],
    ["CREATE TABLE `a` (`id` int unsigned) ENGINE=InnoDB;", "", "mysql"],
  ])("%j in %j is %s", async (text, name, kind) => {
    expect(await kindOf(text, name)).toBe(kind);
  });

  it("is what a person chose before, where two are about as likely", async () => {
    const plain = "CREATE TABLE film (id integer, title varchar(80));";
    expect([await kindOf(plain), await kindOf(plain, "", "sqlite")]).toEqual(["postgres", "sqlite"]);
    expect(await kindOf(plain, "", "no such dialect")).toBe("postgres");
  });
});

describe("a text is read", () => {
  it("for the database that it names, or that a person says", async () => {
    const text = bytes("Project { database_type: 'MySQL' }\nTable a {\n  id int [pk]\n}\n");
    const read = await formatService.read(text, "a.dbml", "dbml", null);
    const said = await formatService.read(text, "a.dbml", "dbml", "postgres");
    expect([read.value?.parcel.dialect, said.value?.parcel.dialect]).toEqual(["mysql", "postgres"]);
    expect([read.problems, said.problems.map(({ code }) => code)]).toEqual([[], ["text.dialect"]]);
  });

  it("half of a design file is told, and nothing is made of it", async () => {
    const { value, problems } = await formatService.read(
      bytes('{"format": "drawbridge/1", "schema": {'),
      "half.json",
      "json",
      null,
    );
    expect([value, problems.map(({ code }) => code)]).toEqual([null, ["format.invalid"]]);
  });
});

it("the list says what is read and what is written", async () => {
  const list = await formatService.list();
  expect(list.filter(({ reads, writes }) => !reads && !writes)).toEqual([]);
  expect(list.find(({ id }) => id === "dbml")).toMatchObject({ extension: "dbml", reads: true, writes: true });
});
