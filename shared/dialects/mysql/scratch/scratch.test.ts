import { describe, expect, it } from "vitest";
import { sentence } from "../../../result/index.ts";
import type { Piece, ScratchStep } from "../../dialect.ts";
import { mariadb } from "../../mariadb/index.ts";
import { excess } from "./rights.ts";

const PLACE = {
  prefix: "drawbridge_scratch_x",
  modes: "STRICT_TRANS_TABLES,ANSI_QUOTES,NO_ZERO_DATE",
  engines: ["InnoDB", "Aria", "FEDERATED", "MRG_MyISAM"],
  events: true,
};

/** What is run of a text, one statement a line, and what is told of the rest. The server takes all but what `refuses` says. */
async function through(text: string, over: Partial<typeof PLACE> = {}, refuses = (_sql: string): boolean => false) {
  const scratch = await mariadb.scratch?.();
  if (!scratch) throw new Error("MariaDB has no scratch");
  const file = scratch.open({ ...PLACE, ...over });
  file.begin();
  const cut = mariadb.splitter();
  const [ran, told, steps]: [string[], string[], ScratchStep["kind"][]] = [[], [], []];
  for (const piece of [...cut.push(text), ...cut.end()] as Piece[]) {
    const step = file.step(piece);
    steps.push(step.kind);
    if (step.kind === "told") told.push(sentence(step.problem));
    if (step.kind !== "run") continue;
    ran.push(...step.sql);
    file.heard(!step.sql.some(refuses));
  }
  return { ran, told, steps, databases: file.databases() };
}

describe("what is run of a file", () => {
  it("begins in a database of its own, with a mode that reads texts in the usual way", async () => {
    const file = (await mariadb.scratch?.())?.open(PLACE);
    expect(file?.begin()).toEqual([
      "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE'",
      "CREATE DATABASE `drawbridge_scratch_x_00`",
      "USE `drawbridge_scratch_x_00`",
    ]);
    expect(file?.databases()).toEqual([{ name: "drawbridge_scratch_x_00", called: "default", made: true }]);
  });

  it("is what the server would run of it: executable comments are open, others gone, nobody is its definer", async () => {
    const { ran, told } = await through(
      [
        "create table a (id int /* plain */ primary key) -- and so on\n",
        "/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`root`@`local.host` SQL SECURITY DEFINER */\n/*!50001 VIEW v AS select 1 AS `x`*/",
        "create definer = root@10.1.% procedure p() select 1",
        "/*!80000 create table later (id int) */",
      ].join(";\n"),
    );
    expect(told).toEqual([]);
    expect(ran.map((sql) => sql.replace(/\s+/g, " ").trim())).toEqual([
      "create table a (id int primary key)",
      "CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW v AS select 1 AS `x`",
      "create procedure p() select 1",
    ]);
  });

  it("has each of its databases as one of the place, wherever it is named", async () => {
    const { ran, told, databases } = await through(
      [
        "DROP DATABASE IF EXISTS shop",
        "CREATE DATABASE shop DEFAULT CHARACTER SET latin1 COLLATE = 'latin1_bin'",
        "USE shop",
        "CREATE TABLE shop.t (id int, shop int, CONSTRAINT c FOREIGN KEY (id) REFERENCES `shop`.t (id))",
        "CREATE VIEW v AS SELECT shop.t.id, t.id FROM shop.t JOIN (shop.u) ON shop.f(t.id) = 1",
        "CREATE VIEW w AS SELECT shop.id FROM t AS shop",
        "USE `other one`",
        "ALTER TABLE t ADD UNIQUE KEY (id), ADD FOREIGN KEY (id) REFERENCES shop.t (id)",
        "DROP DATABASE shop",
      ].join(";"),
    );
    const [one, two] = ["`drawbridge_scratch_x_01`", "`drawbridge_scratch_x_02`"];
    expect(told).toEqual([]);
    expect(ran).toEqual([
      `CREATE DATABASE ${one}`,
      `ALTER DATABASE ${one} CHARACTER SET latin1 COLLATE latin1_bin`,
      `USE ${one}`,
      `CREATE TABLE ${one}.t (id int, shop int, CONSTRAINT c FOREIGN KEY (id) REFERENCES ${one}.t (id))`,
      `CREATE VIEW v AS SELECT ${one}.t.id, t.id FROM ${one}.t JOIN (${one}.u) ON ${one}.f(t.id) = 1`,
      "CREATE VIEW w AS SELECT shop.id FROM t AS shop",
      `CREATE DATABASE ${two}`,
      `USE ${two}`,
      `ALTER TABLE t ADD UNIQUE KEY (id), ADD FOREIGN KEY (id) REFERENCES ${one}.t (id)`,
      `DROP DATABASE ${one}`,
    ]);
    expect(databases.map(({ called, made }) => [called, made])).toEqual([
      ["default", true],
      ["shop", false],
      ["other one", true],
    ]);
  });

  it.each([
    ["drop table production.orders", "drop table X.orders"],
    ["create table t like production.orders", "create table t like X.orders"],
    ["alter table t rename to production.t", "alter table t rename to X.t"],
    ["rename table t to production.t", "rename table t to X.t"],
    ["create view production.v as select 1", "create view X.v as select 1"],
    [
      "create trigger production.tr before insert on production.t for each row set @x = 1",
      "create trigger X.tr before insert on X.t for each row set @x = 1",
    ],
    ["create index i on production.t (a)", "create index i on X.t (a)"],
  ])("has no way to another database by its name: %s", async (text, sent) => {
    const { ran, databases } = await through(text);
    expect(ran).toEqual([sent.replaceAll("X", "`drawbridge_scratch_x_01`")]);
    expect(databases.at(-1)).toEqual({ name: "drawbridge_scratch_x_01", called: "production", made: false });
  });

  it("sets what changes a definition, and only for the session", async () => {
    const { ran, told } = await through(
      "SET NAMES gbk; SET @OLD = @@SQL_MODE, SQL_MODE='ANSI_QUOTES,NO_ZERO_DATE', FOREIGN_KEY_CHECKS=0; SET time_zone = '+00:00';" +
        'create table "t" (a int); SET sql_mode = @OLD; SET foreign_key_checks = @F; SET default_storage_engine = Aria;',
    );
    expect(told).toEqual([]);
    expect(ran).toEqual([
      "SET SESSION foreign_key_checks = 0",
      "SET SESSION sql_mode = 'ANSI_QUOTES,NO_ZERO_DATE'",
      'create table "t" (a int)',
      "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE'",
      "SET SESSION foreign_key_checks = 1",
      "SET SESSION default_storage_engine = 'Aria'",
    ]);
  });

  it("is read in the mode that the server is in, which stays when it refuses another", async () => {
    // In the usual mode the backslash escapes the quote, and all of it is one comment.
    const text = String.raw`SET sql_mode='NO_BACKSLASH_ESCAPES,NO_SUCH'; create table t (a int) comment 'x\' engine=federated'`;
    const refused = await through(text, {}, (sql) => sql.includes("NO_SUCH"));
    expect(refused.told.join()).not.toContain("federated reaches");
    const taken = await through(text);
    expect(taken.ran).toHaveLength(1);
  });
});

