/** DrawDB's contract for live databases, where no database is needed: what is refused before any connection is made, and how. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseClient } from "../support/database-client.ts";
import { type RunningServer, startServer } from "../support/server.ts";

let server: RunningServer;
const client = databaseClient(
  () => server,
  () => ({ type: "postgres", host: "127.0.0.1", port: 1, username: "app", password: "s3cret-canary-Pa55" }),
);

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

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
    ["POST", "/look", {}, 400, REQUIRED],
    [
      "POST",
      "/look",
      { type: "oracle", username: "x" },
      400,
      "Unsupported database type. Supported types: mysql, postgres, sqlite",
    ],
  ])("%s %s %j: %i %s", async (method, path, body, status, error) => {
    const answer = await client.call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ success: false, error });
  });

  it("POST /import without a connection leads to DrawDB's page", async () => {
    const answer = await client.call("POST", "/import", { database: "shop", tables: ["orders"] });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/db-import?error=No%20active%20connection");
  });

  it("GET /status and POST /disconnect answer without a connection", async () => {
    expect((await client.call("GET", "/status")).body).toEqual({ connected: false, connectionId: null, databaseType: null });
    const gone = { success: true, message: "Disconnected successfully" };
    expect((await client.call("POST", "/disconnect")).body).toEqual(gone);
    expect((await client.call("POST", "/disconnect", {})).body).toEqual(gone);
  });

  it("gives every browser the cookie that the contract settles", async () => {
    const { cookie } = await client.call("GET", "/status");
    expect(cookie).toMatch(/^sessionid=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
    const again = await client.call("GET", "/status", undefined, { cookie: (cookie ?? "").split(";")[0] ?? "" });
    expect(again.cookie).toBeNull();
  });

  it.each([
    { type: "postgres", username: { $ne: 1 } },
    { type: ["postgres"], username: "x" },
    { type: "postgres", username: "x", port: {} },
  ])("a field of the wrong type is the caller's mistake: %j", async (body) => {
    expect((await client.call("POST", "/connect", body)).status).toBe(400);
  });
});

describe("a text that would end early on the wire and smuggle settings in", () => {
  it.each(["username", "password", "database", "host"])("is refused in %s", async (field) => {
    for (const type of ["postgres", "mysql", "sqlite"]) {
      const over = { type, [field]: "x\u0000options\u0000-c log_statement=all" };
      const answer = await client.call("POST", "/connect", client.fields(over));
      expect(answer.status).toBe(400);
      expect(String(answer.body["error"])).toContain(field);
    }
  });

  it("is refused as the name of a database in an address, and as the one that is chosen", async () => {
    expect((await client.call("GET", "/tables/shop%00options%00-cx")).status).toBe(400);
    const chosen = client.fields({ selectedDatabase: "a\u0000b", selectedTables: ["x"] });
    for (const path of ["/get-tables", "/import-schema"]) expect((await client.call("POST", path, chosen)).status).toBe(400);
    expect((await client.call("POST", "/schema", { database: "a\u0000b", tables: ["x"] })).status).toBe(400);
  });
});

describe("what would make a host or a file out of a field", () => {
  const OPTIONS = {
    options: "-c x=y",
    sslcert: "/etc/passwd",
    sslkey: "/etc/passwd",
    sslrootcert: "/etc/passwd",
    socketPath: "/tmp/x",
  };

  it.each([
    { host: "/var/run/postgresql" },
    { host: "/tmp/.s.PGSQL.5432" },
    { host: "localhost?host=/tmp" },
    { host: "host=/tmp" },
    { host: "postgresql://localhost/x" },
    { host: "127.0.0.1,10.0.0.1" },
    { host: "127.0.0.1:5432" },
    { host: "user@localhost" },
    { host: "localhost%00" },
    { host: "fe80::1%eth0" },
    { host: "127.0.0.1", ...OPTIONS },
  ])("is answered as anything that cannot be reached: %j", async (over) => {
    for (const [type, label] of [
      ["postgres", "PostgreSQL"],
      ["mysql", "MySQL"],
    ]) {
      const { status, body } = await client.call("POST", "/test-connection", client.fields({ type, ...over }));
      expect(status).toBe(500);
      expect(String(body["error"])).toContain(`No ${label ?? ""} server could be reached at ${over.host}:1.`);
    }
  });
});

it("says which databases it connects to", async () => {
  expect((await client.call("GET", "/policy")).body).toEqual({ mode: "private-ok" });
  const closed = await startServer({ dbProxy: "off" });
  expect(await (await fetch(`${closed.address}/api/database/policy`)).json()).toEqual({ mode: "off" });
  await closed.close();
});
