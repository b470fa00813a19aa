/** DrawDB's contract for live databases, row by row, against a real PostgreSQL: statuses, sentences, shapes, and what must not appear. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type RunningServer, startServer } from "../support/server.ts";

const PASSWORD = "s3cret-canary-Pa55";
const ROW = "row-canary-41d2";

const SHOP = `
  create type mood as enum ('sad', 'ok');
  create domain email as varchar(320) check (value like '%@%');
  create table customers (
    id serial primary key, name varchar(80) not null default 'x', code text unique, born date, feels mood default 'ok',
    tags text[], at time, seen timestamptz default now(), mail email, balance numeric(8,2));
  comment on column customers.name is 'what they are called';
  create table orders (
    id bigint generated always as identity primary key,
    customer_id int not null references customers on delete cascade on update restrict, note text default 'it''s');
  create table "Odd name" (a int, b int, primary key (a, b));
  create table parts (a int, b int, foreign key (a, b) references "Odd name");
  create index by_note on orders (note);
  insert into customers (name) values ('${ROW}');
  create schema hidden; create table hidden.unseen (id int);
  create view totals as select 1 as one;
`;

let postgres: PostgresServer | null = null;
let server: RunningServer;
const said: string[] = [];

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

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string | null;
  readonly headers: Headers;
}

async function call(method: "GET" | "POST", path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${server.address}/api/database${path}`, {
    method,
    redirect: "manual",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  said.push(text, JSON.stringify([...answer.headers]));
  return {
    status: answer.status,
    body: text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {},
    cookie: answer.headers.get("set-cookie"),
    headers: answer.headers,
  };
}

const fields = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: "postgres",
  host: "127.0.0.1",
  port: postgres?.port ?? 1,
  username: "app",
  password: PASSWORD,
  database: "shop",
  ...over,
});

/** The session that a connect began. */
async function connect(over: Record<string, unknown> = {}): Promise<{ readonly cookie: string }> {
  const { cookie } = await call("POST", "/connect", fields(over));
  return { cookie: (cookie ?? "").split(";")[0] ?? "" };
}

const NO_CONNECTION = "No active connection. Please connect to database first.";
const REQUIRED = "Database type and username are required";

describe("what is refused before any connection", () => {
  it.each<[method: "GET" | "POST", path: string, body: unknown, status: number, error: string]>([
    ["POST", "/connect", {}, 400, REQUIRED],
    ["POST", "/connect", { type: "postgres" }, 400, REQUIRED],
    ["POST", "/connect", { username: "x" }, 400, REQUIRED],
    ["POST", "/connect", { type: "postgres", username: "" }, 400, REQUIRED],
    [
      "POST",
      "/connect",
      { type: "oracle", username: "x" },
      400,
      "Unsupported database type. Supported types: mysql, postgres, sqlite",
    ],
    ["GET", "/databases", undefined, 400, NO_CONNECTION],
    ["GET", "/tables/shop", undefined, 400, NO_CONNECTION],
    ["POST", "/schema", {}, 400, NO_CONNECTION],
    ["POST", "/generate-dbml", {}, 400, NO_CONNECTION],
    ["POST", "/test-connection", {}, 400, REQUIRED],
    [
      "POST",
      "/test-connection",
      { type: "toString", username: "x" },
      400,
      "Unsupported database type. Supported types: mysql, postgres, sqlite",
    ],
    ["POST", "/get-databases", { username: "x" }, 400, REQUIRED],
    ["POST", "/get-databases", { type: "oracle", username: "x" }, 500, "Unsupported database type: oracle"],
    [
      "POST",
      "/get-tables",
      { type: "postgres", username: "x" },
      400,
      "Database type, username, and selectedDatabase are required",
    ],
    ["POST", "/get-tables", { type: "oracle", username: "x", selectedDatabase: "y" }, 500, "Unsupported database type: oracle"],
    [
      "POST",
      "/import-schema",
      { type: "postgres", username: "x", selectedDatabase: "y", selectedTables: [] },
      400,
      "Database type, username, selectedDatabase, and selectedTables array are required",
    ],
    [
      "POST",
      "/import-schema",
      { type: "oracle", username: "x", selectedDatabase: "y", selectedTables: ["z"] },
      500,
      "Unsupported database type: oracle",
    ],
    ["POST", "/introspect", {}, 400, REQUIRED],
  ])("%s %s %j: %i %s", async (method, path, body, status, error) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ success: false, error });
  });

  it("POST /import without a connection leads to DrawDB's page", async () => {
    const answer = await call("POST", "/import", { database: "shop", tables: ["orders"] });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/db-import?error=No%20active%20connection");
  });

  it("GET /status and POST /disconnect answer without a connection", async () => {
    expect((await call("GET", "/status")).body).toEqual({ connected: false, connectionId: null, databaseType: null });
    const gone = { success: true, message: "Disconnected successfully" };
    expect((await call("POST", "/disconnect")).body).toEqual(gone);
    expect((await call("POST", "/disconnect", {})).body).toEqual(gone);
  });

  it("gives every browser the cookie that the contract settles", async () => {
    const { cookie } = await call("GET", "/status");
    expect(cookie).toMatch(/^sessionid=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
    const again = await call("GET", "/status", undefined, { cookie: (cookie ?? "").split(";")[0] ?? "" });
    expect(again.cookie).toBeNull();
  });

  it.each([
    { type: "postgres", username: { $ne: 1 } },
    { type: ["postgres"], username: "x" },
    { type: "postgres", username: "x", port: {} },
  ])("a field of the wrong type is the caller's mistake: %j", async (body) => {
    expect((await call("POST", "/connect", body)).status).toBe(400);
  });
});

