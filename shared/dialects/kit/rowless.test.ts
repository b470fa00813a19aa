import { expect, it } from "vitest";
import { mysql } from "../mysql/index.ts";
import { withoutRows } from "./rowless.ts";

it("keeps definitions in their lines, and no row, comment or word of either", () => {
  const text = [
    "-- canary in a comment",
    "CREATE TABLE a (id int -- kept",
    ");",
    "/*!40000 ALTER TABLE a DISABLE KEYS */; INSERT INTO a VALUES (1, 'canary; create table x (y int)'),",
    "(2, 'canary');",
    "/*!40000 INSERT INTO a VALUES ('canary') */; /* canary */ REPLACE INTO a VALUES ('canary');",
    "DELIMITER //",
    "CREATE PROCEDURE p() BEGIN INSERT INTO a VALUES (3); END//",
    "DELIMITER ;",
    "CREATE TABLE b (id int)",
  ].join("\n");
  const kept = withoutRows(text, mysql.splitter());
  expect(kept).not.toContain("canary");
  expect(kept.split("\n").map((line) => line.trim())).toEqual([
    "",
    "CREATE TABLE a (id int -- kept",
    ");",
    "/*!40000 ALTER TABLE a DISABLE KEYS */;",
    "",
    "",
    "DELIMITER //",
    "CREATE PROCEDURE p() BEGIN INSERT INTO a VALUES (3); END//",
    "DELIMITER ;",
    "CREATE TABLE b (id int)",
  ]);
});

it("is done with a large dump in time that grows with it", () => {
  const rows = `INSERT INTO a VALUES (1, '${"x".repeat(100_000)}');\n`;
  const kept = withoutRows(`CREATE TABLE a (t text);\n${rows.repeat(40)}`, mysql.splitter());
  expect(kept.trim()).toBe("CREATE TABLE a (t text);");
});
