/** Sessions on a real MariaDB: what they read, what they leave alone, how they end; and DrawDB's routes over it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openMysql } from "../../server/introspect/live/mysql.ts";
import { LIMITS, type Limits, type LiveSession, type Login } from "../../server/introspect/live/session.ts";
import type { Target } from "../../server/introspect/target/resolve.ts";
import { type Problem, type Result, sentence } from "#shared/result/index.ts";
import { type MariadbServer, startMariadb } from "../support/mariadb.ts";
import { scratchSuite } from "../support/scratch-suite.ts";
import { type RunningServer, startServer } from "../support/server.ts";

const PASSWORD = "correct 'horse\" battery";
const forever = new AbortController().signal;
const SHOP = `
  create table customers (id int auto_increment primary key, name varchar(80) not null default 'x' comment 'what they are called',
    code varchar(10) unique, feels enum('sad','it''s ok') default 'sad', size int unsigned, secret text);
  create table orders (id bigint primary key, customer_id int not null, total decimal(8,2) default 0.00,
    constraint owed foreign key (customer_id) references customers (id) on delete cascade);
  create table \`odd \`\`; drop table orders; -- name\` (id int primary key);
  insert into customers (name, secret) values ('Ada', 'canary-7f3a');
  create view totals as select customer_id, sum(total) as total from orders group by customer_id;
`;

let server: MariadbServer | null = null;
let web: RunningServer;

beforeAll(async () => {
  web = await startServer();
  server = await startMariadb();
  if (server === null) return;
  await server.script(
    "mysql",
    `create database shop; create user reader@'%' identified by '${PASSWORD.replaceAll("'", "''")}';
    grant select, show view, insert, create, drop on shop.* to reader@'%';`,
  );
  const said = await server.script("shop", SHOP);
  if (said !== "") throw new Error(said);
});
beforeEach(({ skip }) => {
  if (server === null) skip("no MariaDB could be started here");
});
afterAll(async () => {
  await web.close();
  await server?.stop();
});

const target = (): Target => ({ host: "localhost", port: server?.port ?? 0, addresses: ["127.0.0.1"], reach: "loopback" });
const login = (over: Partial<Login> = {}): Login => ({
  user: "reader",
  password: PASSWORD,
  database: "shop",
  tls: "prefer",
  ca: null,
  ...over,
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(sentence(result.problem));
  return result.value;
}

const problemOf = (result: Result<unknown>): Problem => {
  if (result.ok) throw new Error("it went well");
  return result.problem;
};

async function withSession(work: (session: LiveSession) => Promise<void>, limits: Limits = LIMITS): Promise<void> {
  const session = unwrap(await openMysql(target(), login(), limits, forever));
  try {
    await work(session);
  } finally {
    session.close();
  }
}

/** What the server noted of every statement since `work` began. */
async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  const owner = await server?.connect("mysql");
  if (!owner) return [];
  await owner.run("set global log_output = 'TABLE'; truncate table mysql.general_log; set global general_log = 1");
  await work();
  const rows = await owner.run(
    "set global general_log = 0; select argument from mysql.general_log where command_type = 'Query' and user_host like 'reader%'",
  );
  await owner.close();
  return rows.map(([text]) => String(text));
}

