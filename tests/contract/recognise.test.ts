import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { dialects } from "#shared/dialects/index.ts";
import { recognise } from "#shared/formats/index.ts";
import { referenceFiles } from "../support/reference.ts";

const known = Object.keys(dialects) as (keyof typeof dialects)[];

describe.each(known.filter((id) => referenceFiles(id).length > 0))("a file of %s is recognised", (dialect) => {
  it.each(referenceFiles(dialect))("$name", async ({ path }) => {
    const head = (await readFile(path, "utf8")).slice(0, 64 * 1024);
    const scores = known.map((id) => ({ id, score: dialects[id].importer.recognise(head) }));
    const own = scores.find(({ id }) => id === dialect)?.score ?? 0;
    for (const { id, score } of scores)
      if (id !== dialect) expect({ over: id, own: own > score }).toEqual({ over: id, own: true });
  });
});

it.each([
  ["sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);"],
  ["sqlite", "-- made by pg_catalog; OWNER TO\nCREATE TABLE t (a BLOB) WITHOUT ROWID;"],
  ["postgres", "-- see `t`\nCREATE TABLE t (a BYTEA);"],
  ["mysql", "CREATE TABLE `t` (id int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;"],
  ["mysql", "-- MySQL dump 10.13  Distrib 8.0.36\n/*!40101 SET NAMES utf8 */;\nCREATE TABLE t (a int);"],
  [
    "mysql",
    "CREATE TABLE t (a MEDIUMTEXT, b INT UNSIGNED);\nDELIMITER $$\nCREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN END$$",
  ],
  ["mariadb", "-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB\nCREATE TABLE t (a int);"],
  ["mariadb", "CREATE TABLE `t` (a timestamp DEFAULT current_timestamp()) ENGINE=InnoDB;"],
  ["postgres", "DROP DATABASE x;\n\\c x\nCREATE TABLE t (id INT);"],
])("a text of %s: %s", (dialect, text) => {
  const best = [...known].sort((a, b) => dialects[b].importer.recognise(text) - dialects[a].importer.recognise(text))[0];
  expect(best).toBe(dialect);
});

describe("among all kinds, formats included", () => {
  it.each([
    ["prisma", 'datasource db {\n  provider = "mysql"\n}\nmodel A {\n  id Int @id @default(autoincrement())\n}\n'],
    [
      "chartdb",
      '{"databaseType": "postgresql", "tables": [{"fields": [{"type": {"id": "jsonb"}, "primaryKey": true}]}], "relationships": [{"sourceTableId": "1"}]}',
    ],
  ])("%s that speaks in words of SQL is told without its name", (kind, text) => {
    expect(recognise(text, "", Object.values(dialects)).map((guess) => guess.kind)).toEqual([kind]);
  });

  const files = ["sqlite", "postgres", "mysql", "mariadb", "mssql", "oracle"].flatMap((id) => referenceFiles(id));
  it.each(files)("$dialect/$name is what it is, and nothing else as surely", async ({ dialect, name, path }) => {
    const head = (await readFile(path, "utf8")).slice(0, 65_536);
    const [best, next] = recognise(head, `${name}.sql`, Object.values(dialects));
    expect(best?.kind).toBe(dialect);
    expect(best?.sure).toBeGreaterThan(next?.sure ?? 0);
  });
});
