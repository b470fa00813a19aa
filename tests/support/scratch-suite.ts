/** Files that are proved on a real MariaDB: what becomes of good, refused and hostile ones, and that nothing is left of any. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Ran, ScratchAnswer, ScratchEvent } from "#shared/api/scratch.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";
import { mariadb } from "#shared/dialects/mariadb/index.ts";
import { differences } from "#shared/diff/index.ts";
import { sentence } from "#shared/result/index.ts";
import { Prover } from "../../server/introspect/scratch/prove.ts";
import { SCRATCH_LIMITS, ScratchServer } from "../../server/introspect/scratch/server.ts";
import { systemResolver } from "../../server/introspect/target/resolve.ts";
import type { MariadbServer } from "./mariadb.ts";
import { referenceFiles, sample } from "./reference.ts";
import { type RunningServer, startServer } from "./server.ts";

const PASSWORD = "canary-scratch-51d0";
const FIXTURES = join(import.meta.dirname, "..", "fixtures", "mysql");

/** Every way out of its database that a file could try, and what must not come of it. */
const HOSTILE = `
  create table own (id int primary key, note varchar(9) default '?');
  create database production_copy; use production_copy; create table t (a int); use mysql; create table evil (a int);
  drop database production; use production; drop table orders; create table production.evil (a int);
  create table copied like production.orders; create view peek as select * from mysql.user;
  /*!50001 create view peek_too as select * from \`production\`.\`orders\` */;
  create table users as select * from mysql.user; create table f (a int) engine=federated connection='mysql://root@127.0.0.1/production/orders';
  grant all on *.* to public; create user mallory; set global general_log = 1; set password = 'x';
  load data infile '/etc/passwd' into table own; select 'x' into outfile '/tmp/drawbridge-hostile';
  delimiter //
  create definer=root@localhost procedure out_of_here() sql security definer
  begin set @s = 'drop database production'; prepare s from @s; execute s; end//
  call out_of_here()//
  create definer=root@localhost trigger tr before insert on evil for each row begin delete from production.orders; end//
  create definer=root@localhost event e on schedule every 1 second do begin drop table production.orders; end//
  delimiter ;
  insert into own values (1, 'x'); create trigger tr2 before insert on production.orders for each row set @x = 1;
  create event production.e2 on schedule every 1 second do drop table orders;
  prepare s from 'drop database production'; execute s; execute immediate 'drop database production';
  alter table own rename to production.own; rename table own to mysql.own;
`;

/** More than is run in the time that a test has. */
const MANY = Array.from({ length: 3_000 }, (_, at) => `create table t${String(at)} (id int primary key, a int, key (a));`).join(
  "\n",
);

interface Answer {
  readonly status: number;
  readonly events: readonly ScratchEvent[];
}

