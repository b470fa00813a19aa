/**
 * DrawDB's published clients against the built server, in a real browser and from a page of another origin: each call has the method,
 * path, headers, query and body that those clients send (JSON by XMLHttpRequest, no credentials), and its answer is read where they
 * read it. The import fork calls /api/database and /api/gists, upstream /gists.
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page, test as base } from "@playwright/test";
import { startServer } from "./support/test.ts";
import { sqlitePlace } from "../support/places.ts";

const { expect } = base;

interface Answered {
  readonly status: number;
  readonly data: unknown;
}

interface Clients {
  readonly api: string;
  /** A call of the page; null data is no body, as for GET and DELETE. Query entries of null are left out. */
  readonly send: (
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    data?: object | null,
    query?: Readonly<Record<string, string | number | null>>,
  ) => Promise<Answered>;
}

/** Runs in the page: what the clients' HTTP library does with an XMLHttpRequest. */
function request(given: { method: string; url: string; body: string | null }): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open(given.method, given.url);
    call.setRequestHeader("Accept", "application/json, text/plain, */*");
    if (given.body !== null) call.setRequestHeader("Content-Type", "application/json");
    call.onload = () => {
      resolve({ status: call.status, text: call.responseText });
    };
    call.onerror = () => {
      reject(new Error("Network Error"));
    };
    call.send(given.body);
  });
}

function clientsOn(page: Page, api: string): Clients {
  return {
    api,
    send: async (method, path, data = null, query = {}) => {
      const url = new URL(api + path);
      for (const [key, value] of Object.entries(query)) if (value !== null) url.searchParams.set(key, String(value));
      const body = data === null ? null : JSON.stringify(data);
      const { status, text } = await page.evaluate(request, { method, url: url.href, body });
      return { status, data: JSON.parse(text) as unknown };
    },
  };
}

const test = base.extend<{ readonly clients: Clients }>({
  clients: async ({ page }, use) => {
    const place = await sqlitePlace();
    const dataDir = await mkdtemp(join(tmpdir(), "drawbridge-drawdb-"));
    const front: Server = createServer((_asked, answer) => {
      answer.setHeader("content-type", "text/html");
      answer.end("<!doctype html><title>Another origin</title><link rel=icon href='data:,'>");
    });
    front.listen(0, "127.0.0.1");
    await once(front, "listening");
    const origin = `http://localhost:${String((front.address() as AddressInfo).port)}`;
    const server = await startServer(dataDir, { CLIENT_URL: origin, SQLITE_DIR: String(place.config?.sqliteDir) });
    await page.goto(origin);
    await use(clientsOn(page, server.address));
    const ended = new Promise((resolve) => server.process.once("exit", resolve));
    server.process.kill("SIGTERM");
    await ended;
    front.close();
    await place.close();
    await rm(dataDir, { recursive: true, force: true });
  },
});

const FORM = { type: "sqlite", host: "", port: "", username: "anyone", password: "", database: "shop.sqlite" };

