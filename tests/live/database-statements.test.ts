/**
 * No row of a user's table is read, whatever is asked for: every route is called on a real PostgreSQL and a real MariaDB that note each
 * statement and count the rows that each table gave.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseClient, type DatabaseClient } from "../support/database-client.ts";
import { type MariadbServer, startMariadb } from "../support/mariadb.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type RunningServer, startServer } from "../support/server.ts";

const PASSWORD = "s3cret-canary-Pa55";
const TABLES = ["customers", "orders"];

let postgres: PostgresServer | null = null;
let mariadb: MariadbServer | null = null;
let web: RunningServer;

/** The account may read and write: that it does neither is the server's doing. */
beforeAll(async () => {
  web = await startServer();
  postgres = await startPostgres(15);
  const tables = `
    create table customers (id int primary key, name varchar(80), secret varchar(80));
    create table orders (id int primary key, customer_id int references customers (id) on delete cascade);
    create view totals as select customer_id, count(*) as count from orders group by customer_id;
    insert into customers values (1, 'Ada', 'row-canary-41d2'); insert into orders values (1, 1);`;
  if (postgres) {
    await postgres.psql("postgres", `create role app login superuser password '${PASSWORD}'; create database shop owner app;`);
    await postgres.psql("shop", tables);
    await postgres.psql("postgres", "alter system set log_statement = 'all'; select pg_reload_conf(), pg_sleep(0.5);");
  }
  mariadb = await startMariadb();
  if (!mariadb) return;
  await mariadb.script(
    "mysql",
    `create database shop; create user app@'%' identified by '${PASSWORD}'; grant all on *.* to app@'%';`,
  );
  const said = await mariadb.script("shop", tables);
  if (said !== "") throw new Error(said);
});
afterAll(async () => {
  await web.close();
  await postgres?.stop();
  await mariadb?.stop();
});

const clientOf = (type: string, port: () => number): DatabaseClient =>
  databaseClient(
    () => web,
    () => ({ type, host: "127.0.0.1", port: port(), username: "app", password: PASSWORD, database: "shop" }),
  );

/** Every route that reaches a database, once; each must answer well. */
async function everyRoute({ call, connect, fields, stream }: DatabaseClient): Promise<void> {
  const headers = await connect();
  const chosen = { database: "shop", tables: [...TABLES, "totals"] };
  const selected = fields({ selectedDatabase: "shop", selectedTables: TABLES });
  const answers = [
    await call("GET", "/databases", undefined, headers),
    await call("GET", "/tables/shop", undefined, headers),
    await call("POST", "/schema", chosen, headers),
    await call("POST", "/generate-dbml", chosen, headers),
    await call("POST", "/import", { ...chosen, tables: TABLES }, headers),
    await call("POST", "/test-connection", fields()),
    await call("POST", "/get-databases", fields()),
    await call("POST", "/get-tables", selected),
    await call("POST", "/import-schema", selected),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect((await stream(fields())).lines.at(-1)).toMatchObject({ kind: "schema" });
}

describe("PostgreSQL", () => {
  const client = clientOf("postgres", () => postgres?.port ?? 0);

  it("was asked for its catalogue alone, in read-only transactions", async ({ skip }) => {
    if (!postgres) return skip();
    const before = postgres.log().length;
    await everyRoute(client);
    const statements = postgres
      .log()
      .slice(before)
      .split(/LOG: {2}(?:statement|execute [^:]+): /)
      .slice(1);
    expect(statements.length).toBeGreaterThan(50);
    for (const statement of statements) {
      expect(statement).toMatch(
        /^\s*(begin transaction isolation level repeatable read read only|select|with|rollback|show|set local)/i,
      );
      expect(statement).not.toMatch(/\b(customers|orders|totals)\b|canary/i);
      // What is quoted is the text of what could be written, not a statement.
      expect(statement.replace(/'(?:[^']|'')*'/g, "''")).not.toMatch(
        /\b(insert into|delete from|update \S+ set|copy \S+ (from|to)|lock table|create|alter|drop)\s/i,
      );
    }
  });

  it("gave no row of a user's table: its own counters say so", async ({ skip }) => {
    if (!postgres) return skip();
    const target = postgres;
    // psql prints nothing here, and speaks of what it finds as an error.
    const scanned = async (): Promise<string> =>
      target.psql(
        "shop",
        `select pg_stat_force_next_flush();
         do $$ begin raise notice 'scans=%', (select sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + coalesce(seq_tup_read, 0))
           from pg_stat_user_tables); end $$;`,
      );
    // Sessions tell their numbers when they end.
    const settled = async (): Promise<string> => {
      await target.psql(
        "postgres",
        "select pg_terminate_backend(pid), pg_sleep(0.3) from pg_stat_activity where application_name = 'Drawbridge'",
      );
      return scanned();
    };
    const before = await settled();
    expect(before).toMatch(/scans=\d+/);
    await everyRoute(client);
    expect(await settled()).toBe(before);
    await target.psql("shop", "select * from customers");
    expect(await settled()).not.toBe(before);
  });
});

describe("MariaDB", () => {
  const client = clientOf("mysql", () => mariadb?.port ?? 0);

  it("was asked for its catalogue alone, in read-only transactions, and gave no row of a user's table", async ({ skip }) => {
    if (!mariadb) return skip();
    const owner = await mariadb.connect("mysql");
    const rowsRead = async (): Promise<unknown> =>
      (
        await owner.run("select ifnull(sum(rows_read), 0) from information_schema.table_statistics where table_schema = 'shop'")
      )[0];
    await owner.run(
      `set global userstat = 1; set global log_output = 'TABLE'; truncate table mysql.general_log; flush table_statistics;
       set global general_log = 1`,
    );
    const before = await rowsRead();
    await everyRoute(client);
    expect(await rowsRead()).toEqual(before);
    const rows = await owner.run(
      `set global general_log = 0;
       select argument from mysql.general_log where command_type in ('Query', 'Prepare', 'Execute') and user_host like 'app%'`,
    );
    expect(rows.length).toBeGreaterThan(30);
    for (const [statement] of rows) {
      expect(String(statement)).toMatch(
        /^\s*(select 1$|SELECT VERSION\(\)|START TRANSACTION READ ONLY|ROLLBACK|SET SESSION|USE |SHOW (CREATE|DATABASES|FULL TABLES)|\(?SELECT [\s\S]* FROM information_schema\.)/,
      );
      expect(String(statement)).not.toMatch(/\bfrom `?(shop`?\.`?)?(customers|orders|totals)\b|canary/i);
    }
    await owner.run("select * from shop.customers");
    expect(await rowsRead()).not.toEqual(before);
    await owner.close();
  });
});
