/** What DrawDB's contract says of PostgreSQL alone: types, composite keys, other databases and namespaces, the server's words. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseClient } from "../support/database-client.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type RunningServer, startServer } from "../support/server.ts";

const PASSWORD = "s3cret-canary-Pa55";

const SHOP = `
  create type mood as enum ('sad', 'ok');
  create domain email as varchar(320) check (value like '%@%');
  create table customers (
    id serial primary key, name varchar(80) not null default 'x', code text unique, born date, feels mood default 'ok',
    tags text[], at time, seen timestamptz default now(), mail email, balance numeric(8,2));
  create table "Odd name" (a int, b int, primary key (a, b));
  create table parts (a int, b int, foreign key (a, b) references "Odd name");
  create table orders (id bigint generated always as identity primary key, note text);
  create index by_note on orders (note);
  create schema hidden; create table hidden.unseen (id int);
`;

let postgres: PostgresServer | null = null;
let server: RunningServer;
const { call, connect, fields, stream } = databaseClient(
  () => server,
  () => ({
    type: "postgres",
    host: "127.0.0.1",
    port: postgres?.port ?? 1,
    username: "app",
    password: PASSWORD,
    database: "shop",
  }),
);

beforeAll(async () => {
  server = await startServer();
  postgres = await startPostgres(15);
  if (!postgres) return;
  await postgres.psql("postgres", `create role app login superuser password '${PASSWORD}'; create database shop owner app;`);
  await postgres.psql("shop", SHOP);
});
afterAll(async () => {
  await server.close();
  await postgres?.stop();
});

type Row = (title: string, test: () => Promise<void>) => void;

const row: Row = (title, test) => {
  it(title, async ({ skip }) => {
    if (!postgres) return skip();
    await test();
  });
};

describe("a session", () => {
  row("lists the maintenance database to who named it, and reads any database of the server", async () => {
    const headers = await connect({ database: "postgres" });
    const { body } = await call("GET", "/databases", undefined, headers);
    expect((body["databases"] as { name: string }[]).map(({ name }) => name)).toEqual(["postgres", "shop"]);
    const { tables } = (await call("GET", "/tables/shop", undefined, headers)).body as { tables: { name: string }[] };
    expect(tables.map(({ name }) => name)).toEqual(["Odd name", "customers", "orders", "parts"]);
  });

  row("imports enums, arrays, times and domains", async () => {
    const { body } = await call("POST", "/schema", { database: "shop", tables: ["customers"] }, await connect());
    const { tables } = body["schema"] as { tables: { fields: Record<string, unknown>[] }[] };
    expect(tables[0]?.fields.map(({ name, type, size }) => [name, type, size])).toEqual([
      ["id", "INT", null],
      ["name", "VARCHAR", 80],
      ["code", "TEXT", null],
      ["born", "DATE", null],
      ["feels", "MOOD", null],
      ["tags", "TEXT[]", null],
      ["at", "TIME", null],
      ["seen", "TIMESTAMPTZ", null],
      ["mail", "VARCHAR", 320],
      ["balance", "DECIMAL", "8,2"],
    ]);
    expect(tables[0]?.fields[2]).toMatchObject({ unique: true, primary: false });
  });

  row("quotes odd names and writes each column of a composite key in DBML", async () => {
    const asked = { database: "shop", tables: ["Odd name", "parts"] };
    const { body } = await call("POST", "/generate-dbml", asked, await connect());
    expect(String(body["dbml"]).split("\n").slice(5)).toEqual([
      'Table "Odd name" {',
      "  a INT [pk, not null]",
      "  b INT [pk, not null]",
      "}",
      "",
      "Table parts {",
      "  a INT",
      "  b INT",
      "}",
      "",
      'Ref: parts.a > "Odd name".a [update: no action, delete: no action]',
      'Ref: parts.b > "Odd name".b [update: no action, delete: no action]',
      "",
    ]);
  });
});

describe("DrawDB's client", () => {
  row("of today gets enums and whole composite keys", async () => {
    const asked = fields({
      database: "",
      selectedDatabase: "shop",
      selectedTables: ["parts", "Odd name", "customers", "orders"],
    });
    const { body } = await call("POST", "/import-schema", asked, { accept: "application/vnd.drawdb+json" });
    const { relationships, enums, tables } = body["diagramData"] as Record<string, Record<string, unknown>[]>;
    expect(relationships?.[0]?.["fields"]).toHaveLength(2);
    expect(enums).toEqual([{ name: "mood", values: ["sad", "ok"] }]);
    expect(tables?.[3]).toMatchObject({ indices: [{ id: 0, name: "by_note", unique: false, fields: ["note"] }] });
  });

  row("is told what the server said", async () => {
    const missing = await call("POST", "/test-connection", fields({ database: "" }));
    expect([missing.status, missing.body]).toEqual([500, { success: false, error: 'database "app" does not exist' }]);
    const denied = await call("POST", "/import-schema", fields({ selectedDatabase: "gone", selectedTables: ["x"] }));
    expect(denied.body).toEqual({ success: false, error: 'database "gone" does not exist' });
  });
});

describe("our own routes", () => {
  row("look at a server: its version and its databases, from the lobby where none is named", async () => {
    const { body } = await call("POST", "/look", fields({ database: null }));
    expect(body).toMatchObject({ kind: "found", dialect: "postgres", encrypted: false, databases: ["shop"] });
    expect(body["engine"]).toMatch(/^PostgreSQL 15/);
    const named = await call("POST", "/look", fields({ database: "postgres" }));
    expect(named.body["databases"]).toEqual(["postgres", "shop"]);
  });

  row("look from the account's own database where the lobby is closed to it", async () => {
    await postgres?.psql(
      "postgres",
      `revoke connect on database postgres from public; create database guest; create role guest login password '${PASSWORD}';`,
    );
    const { body } = await call("POST", "/look", fields({ database: null, username: "guest" }));
    await postgres?.psql("postgres", "grant connect on database postgres to public; drop database guest;");
    expect(body["databases"]).toContain("guest");
  });

  row("fail a look with a code and a sentence", async () => {
    const { status, body } = await call("POST", "/look", fields({ database: "gone" }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: "failed", problem: { code: "live.refused", params: { code: "3D000" } } });
  });

  row("reads all namespaces, or those that were asked for", async () => {
    const tables = async (namespaces: readonly string[]): Promise<string[]> => {
      const { lines } = await stream(fields({ namespaces }));
      return (lines.at(-1) as { schema: { tables: { name: string }[] } }).schema.tables.map(({ name }) => name);
    };
    expect(await tables([])).toEqual(["unseen", "Odd name", "customers", "orders", "parts"]);
    expect(await tables(["hidden"])).toEqual(["unseen"]);
  });
});