describe("a session", () => {
  it("connects, tells its status and forgets", async ({ skip }) => {
    if (!postgres) return skip();
    const connected = await call("POST", "/connect", fields());
    expect(connected.body).toEqual({
      success: true,
      message: "Connected successfully",
      connectionId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as string,
      databaseType: "postgres",
    });
    const headers = { cookie: (connected.cookie ?? "").split(";")[0] ?? "" };
    const { body } = await call("GET", "/status", undefined, headers);
    expect(body).toEqual({
      connected: true,
      connectionId: connected.body["connectionId"],
      databaseType: "postgres",
      connectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    });
    await call("POST", "/disconnect", {}, headers);
    expect((await call("GET", "/status", undefined, headers)).body["connected"]).toBe(false);
    expect((await call("GET", "/databases", undefined, headers)).status).toBe(400);
  });

  it("never takes up an id that a browser brought", async ({ skip }) => {
    if (!postgres) return skip();
    const planted = `sessionid=${"A".repeat(43)}`;
    const { cookie } = await call("POST", "/connect", fields(), { cookie: planted });
    expect(cookie).not.toContain("AAAA");
    expect((await call("GET", "/status", undefined, { cookie: planted })).body["connected"]).toBe(false);
  });

  it("lists databases and tables, of another database of the server too", async ({ skip }) => {
    if (!postgres) return skip();
    const headers = await connect({ database: "postgres" });
    const { body } = await call("GET", "/databases", undefined, headers);
    expect(body).toEqual({
      success: true,
      databases: [
        { name: "postgres", type: "database" },
        { name: "shop", type: "database" },
      ],
    });
    const tables = ["Odd name", "customers", "orders", "parts"].map((name) => ({
      name,
      type: "table",
      rowCount: null,
      size: null,
    }));
    expect((await call("GET", "/tables/shop", undefined, headers)).body).toEqual({ success: true, database: "shop", tables });
    const missing = await call("GET", "/tables/no%22such", undefined, headers);
    expect(missing.status).toBe(500);
    expect(missing.body).toEqual({ success: false, error: 'database "no"such" does not exist' });
  });

  it("gives the schema with the seed's fields and the observed ones", async ({ skip }) => {
    if (!postgres) return skip();
    const headers = await connect();
    for (const body of [{}, { database: "shop" }, { tables: ["orders"] }]) {
      const refused = await call("POST", "/schema", body, headers);
      expect(refused).toMatchObject({
        status: 400,
        body: { success: false, error: "Database name and tables array are required" },
      });
    }
    const { body } = await call("POST", "/schema", { database: "shop", tables: ["orders", "customers"] }, headers);
    expect(body).toMatchObject({ success: true, database: "shop", selectedTables: ["orders", "customers"] });
    const schema = body["schema"] as { tables: { name: string; fields: Record<string, unknown>[] }[]; relationships: unknown[] };
    expect(schema.tables.map(({ name }) => name)).toEqual(["orders", "customers"]);
    expect(schema.tables[0]?.fields[1]).toEqual({
      name: "customer_id",
      type: "INT",
      size: null,
      nullable: false,
      notNull: true,
      default: null,
      primary: false,
      autoIncrement: false,
      unique: false,
      comment: null,
    });
    const types = schema.tables[1]?.fields.map(({ name, type, size }) => [name, type, size]);
    expect(types).toEqual([
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
    expect(schema.tables[0]?.fields[0]).toMatchObject({ primary: true, autoIncrement: true });
    expect(schema.tables[1]?.fields[0]).toMatchObject({ primary: true, autoIncrement: true });
    expect(schema.tables[1]?.fields[1]).toMatchObject({ default: "'x'::character varying", comment: "what they are called" });
    expect(schema.tables[1]?.fields[2]).toMatchObject({ unique: true, primary: false });
    expect(schema.relationships).toEqual([
      {
        fromTable: "orders",
        fromColumn: "customer_id",
        toTable: "customers",
        toColumn: "id",
        constraintName: "orders_customer_id_fkey",
        updateRule: "RESTRICT",
        deleteRule: "CASCADE",
      },
    ]);
  });

  it("leaves out what leads to a table that was not chosen, with a remark", async ({ skip }) => {
    if (!postgres) return skip();
    const headers = await connect();
    const { body } = await call("POST", "/schema", { database: "shop", tables: ["orders", "unseen"] }, headers);
    expect(body["schema"]).toMatchObject({ tables: [{ name: "orders" }, { name: "unseen", fields: [] }], relationships: [] });
    expect(body["remarks"]).toEqual([
      "The foreign key orders_customer_id_fkey of orders is left out: customers was not selected.",
    ]);
  });

  it("writes DBML", async ({ skip }) => {
    if (!postgres) return skip();
    const headers = await connect();
    const { body } = await call(
      "POST",
      "/generate-dbml",
      { database: "shop", tables: ["customers", "orders", "Odd name", "parts"] },
      headers,
    );
    expect(Object.keys(body)).toEqual(["success", "database", "tables", "dbml", "schema"]);
    expect(String(body["dbml"]).replace(/\d{4}-[\dT:.-]+Z/, "<time>")).toBe(`Project DrawDB_Import {
  database_type: 'Multi-Database'
  Note: 'Generated at <time>'
}

Table customers {
  id INT [pk, increment, not null, default: 'nextval(\\'public.customers_id_seq\\'::regclass)']
  name VARCHAR [not null, default: '\\'x\\'::character varying', note: 'what they are called']
  code TEXT [unique]
  born DATE
  feels MOOD [default: '\\'ok\\'::public.mood']
  tags TEXT[]
  at TIME
  seen TIMESTAMPTZ [default: 'now()']
  mail VARCHAR
  balance DECIMAL
}

Table orders {
  id BIGINT [pk, increment, not null]
  customer_id INT [not null]
  note TEXT [default: '\\'it\\'\\'s\\'::text']
}

Table "Odd name" {
  a INT [pk, not null]
  b INT [pk, not null]
}

Table parts {
  a INT
  b INT
}

Ref: orders.customer_id > customers.id [delete: cascade]
Ref: parts.a > "Odd name".a [update: no action, delete: no action]
Ref: parts.b > "Odd name".b [update: no action, delete: no action]
`);
    const refused = await call("POST", "/generate-dbml", {}, headers);
    expect(refused).toMatchObject({ status: 500, body: { success: false, error: "Failed to generate DBML" } });
  });
});

describe("importing in a session", () => {
  it("saves a diagram that DrawDB's client reads, and lets the connection go", async ({ skip }) => {
    if (!postgres) return skip();
    const headers = await connect();
    const asked = { database: "shop", tables: ["customers", "orders"] };
    const kept = await call("POST", "/import", { ...asked, options: { closeConnection: false } }, headers);
    const shareId = String(kept.body["shareId"]);
    expect(kept.body).toEqual({
      success: true,
      redirectUrl: `http://localhost:5173/editor?shareId=${shareId}`,
      shareId,
      message: "Diagram generated and saved successfully. Redirecting to main app...",
    });
    const gist = await (await fetch(`${server.address}/api/gists/${shareId}`)).json();
    expect(gist).toMatchObject({
      description: "DrawDB diagram - shop",
      files: { "share.json": { content: { database: "postgresql", title: "shop - Imported" } } },
    });
    expect((await call("GET", "/status", undefined, headers)).body["connected"]).toBe(true);
    await call("POST", "/import", asked, headers);
    expect((await call("GET", "/status", undefined, headers)).body["connected"]).toBe(false);
  });

  it("fails as the contract says when nothing is asked for", async ({ skip }) => {
    if (!postgres) return skip();
    const refused = await call("POST", "/import", {}, await connect());
    expect(refused).toMatchObject({ status: 500, body: { success: false, error: "Failed to import schema" } });
  });
});

describe("DrawDB's client", () => {
  it("tries a connection", async ({ skip }) => {
    if (!postgres) return skip();
    const answer = await call("POST", "/test-connection", fields({ port: String(postgres.port), database: "shop" }));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      message: "Connection successful",
      config: { type: "postgres", host: "127.0.0.1", port: postgres.port, database: "shop" },
    });
  });

  it("lists databases, then tables, then imports", async ({ skip }) => {
    if (!postgres) return skip();
    const databases = await call("POST", "/get-databases", fields());
    expect(databases.body).toEqual({ success: true, databases: [{ name: "shop", type: "database" }] });
    const listed = await call("POST", "/get-tables", fields({ database: "postgres", selectedDatabase: "shop" }));
    expect(listed.body).toMatchObject({ success: true, database: "shop" });
    const selectedTables = ["customers", "orders"];
    const { status, body } = await call(
      "POST",
      "/import-schema",
      fields({ database: "", selectedDatabase: "shop", selectedTables }),
    );
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["success", "database", "selectedTables", "diagramData"]);
    const diagram = body["diagramData"] as Record<string, never>;
    expect(diagram).toMatchObject({ database: "postgresql", title: "shop - Imported", notes: [], subjectAreas: [] });
    expect(diagram["transform"]).toEqual({ zoom: 1, pan: { x: 0, y: 0 } });
    const [customers, orders] = diagram["tables"] as unknown as { id: string; fields: { id: string; name: string }[] }[];
    expect(Object.keys(customers ?? {})).toEqual(["id", "name", "comment", "color", "fields", "indices", "x", "y"]);
    expect(customers).toMatchObject({ name: "customers", color: "#175e7a", comment: "", x: 20, y: 20 });
    expect(orders).toMatchObject({ x: 270, y: 20, indices: [{ id: 0, name: "by_note", unique: false, fields: ["note"] }] });
    expect(customers?.id).toMatch(/^[\w-]{21}$/);
    expect(customers?.fields[0]).toEqual({
      id: expect.stringMatching(/^[\w-]{21}$/) as string,
      name: "id",
      type: "INT",
      default: "",
      check: "",
      primary: true,
      unique: true,
      notNull: true,
      increment: true,
      comment: "",
    });
    expect(diagram["relationships"]).toEqual([
      {
        name: "fk_orders_customer_id_customers",
        startTableId: orders?.id,
        endTableId: customers?.id,
        endFieldId: customers?.fields[0]?.id,
        startFieldId: orders?.fields[1]?.id,
        id: 0,
        updateConstraint: 2,
        deleteConstraint: 1,
        cardinality: 2,
      },
    ]);
  });

  it("of today asks for strings", async ({ skip }) => {
    if (!postgres) return skip();
    const asked = fields({ selectedDatabase: "shop", selectedTables: ["parts", "Odd name", "customers", "orders"] });
    const { body } = await call("POST", "/import-schema", asked, { accept: "application/vnd.drawdb+json" });
    const { relationships, enums } = body["diagramData"] as { relationships: Record<string, unknown>[]; enums: unknown };
    expect(relationships[0]).toMatchObject({
      cardinality: "many_to_one",
      updateConstraint: "Restrict",
      deleteConstraint: "Cascade",
    });
    expect(relationships[1]?.["fields"]).toHaveLength(2);
    expect(enums).toEqual([{ name: "mood", values: ["sad", "ok"] }]);
  });

  it("is told when a table is not there", async ({ skip }) => {
    if (!postgres) return skip();
    const answer = await call(
      "POST",
      "/import-schema",
      fields({ selectedDatabase: "shop", selectedTables: ["customers", "gone"] }),
    );
    expect(answer).toMatchObject({ status: 500, body: { success: false, error: "Failed to import schema" } });
  });

  it("is told what the server said, and the same sentence for whatever cannot be reached", async ({ skip }) => {
    if (!postgres) return skip();
    const missing = await call("POST", "/test-connection", fields({ username: "app", database: "" }));
    expect(missing).toMatchObject({ status: 500, body: { success: false, error: 'database "app" does not exist' } });
    const errors: string[] = [];
    for (const over of [{ port: 1 }, { host: "no-such-name.invalid", port: 1 }, { host: "169.254.169.254", port: 1 }]) {
      const { status, body } = await call("POST", "/test-connection", fields(over));
      expect(status).toBe(500);
      errors.push(String(body["error"]).replace(String((over as { host?: string }).host ?? "127.0.0.1"), "<host>"));
    }
    expect(new Set(errors).size).toBe(1);
    expect(errors[0]).toContain("No PostgreSQL server could be reached at <host>:1.");
  });
});