describe("what is told and not run", () => {
  it.each([
    ["create table mysql.evil (a int)", "mysql, which is the server's own"],
    ["create table t like `MySQL`.user", "the server's own"],
    ["create view v as select * from mysql.user", "mysql, which is the server's own"],
    ["create view v as select * from information_schema.schemata", "information_schema"],
    ["create procedure p() begin insert into mysql.user values (1); end", "the server's own"],
    ["create table drawbridge_scratch_y_00.t (a int)", "the server's own"],
    ["use drawbridge_scratch_y_00", "the server's own"],
    ["use mysql; create table evil (a int)", "it is about the database mysql"],
    ["drop database mysql", "a database of the server's own"],
    ["create database drawbridge_scratch_z", "a database of the server's own"],
    ["alter database mysql character set latin1", "a database of the server's own"],
    ["grant all on *.* to me", "no definition"],
    ["create user me identified by 'x'", "no definition"],
    ["drop user me", "no definition"],
    ["set global general_log_file = '/tmp/x.php'", "the whole server"],
    ["set @@global.event_scheduler = on", "the whole server"],
    ["set persist max_connections = 1", "the whole server"],
    ["set password = 'x'", "accounts"],
    ["set role admin", "accounts"],
    ["set default_storage_engine = federated", "reaches beyond the server"],
    ["load data infile '/etc/passwd' into table t", "no definition"],
    ["select 'x' into outfile '/tmp/x'", "no definition"],
    ["call p()", "no definition"],
    ["do sleep(1000)", "no definition"],
    ["prepare s from 'drop database mysql'", "no definition"],
    ["execute immediate 'drop database mysql'", "no definition"],
    ["install soname 'x'", "no definition"],
    ["kill 1", "no definition"],
    ["flush privileges", "no definition"],
    ["handler t open", "no definition"],
    ["create function f returns string soname 'udf.so'", "a library on the server"],
    ["create aggregate function f returns string soname 'udf.so'", "a library on the server"],
    ["create server s foreign data wrapper mysql options (host 'x')", "no definition"],
    ["create temporary table t (a int)", "no definition"],
    ["create table t (a int) engine=federated connection='mysql://u@10.0.0.1/d/t'", "federated reaches beyond"],
    ["create table t (a int) engine 'fed\\erated'", "federated reaches beyond"],
    ["create table t (a int) engine=merge union=(a,b)", "merge reaches beyond"],
    ["alter table t engine = /*!50000 federated */", "federated reaches beyond"],
    ["create table t as select sleep(1000)", "the rows of a query"],
    ["create table t (a int) values row(f())", "the rows of a query"],
    ["create event e on schedule every 1 second do drop table t", "would run the event"],
    ["/*!50106 create event e on schedule every 1 second do drop table t */", "would run the event"],
    ["create table t (a int) comment 'it ends", "The text ends in the middle"],
    ["create table t (a int\0)", "zero byte"],
  ])("%s", async (text, why) => {
    const { told, ran } = await through(text);
    expect(told.join("\n")).toContain(why);
    expect(ran.join("\n")).not.toMatch(/mysql|federated|merge|sleep|evil/i);
  });

  it("is said where it stands, and rows are counted alone", async () => {
    const { told, steps } = await through("insert into t values ('create table x');\ntruncate t;\n\n  grant all on *.* to me;");
    expect(steps).toEqual(["aside", "aside", "told"]);
    expect(told).toEqual([
      "Left out: grant all on *.* to me (it is no definition of a table, view, routine, trigger, event or sequence).",
    ]);
  });

  it("is what a comment or string was taken for by nobody but its writer", async () => {
    const hidden = [
      "create table a (id int) /*!99999 engine=federated */",
      "create table b (id int) /*M!999999 engine=federated */ comment '*/ engine=federated'",
      "create table c (id int) # engine=federated\n comment 'c'",
      "create table d (id int) --\tengine=federated\n",
      "create table e (id int)\u00a0/**/comment 'e'",
    ].join(";\n");
    const { ran } = await through(hidden);
    expect(ran.map((sql) => sql.replace(/\s+/g, " ").trim())).toEqual([
      "create table a (id int)",
      "create table b (id int) comment '*/ engine=federated'",
      "create table c (id int) comment 'c'",
      "create table d (id int)",
      "create table e (id int) comment 'e'",
    ]);
    for (const sql of ran) expect(sql).not.toMatch(/\u00a0|\/\*|--|#/);
  });

  it("runs events where nobody would start them", async () => {
    const { ran, told } = await through("create event e on schedule every 1 day do delete from t", { events: false });
    expect([ran.length, told]).toEqual([1, []]);
  });

  it("makes twenty databases and no more", async () => {
    const { told, databases } = await through(Array.from({ length: 30 }, (_, at) => `create database d${String(at)};`).join(""));
    expect([databases.length, told.length]).toEqual([20, 11]);
  });
});

describe("the rights of a scratch account", () => {
  const USAGE = "GRANT USAGE ON *.* TO `scratch`@`%` IDENTIFIED BY PASSWORD '*0123' REQUIRE SSL";
  const OWN = "GRANT ALL PRIVILEGES ON `drawbridge\\_scratch\\_%`.* TO `scratch`@`%`";
  const SHOWN = ["information_schema", "performance_schema", "drawbridge_scratch_ab_00"];

  it.each([
    [[USAGE, OWN], SHOWN],
    [["GRANT USAGE ON *.* TO 'scratch'@'localhost'", "GRANT ALL PRIVILEGES ON `drawbridge_scratch_%`.* TO 's'@'%'"], SHOWN],
    [[USAGE, "GRANT CREATE, DROP, ALTER ON `drawbridge\\_scratch\\_%`.* TO `scratch`@`%`"], []],
  ])("are enough and no more: %j", (grants, databases) => {
    expect(excess(grants, databases)).toBeNull();
  });

  it.each([
    [["GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION"], SHOWN, "ALL PRIVILEGES ON *.*"],
    [["GRANT FILE ON *.* TO `scratch`@`%`", OWN], SHOWN, "FILE ON *.*"],
    [["GRANT SUPER, PROCESS ON *.* TO `scratch`@`%`", OWN], SHOWN, "SUPER, PROCESS ON *.*"],
    [[USAGE, OWN, "GRANT SELECT ON `mysql`.* TO `scratch`@`%`"], SHOWN, "SELECT ON `mysql`.*"],
    [[USAGE, OWN, "GRANT SELECT ON `shop`.`t` TO `scratch`@`%`"], SHOWN, "SELECT ON `shop`.`t`"],
    [[USAGE, "GRANT ALL PRIVILEGES ON `drawbridge%`.* TO `scratch`@`%`"], SHOWN, "ALL PRIVILEGES ON `drawbridge%`.*"],
    [[USAGE, "GRANT ALL PRIVILEGES ON `%`.* TO `drawbridge_scratch_`@`%`"], SHOWN, "ALL PRIVILEGES ON `%`.*"],
    [[USAGE, `${OWN} WITH GRANT OPTION`], SHOWN, "WITH GRANT OPTION"],
    [[USAGE, OWN, "GRANT `admin` TO `scratch`@`%`"], SHOWN, "`admin`"],
    [[USAGE, OWN, "GRANT PROXY ON ''@'%' TO 'scratch'@'%'"], SHOWN, "PROXY"],
    [[USAGE, OWN, "GRANT BACKUP_ADMIN ON *.* TO `scratch`@`%`"], SHOWN, "BACKUP_ADMIN ON *.*"],
    [[USAGE, OWN], [...SHOWN, "test"], "it reaches the database test"],
  ])("are too many: %j", (grants, databases, what) => {
    expect(excess(grants, databases)).toContain(what);
    expect(excess(grants, databases)).not.toContain("0123");
  });
});