describe("a session on MariaDB", () => {
  it("reads the whole catalogue and no row of a table", () =>
    withSession(async (session) => {
      const said = await statementsOf(async () => {
        const { value, problems } = unwrap(
          await session.read((run) => session.dialect.catalog.introspect(run, { namespaces: ["shop"] }), forever),
        );
        expect(session.version).toMatch(/^MariaDB 1\d+\.\d+/);
        expect(value.dialect).toBe("mariadb");
        expect(value.tables.map(({ name }) => name).sort()).toEqual(["customers", "odd `; drop table orders; -- name", "orders"]);
        expect(value.foreignKeys.map(({ name, onDelete }) => [name, onDelete])).toEqual([["owed", "cascade"]]);
        expect(value.views[0]?.columns.map(({ name }) => name)).toEqual(["customer_id", "total"]);
        expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      });
      expect(said.length).toBeGreaterThan(5);
      for (const statement of said) {
        expect(statement).toMatch(
          /^\s*(START TRANSACTION READ ONLY|ROLLBACK|SET SESSION|USE |SHOW CREATE|\(?SELECT [\s\S]* FROM information_schema\.)/,
        );
      }
    }));

  it("cannot write, though its account may", () =>
    withSession(async (session) => {
      const written = await session.read((run) => run("insert into customers (name) values ('planted')"), forever);
      expect(problemOf(written).params).toMatchObject({ code: "1792" });
      expect(unwrap(await session.read((run) => run("select 1"), forever))).toEqual([[1]]);
    }));

  it("gives the rows of several statements one after another", () =>
    withSession(async (session) => {
      const rows = await session.read((run) => run("select 1, 2; set @a = 1; select 3; select 4 where false; select 5"), forever);
      expect(unwrap(rows)).toEqual([[1, 2], [3], [5]]);
    }));

  it("stops a statement on the server when its caller goes", () =>
    withSession(async (session) => {
      const caller = new AbortController();
      const reading = session.read(async (run) => {
        const slow = run("select sleep(60)");
        setImmediate(() => caller.abort());
        return slow;
      }, caller.signal);
      expect(problemOf(await reading).code).toBe("live.cancelled");
      const owner = await server?.connect("mysql");
      const left = await owner?.run(
        "select count(*) from information_schema.processlist where info like '%sleep(60)%' and command = 'Query' and id <> connection_id()",
      );
      expect(left).toEqual([[0]]);
      await owner?.close();
      expect(session.alive()).toBe(false);
    }));

  it.each([
    [{ statementMs: 100 }, "live.refused"],
    [{ totalMs: 200 }, "live.timeout"],
  ])("keeps its time: %o", async (over, code) => {
    const session = unwrap(await openMysql(target(), login(), { ...LIMITS, ...over }, forever));
    const slow = "select count(*) from seq_1_to_100000 a, seq_1_to_100000 b where a.seq + b.seq = 1";
    expect(problemOf(await session.read((run) => run(slow), forever)).code).toBe(code);
    session.close();
  });

  it("stops at its bytes", () =>
    withSession(
      async (session) => {
        const answer = await session.read((run) => run("select repeat('x', 1000) from seq_1_to_100000"), forever);
        expect(problemOf(answer).code).toBe("live.too-much");
      },
      { ...LIMITS, bytes: 1024 * 1024 },
    ));
});

describe("what MariaDB refuses", () => {
  it.each<[what: string, over: Partial<Login>, code: string]>([
    ["a wrong password", { password: "wrong-canary" }, "1045"],
    ["no password", { password: "" }, "1045"],
    ["an account that is not there", { user: "nobody_here" }, "1045"],
    ["a database that is not there", { database: "no_such" }, "1044"],
  ])("%s", async (_what, over, code) => {
    const refused = problemOf(await openMysql(target(), login(over), LIMITS, forever));
    expect(refused).toMatchObject({ code: "live.refused", params: { code } });
    expect(JSON.stringify(refused)).not.toContain("wrong-canary");
  });

  it("encryption, when it has none", async () => {
    const refused = await openMysql(target(), login({ tls: "require" }), LIMITS, forever);
    expect(problemOf(refused).code).toBe("live.not-encrypted");
  });
});

describe("DrawDB's client on MariaDB", () => {
  const fields = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
    type: "mysql",
    host: "127.0.0.1",
    port: server?.port,
    username: "reader",
    password: PASSWORD,
    ...over,
  });
  const call = async (path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await fetch(`${web.address}/api/database${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it("lists databases and tables, views among them", async ({ skip }) => {
    if (!server) return skip();
    expect((await call("/test-connection", fields())).body).toMatchObject({
      success: true,
      config: { type: "mysql", database: null },
    });
    const { body } = await call("/get-databases", fields());
    expect(body).toEqual({ success: true, databases: [{ name: "shop", type: "database" }] });
    const tables = await call("/get-tables", fields({ selectedDatabase: "shop" }));
    const names = (tables.body["tables"] as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(["customers", "odd `; drop table orders; -- name", "orders", "totals"]);
  });

  it("imports what was chosen", async ({ skip }) => {
    if (!server) return skip();
    const selectedTables = ["customers", "orders", "totals"];
    const { status, body } = await call("/import-schema", fields({ selectedDatabase: "shop", selectedTables }));
    expect(status).toBe(200);
    const { database, tables, relationships } = body["diagramData"] as {
      database: string;
      tables: { fields: Record<string, unknown>[] }[];
      relationships: Record<string, unknown>[];
    };
    expect(database).toBe("mariadb");
    const [id, name, code, feels, size] = tables[0]?.fields ?? [];
    expect(id).toMatchObject({ type: "INT", primary: true, increment: true });
    expect(name).toMatchObject({ type: "VARCHAR", size: 80, default: "x", comment: "what they are called", notNull: true });
    expect(code).toMatchObject({ unique: true });
    expect(feels).toMatchObject({ type: "ENUM", values: ["sad", "it's ok"] });
    expect(size).toMatchObject({ type: "INT", unsigned: true });
    expect(tables[2]?.fields.map((field) => field["name"])).toEqual(["customer_id", "total"]);
    expect(relationships[0]).toMatchObject({ updateConstraint: 2, deleteConstraint: 1, cardinality: 2 });
  });

  it("is told what the server said", async ({ skip }) => {
    if (!server) return skip();
    const wrong = await call("/test-connection", fields({ username: "nouser", password: "secret-canary" }));
    expect(wrong.status).toBe(500);
    expect(wrong.body).toEqual({ success: false, error: "Access denied for user 'nouser'@'localhost' (using password: YES)" });
    const missing = await call("/get-tables", fields({ selectedDatabase: "no_such" }));
    expect(missing.body).toEqual({ success: false, error: "Access denied for user 'reader'@'%' to database 'no_such'" });
    for (const secret of [PASSWORD, "secret-canary", "canary-7f3a"]) expect(web.log()).not.toContain(secret);
  });
});

// Here, and not in a file of its own: it shares the server that is running.
scratchSuite(() => server);
