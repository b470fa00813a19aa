import { describe, expect, it } from "vitest";
import { createTable, togglePrimary } from "../../edit/index.ts";
import { apply, emptySchema, type Table } from "../../model/index.ts";
import { mariadb } from "../mariadb/index.ts";
import { mysql } from "./index.ts";
import { openExecutable, tokenize, unquoteString } from "./text/lexer.ts";
import { USUAL } from "./text/mode.ts";

describe("types", () => {
  it.each([
    ["INTEGER", "int", "int(11)"],
    ["int(5) unsigned", "int unsigned", "int(5) unsigned"],
    ["bigint UNSIGNED", "bigint unsigned", "bigint(20) unsigned"],
    ["int zerofill", "int(10) unsigned zerofill", "int(10) unsigned zerofill"],
    ["boolean", "tinyint(1)", "tinyint(1)"],
    ["tinyint", "tinyint", "tinyint(4)"],
    ["NUMERIC(8)", "decimal(8,0)", "decimal(8,0)"],
    ["double precision", "double", "double"],
    ["float(30)", "double", "double"],
    ["character varying(20)", "varchar(20)", "varchar(20)"],
    ["enum( 'a' , \"b,c\" )", "enum('a','b,c')", "enum('a','b,c')"],
    ["datetime(0)", "datetime", "datetime"],
    ["year", "year", "year(4)"],
    ["geometrycollection", "geomcollection", "geometrycollection"],
    ["thing(1,2)", "thing(1,2)", "thing(1,2)"],
  ])("%s is %s in MySQL and %s in MariaDB", (text, inMysql, inMariadb) => {
    expect([mysql.types.canonical(text), mariadb.types.canonical(text)]).toEqual([inMysql, inMariadb]);
  });

  it.each([
    ["int", "int unsigned", false],
    ["int(11)", "int", true],
    ["varchar(10)", "char(3)", true],
    ["bigint", "int", false],
    ["mood", "int", null],
  ])("a foreign key from %s to %s: %s", (from, to, expected) => {
    expect(mysql.types.comparable(from, to)).toBe(expected);
  });
});

describe("quoting", () => {
  it.each([
    ["plain", "plain"],
    ["order", "`order`"],
    ["a`b", "`a``b`"],
    ["2fa", "`2fa`"],
    ["Mixed", "Mixed"],
  ])("the name %s is written %s", (name, expected) => {
    expect(mysql.quote.identifier(name)).toBe(expected);
  });

  it.each(["it's", 'say "x"', "back\\slash", "line\nfeed", "nul\0", "\u001a", "ü 🎈"])("the text %j is read back", (text) => {
    expect(unquoteString(mysql.quote.literal(text), USUAL)).toBe(text);
  });
});

describe("text", () => {
  const told = (text: string) => tokenize(text, USUAL).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
  it.each([
    ["a--b", ["word a", "symbol -", "symbol -", "word b"]],
    ["a -- b\nc", ["word a", "word c"]],
    ["a # b\nc", ["word a", "word c"]],
    ["'it\\'s' 'a''b'", ["string 'it\\'s'", "string 'a''b'"]],
    ["2fa 1e5 0x1F .5 1.5", ["word 2fa", "number 1e5", "number 0x1F", "number .5", "number 1.5"]],
    ["`a``b`/* ` */c", ["quoted `a``b`", "word c"]],
  ])("%j is cut into its tokens", (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ["/*!50100 a */ b", true, "         a    b"],
    ["/*!50100 '*/' */b", true, "         '*/'   b"],
    ["/*! a /* b */ c */", true, "    a /* b */ c   "],
    ["/*M!100301 a*/", false, "/*M!100301 a*/"],
  ])("executable comments of %j stand open: %s", (text, executes, expected) => {
    expect(openExecutable(text, USUAL, () => executes)).toBe(expected);
  });

  it("a column is renamed in an expression, in strings not", () => {
    expect(mysql.renameInExpression("`a` > 1 and lower(A) <> 'a' and a(1) and `b`.`a`", "a", "c")).toBe(
      "`c` > 1 and lower(`c`) <> 'a' and a(1) and `b`.`c`",
    );
  });
});

it("a table that a person makes has the names and types that the server would give back", async () => {
  let next = 0;
  const mint = () => `id${String((next += 1))}`;
  const { changes } = createTable(emptySchema("mysql"), mysql, mint);
  const schema = apply(emptySchema("mysql"), changes);
  const [table] = schema.tables as [Table];
  expect(table.constraints.map(({ name }) => name)).toEqual(["PRIMARY"]);
  const [{ sql } = { sql: "" }] = (await mysql.ddl()).create(schema);
  expect(sql).toBe("CREATE TABLE `table_1` (\n  `id` bigint NOT NULL AUTO_INCREMENT,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB");
  const without = apply(schema, togglePrimary(table, table.columns[0]!, mysql, mint));
  const again = togglePrimary(without.tables[0]!, table.columns[0]!, mysql, mint);
  expect(again.map((change) => change.kind === "create" && "name" in change.after && change.after.name)).toEqual(["PRIMARY"]);
});