test("the import dialog: try, choose a database, choose tables, import, and the server's words when it fails", async ({
  clients,
}) => {
  const { send } = clients;
  const tried = await send("POST", "/api/database/test-connection", FORM);
  expect(tried.data).toMatchObject({ success: true, message: "Connection successful", config: { type: "sqlite" } });
  const databases = await send("POST", "/api/database/get-databases", FORM);
  expect(databases.data).toEqual({ success: true, databases: [{ name: "shop.sqlite", type: "database" }] });
  const chosen = { ...FORM, selectedDatabase: "shop.sqlite" };
  const tables = (await send("POST", "/api/database/get-tables", chosen)).data as { tables: { name: string }[] };
  const selectedTables = tables.tables.map(({ name }) => name);
  expect(selectedTables).toEqual(["customers", "orders"]);
  const imported = await send("POST", "/api/database/import-schema", { ...chosen, selectedTables });
  const { diagramData } = imported.data as { diagramData: Record<string, unknown[]> };
  expect(diagramData["tables"]).toHaveLength(2);
  expect(diagramData["relationships"]).toHaveLength(1);
  for (const [path, body, error] of [
    ["/api/database/test-connection", { ...FORM, username: "" }, "Database type and username are required"],
    [
      "/api/database/test-connection",
      { ...FORM, type: "oracle" },
      "Unsupported database type. Supported types: mysql, postgres, sqlite",
    ],
    ["/api/database/get-tables", FORM, "Database type, username, and selectedDatabase are required"],
    ["/api/database/import-schema", { ...chosen, selectedTables: ["gone"] }, "Failed to import schema"],
  ] as const) {
    const { status, data } = await send("POST", path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect((data as { error: string }).error).toBe(error);
  }
});

const DIAGRAM = JSON.stringify({
  title: "Shop",
  tables: [],
  relationships: [],
  notes: [],
  subjectAreas: [],
  database: "generic",
});
const CHANGED = DIAGRAM.replace("Shop", "Store");

test("gists of the import fork: made, opened as an object, changed, deleted, with versions", async ({ clients }) => {
  const { send } = clients;
  const made = await send("POST", "/api/gists", {
    public: false,
    filename: "share.json",
    description: "drawDB diagram",
    content: DIAGRAM,
  });
  const { success, data } = made.data as { success: boolean; data: { id: string } };
  expect(success).toBe(true);
  const gist = `/api/gists/${data.id}`;
  const opened = async (): Promise<unknown> =>
    ((await send("GET", gist)).data as { files: Record<string, { content: unknown }> }).files["share.json"]?.content;
  expect(await opened()).toEqual(JSON.parse(DIAGRAM));
  expect((await send("PATCH", gist, { filename: "share.json", content: CHANGED })).data).toEqual({
    success: true,
    deleted: false,
  });
  expect(await opened()).toEqual(JSON.parse(CHANGED));
  const commits = (await send("GET", `${gist}/commits`, null, { per_page: 20, page: 1 })).data as { data: { version: string }[] };
  expect(commits.data).toHaveLength(2);
  const old = (await send("GET", `${gist}/${commits.data[1]?.version ?? ""}`)).data as {
    data: { files: Record<string, { content: string }> };
  };
  expect(old.data.files["share.json"]?.content).toBe(DIAGRAM);
  const versions = await send("GET", `${gist}/file-versions/share.json`, null, { limit: 10, cursor: null });
  expect(versions.data).toMatchObject({ data: commits.data, pagination: { cursor: null, hasMore: false, limit: 10, count: 2 } });
  expect((await send("DELETE", gist)).data).toEqual({ success: true, message: "Gist deleted successfully" });
  const gone = await send("GET", gist);
  expect([gone.status, gone.data]).toEqual([404, { success: false, error: "Gist not found" }]);
});

test("gists of upstream: shared, opened as text, a second file for versions, compared, unshared", async ({ clients }) => {
  const { send } = clients;
  const made = await send("POST", "/gists", {
    public: false,
    filename: "share.json",
    description: "drawDB diagram",
    content: DIAGRAM,
  });
  const gist = `/gists/${(made.data as { data: { id: string } }).data.id}`;
  const patch = async (filename: string, content?: string): Promise<boolean> =>
    ((await send("PATCH", gist, { filename, content })).data as { deleted: boolean }).deleted;
  const opened = (await send("GET", gist)).data as { data: { files: Record<string, { content: string }> } };
  expect(JSON.parse(opened.data.files["share.json"]?.content ?? "")).toEqual(JSON.parse(DIAGRAM));
  expect(await patch("versionned.json", DIAGRAM)).toBe(false);
  expect(await patch("versionned.json", CHANGED)).toBe(false);
  const file = "versionned.json";
  const first = (await send("GET", `${gist}/file-versions/${file}`, null, { limit: 1, cursor: null })).data as {
    data: { version: string; committed_at: string }[];
    pagination: { cursor: string; hasMore: boolean };
  };
  expect(first.pagination.hasMore).toBe(true);
  expect(first.data[0]?.version.substring(0, 7)).toMatch(/^[0-9a-f]{7}$/);
  const next = await send("GET", `${gist}/file-versions/${file}`, null, { limit: 1, cursor: first.pagination.cursor });
  const older = (next.data as { data: { version: string }[] }).data[0]?.version ?? "";
  const compare = async (a: string, b: string | null): Promise<unknown> =>
    ((await send("GET", `${gist}/file/${file}/compare/${a}/${String(b)}`)).data as { data: unknown }).data;
  expect(await compare(older, first.data[0]?.version ?? "")).toEqual({ contentA: DIAGRAM, contentB: CHANGED });
  expect(await compare(older, null)).toEqual({ contentA: DIAGRAM, contentB: "" });
  expect(await patch("share.json")).toBe(false);
  expect(await patch("versionned.json")).toBe(true);
  const gone = await send("GET", gist);
  expect([gone.status, gone.data]).toEqual([404, { success: false, message: "Gist not found" }]);
});

test("a page of an origin that the operator did not list reads nothing", async ({ clients, page }) => {
  const evil: Server = createServer((_asked, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end("<!doctype html><title>Elsewhere</title><link rel=icon href='data:,'>");
  });
  evil.listen(0, "127.0.0.1");
  await once(evil, "listening");
  await page.goto(`http://localhost:${String((evil.address() as AddressInfo).port)}`);
  await expect(clients.send("POST", "/api/database/test-connection", FORM)).rejects.toThrow("Network Error");
  await expect(clients.send("GET", "/api/database/status")).rejects.toThrow("Network Error");
  evil.close();
});