describe("our own route", () => {
  it("streams its progress and then the whole model", async ({ skip }) => {
    if (!postgres) return skip();
    const answer = await fetch(`${server.address}/api/database/introspect`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields()),
    });
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    const text = await answer.text();
    said.push(text);
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({ kind: "progress", phase: "connecting" });
    expect(lines[1]).toMatchObject({ kind: "progress", phase: "reading", answers: 1 });
    const last = lines.at(-1) as { engine: string; encrypted: boolean; schema: { tables: { name: string }[]; views: unknown[] } };
    expect(last).toMatchObject({ kind: "schema", encrypted: false, problems: [] });
    expect(last.engine).toMatch(/^PostgreSQL 15/);
    expect(last.schema.tables.map(({ name }) => name)).toEqual(["unseen", "Odd name", "customers", "orders", "parts"]);
    expect(last.schema.views).toHaveLength(1);
  });

  it("reads only the namespaces that were asked for", async ({ skip }) => {
    if (!postgres) return skip();
    const { lines } = await stream(fields({ namespaces: ["hidden"] }));
    expect((lines.at(-1) as { schema: { tables: unknown[] } }).schema.tables).toHaveLength(1);
  });

  it("ends with a failure that says what to do", async ({ skip }) => {
    if (!postgres) return skip();
    const { lines } = await stream(fields({ database: "gone" }));
    expect(lines.at(-1)).toMatchObject({
      kind: "failed",
      error: 'database "gone" does not exist',
      problem: { code: "live.refused", params: { code: "3D000" } },
    });
  });
});

async function stream(body: unknown): Promise<{ readonly lines: readonly unknown[] }> {
  const answer = await fetch(`${server.address}/api/database/introspect`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  said.push(text);
  return {
    lines: text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  };
}

it("no answer and no log line holds a password, a row of a table or a stack", () => {
  const everything = said.join("\n") + server.log();
  for (const secret of [PASSWORD, ROW, "node_modules", "    at ", "/server/introspect"]) expect(everything).not.toContain(secret);
});