/** Declares the tests; `find` gives null where no server could be started, which has been said. */
export function scratchSuite(find: () => MariadbServer | null): void {
  describe("a file on a scratch server", () => {
    let web: RunningServer;
    const answered: string[] = [];

    const address = (user: string): string => `mariadb://${user}:${PASSWORD}@127.0.0.1:${String(find()?.port ?? 0)}`;
    const owner = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
      const session = await find()?.connect("mysql");
      const rows = (await session?.run(sql)) ?? [];
      await session?.close();
      return rows;
    };
    const left = (): Promise<readonly (readonly unknown[])[]> => owner("show databases like 'drawbridge%'");

    async function prove(texts: readonly string[], to = web, signal?: AbortSignal): Promise<Answer> {
      const response = await fetch(`${to.address}/api/scratch/prove`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ texts }),
        ...(signal ? { signal } : {}),
      });
      const text = await response.text();
      answered.push(text);
      return {
        status: response.status,
        events: text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as ScratchEvent),
      };
    }
    const ran = ({ events }: Answer): readonly Ran[] => events.filter((event) => event.kind === "ran");
    const said = (one: Ran | undefined): string =>
      (one?.problems ?? [])
        .filter(({ severity }) => severity !== "note")
        .map(sentence)
        .join("\n");

    beforeAll(async () => {
      if (!find()) return;
      const grants = (mariadb.scratch ? (await mariadb.scratch()).recipe : "").replace("choose one", PASSWORD);
      await owner(
        `${grants} create database production; create table production.orders (id int primary key); insert into production.orders values (7);
         create database drawbridge_scratch_left_by_a_crash; create table drawbridge_scratch_left_by_a_crash.t (a int);
         create user filer@'%' identified by '${PASSWORD}'; grant file on *.* to filer@'%'; grant all on \`drawbridge\\_scratch\\_%\`.* to filer@'%';
         create user almighty@'%' identified by '${PASSWORD}'; grant all on *.* to almighty@'%';
         create user neighbour@'%' identified by '${PASSWORD}'; grant select on production.orders to neighbour@'%';`,
      );
      web = await startServer({ scratchMysqlUrl: address("drawbridge_scratch") });
    });
    beforeEach(({ skip }) => {
      if (find() === null) skip("no MariaDB could be started here");
    });
    afterAll(async () => {
      await (web as RunningServer | undefined)?.close();
    });

    it("finds nothing that a crash left once the server has started, and is told what it is", async () => {
      await expect.poll(left).toEqual([]);
      const answer = (await (await fetch(`${web.address}/api/scratch`)).json()) as ScratchAnswer;
      const [[version = ""] = []] = await owner("select version()");
      expect(answer).toEqual({
        state: "ready",
        engine: `MariaDB ${String(version).split("-")[0] ?? ""}`,
        dialects: ["mysql", "mariadb"],
      });
    });

    const dumps = ["mariadb-dump", "phpmyadmin", "routines-without-delimiter"].map((name) => ({
      name,
      path: join(FIXTURES, name, "in.sql"),
      refused: 0,
    }));
    const references = sample(referenceFiles("mysql"), 2).map(({ name, path }) => ({ name, path, refused: null }));
    it.each([...dumps, ...references])("that is $name is what was read of it", async ({ path, refused }) => {
      const text = await readFile(path, "utf8");
      const quiet = { loadData: false, onProgress: () => undefined, cancelled: () => false };
      const { value } = await mariadb.importer.run(text, noEngine("MariaDB"), quiet);
      if (!value) throw new Error("nothing was read");
      const answer = await prove([text, await wholeScript(mariadb, value)]);
      const [file, design] = ran(answer);
      if (!file || !design) throw new Error(JSON.stringify(answer.events.at(-1)));
      if (refused !== null) expect([file.refused, said(file)]).toEqual([refused, ""]);
      expect([design.refused, said(design)]).toEqual([0, ""]);
      expect(file.schema.tables.length).toBeGreaterThan(0);
      expect(differences(design.schema, file.schema).map(sentence)).toEqual([]);
      expect(await left()).toEqual([]);
    });

    it("with a statement that is refused hears so in the server's words, with its line, and the rest is there", async () => {
      const answer = await prove([
        "use shop;\ncreate table a (id int primary key);\ninsert into a values (1);\n\ncreate table b (id int, foreign key (id)\n references shop.c (id));\ncreate table a (x int);\ncreate table d (q varchar(3) default '?');",
      ]);
      const [file] = ran(answer);
      expect(file?.problems.map((one) => [one.code, one.at?.line ?? null])).toEqual([
        ["import.refused", 5],
        ["import.refused", 7],
        ["import.data-set-aside", null],
      ]);
      expect(said(file)).toContain("Can't create table `shop`.`b` (errno: 150");
      expect(said(file)).toContain("Table 'a' already exists");
      expect([file?.statements, file?.refused]).toEqual([5, 2]);
      expect(file?.schema.tables.map(({ name }) => name)).toEqual(["a", "d"]);
      expect(file?.schema.namespaces.map(({ name }) => name)).toEqual(["shop"]);
      expect(answer.events.at(-1)?.kind).toBe("done");
    });

    it("that is hostile reaches nothing but its own database, reads nothing, and leaves nothing behind", async () => {
      const before = await owner("select user, host from mysql.user order by 1, 2; show databases; select @@global.general_log");
      await owner("set global event_scheduler = on");
      const [file] = ran(await prove([HOSTILE]));
      await owner("set global event_scheduler = off");
      expect(file?.schema.tables.map(({ name }) => name).sort()).toEqual(["evil", "own", "t"]);
      expect(file?.schema.verbatim.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
        "procedure out_of_here",
        "trigger tr",
      ]);
      expect(file?.problems.filter(({ code }) => code === "import.skipped").length).toBeGreaterThan(14);
      expect(await owner("select user, host from mysql.user order by 1, 2; show databases; select @@global.general_log")).toEqual(
        before,
      );
      expect(await owner("select count(*) from production.orders; show tables in production")).toEqual([[1], ["orders"]]);
      expect(
        await owner("select count(*) from mysql.event; select count(*) from mysql.proc where db not in ('mysql', 'sys')"),
      ).toEqual([[0], [0]]);
      expect(await left()).toEqual([]);
    });

    it("cannot even where every statement of it is sent as it is: the account may not", async () => {
      const connection = await mysql.createConnection({ uri: address("drawbridge_scratch").replace("mariadb:", "mysql:") });
      await connection.query("create database drawbridge_scratch_by_hand");
      await connection.query("use drawbridge_scratch_by_hand");
      for (const sql of [
        "drop database production",
        "create table production.evil (a int)",
        "select * from mysql.user",
        "select * from production.orders",
        "set global general_log = 1",
        "create user mallory",
        "select 'x' into outfile '/tmp/drawbridge-hostile'",
        "create definer=root@localhost procedure p() select 1",
        "create database production_copy",
      ])
        await expect(connection.query(sql), sql).rejects.toThrow(/denied|need/i);
      await connection.query("drop database drawbridge_scratch_by_hand");
      await connection.end();
    });

    it("that is given up half way leaves no database and no session", async () => {
      const abort = new AbortController();
      const going = prove([MANY], web, abort.signal);
      await expect
        .poll(
          async () =>
            (await owner("select count(*) from information_schema.tables where table_schema like 'drawbridge%'"))[0]?.[0],
        )
        .toBeGreaterThan(5);
      const second = await prove(["create table t (a int)"]);
      expect(second.events.at(-1)).toMatchObject({ kind: "failed", problem: { code: "scratch.busy" } });
      abort.abort();
      await expect(going).rejects.toThrow();
      await expect.poll(left, { timeout: 20_000 }).toEqual([]);
      await expect
        .poll(() => owner("select id from information_schema.processlist where user = 'drawbridge_scratch'"), { timeout: 20_000 })
        .toEqual([]);
      expect((await prove(["create table t (a int)"])).events.at(-1)?.kind).toBe("done");
    });

    it("that takes too long is stopped, which is said, and leaves no database", async () => {
      const limits = { ...SCRATCH_LIMITS, totalMs: 400 };
      const prover = new Prover(
        new ScratchServer(address("drawbridge_scratch"), systemResolver, () => undefined, limits),
        () => undefined,
        Date.now,
      );
      const caller = { address: "here", gone: new AbortController().signal, log: () => undefined };
      const proved = await prover.prove([MANY], caller, () => undefined);
      expect(proved).toMatchObject({ ok: false, problem: { code: "scratch.timeout" } });
      expect(await left()).toEqual([]);
    });

    it.each([
      ["almighty", "ALL PRIVILEGES ON *.*"],
      ["filer", "FILE ON *.*"],
      ["neighbour", "SELECT ON `production`.`orders`"],
    ])("is not run for %s, who may do too much, and its operator hears what", async (user, what) => {
      const other = await startServer({ scratchMysqlUrl: address(user) });
      const { events } = await prove(["create table t (a int)"], other);
      expect(events.at(-1)).toMatchObject({ kind: "failed", problem: { code: "scratch.rights", params: { what } } });
      expect(((await (await fetch(`${other.address}/api/scratch`)).json()) as ScratchAnswer).state).toBe("failed");
      expect(other.log()).toContain("GRANT ALL ON `drawbridge");
      expect(other.log()).not.toContain(PASSWORD);
      await other.close();
    });

    it("is told in one sentence where the server is not there, which says nothing of where that is", async () => {
      const other = await startServer({ scratchMysqlUrl: "mysql://nobody:canary-scratch-51d0@127.0.0.1:1" });
      const { events } = await prove(["create table t (a int)"], other);
      expect(events.at(-1)).toMatchObject({ kind: "failed", problem: { code: "scratch.unreachable" } });
      expect(JSON.stringify(events)).not.toContain("127.0.0.1");
      expect(other.log()).not.toContain(PASSWORD);
      await other.close();
    });

    it("is in no answer and no log line with the password, the account or the place's real name", () => {
      const everything = answered.join("\n") + web.log();
      for (const secret of [PASSWORD, "node_modules"]) expect(everything).not.toContain(secret);
      expect(everything).not.toMatch(/drawbridge_scratch_[0-9a-f]{6}/);
    });
  });
}
