import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../tests/support/server.ts";
import { openFileStore } from "../gists/files.ts";
import { shareFolder } from "../store/folder.ts";
import type { GistStore } from "../gists/index.ts";
import type { StoreHealth } from "./health.ts";
import { nestsDeeper } from "./json-depth.ts";
import { scrub } from "./log.ts";

let server: RunningServer | null = null;

async function start(...given: Parameters<typeof startServer>): Promise<RunningServer> {
  server = await startServer(...given);
  return server;
}

afterEach(async () => {
  await server?.close();
  server = null;
});

/** Sends bytes as they are and gives what came back until the other side closed or fell silent after an answer. */
async function raw(address: string, send: (write: (text: string) => void) => void): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("close", () => resolve(answer));
    socket.on("error", (error) => (answer === "" ? reject(error) : resolve(answer)));
    socket.on("connect", () => send((text) => socket.write(text)));
  });
}

const echo = { routes: (app: RunningServer["app"]) => void app.post("/api/echo", async (request) => request.body ?? null) };

/** A store that is only asked how it is. */
const withHealth = (health: StoreHealth): GistStore => ({
  ...openFileStore(shareFolder("/nowhere")),
  health: async () => health,
});

describe("health", () => {
  it("says how the server is", async () => {
    const { address } = await start();
    expect(await (await fetch(`${address}/health`)).json()).toEqual({ status: "healthy", version: "1.2.3" });
    expect(await (await fetch(`${address}/health/ready`)).json()).toEqual({ ready: true });
    expect(await (await fetch(`${address}/health/live`)).json()).toEqual({ alive: true });
    const drawdb = (await (await fetch(`${address}/api/health`)).json()) as { status: string; timestamp: string };
    expect(drawdb.status).toBe("ok");
    expect(drawdb.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("counts a database's connections", async () => {
    const gists = withHealth({ up: true, connections: { open: 3, inUse: 1, idle: 2 } });
    const { address } = await start({}, { gists });
    expect(await (await fetch(`${address}/health`)).json()).toEqual({
      status: "healthy",
      version: "1.2.3",
      database: { status: "up", open_connections: 3, in_use: 1, idle: 2 },
    });
  });

  it.each([
    ["while it stops", { draining: () => true }],
    ["without its store", { gists: withHealth({ up: false, connections: null }) }],
  ])("takes itself out %s, and lives on", async (_when, deps) => {
    const { address } = await start({}, deps);
    const whole = await fetch(`${address}/health`);
    expect([whole.status, ((await whole.json()) as { status: string }).status]).toEqual([503, "unhealthy"]);
    const ready = await fetch(`${address}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false }]);
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
  });
});

describe("every answer", () => {
  it("carries an id: the caller's where it is a plain one", async () => {
    const { address } = await start();
    const given = await fetch(`${address}/health`, { headers: { "x-request-id": "abc-123" } });
    expect(given.headers.get("x-request-id")).toBe("abc-123");
    const wild = await fetch(`${address}/health`, { headers: { "x-request-id": "a b{}<script>" } });
    expect(wild.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    const missing = await fetch(`${address}/api/nothing`);
    expect(missing.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("of the API may run nothing", async () => {
    const { address } = await start();
    for (const path of ["/health", "/api/nothing"]) {
      const answer = await fetch(address + path);
      expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("may be read by the origins of CLIENT_URL only", async () => {
    const { address } = await start({ clientUrls: ["https://a.example", "https://b.example"] });
    const asked = async (origin: string): Promise<Headers> => (await fetch(`${address}/health`, { headers: { origin } })).headers;
    expect((await asked("https://b.example")).get("access-control-allow-origin")).toBe("https://b.example");
    const other = await asked("https://evil.example");
    expect(other.get("access-control-allow-origin")).toBe("https://a.example");
    expect(other.get("access-control-allow-credentials")).toBe("true");
    expect(other.get("vary")).toContain("Origin");
  });

  it("to a preflight is 204 with the methods and the headers asked for", async () => {
    const { address } = await start();
    const answer = await fetch(`${address}/api/gists/x`, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:5173",
        "access-control-request-method": "PATCH",
        "access-control-request-headers": "content-type,authorization",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
    expect(answer.headers.get("access-control-allow-methods")).toBe("GET, HEAD, PUT, PATCH, POST, DELETE");
    expect(answer.headers.get("access-control-allow-headers")).toBe("content-type,authorization");
  });
});

describe("a call by another name", () => {
  const named = async (address: string, host: string): Promise<string> =>
    raw(address, (write) => write(`GET /health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));

  it("is refused where only this machine should call (a page that rebinds its name)", async () => {
    const { address } = await start({ allowedHosts: ["design.example"] });
    expect(await named(address, "evil.example")).toMatch(/^HTTP\/1.1 421 /);
    expect(await named(address, "evil.example:3001")).toMatch(/^HTTP\/1.1 421 /);
    for (const host of ["localhost:3001", "127.0.0.1:3001", "[::1]:3001", "design.example", "app.localhost"]) {
      expect(await named(address, host)).toMatch(/^HTTP\/1.1 200 /);
    }
  });

  it("is answered where any machine may call", async () => {
    const { address } = await start({ host: "0.0.0.0" });
    expect(await named(address, "design.example")).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe("a body", () => {
  const post = async (address: string, body: string | Buffer, type = "application/json"): Promise<Response> =>
    fetch(`${address}/api/echo`, { method: "POST", body: body as BodyInit, headers: { "content-type": type } });

  it.each([
    ["is not JSON", '{"password":"hunter2"', 400, "The body is not valid JSON."],
    ["nests 101 deep", "[".repeat(101) + "]".repeat(101), 400, "The body nests deeper than 100 levels."],
    ["would change prototypes", '{"__proto__":{"admin":true}}', 400, "The body is not valid JSON."],
    ["would change constructors", '{"constructor":{"prototype":{"admin":true}}}', 400, "The body is not valid JSON."],
    ["is larger than 100 kB", `"${"x".repeat(100 * 1024)}"`, 413, "The body is too large: at most 100 kB are read."],
  ])("that %s gets one sentence", async (_what, body, status, sentence) => {
    const { address, log } = await start({}, {}, echo.routes);
    const answer = await post(address, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ success: false, error: sentence, message: sentence });
    expect(log()).not.toContain("hunter2");
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "that a form of another site could send is not read: %s",
    async (type) => {
      const { address } = await start({}, {}, echo.routes);
      expect((await post(address, '{"a":1}', type)).status).toBe(415);
    },
  );

  it("that is empty is an empty object", async () => {
    const { address } = await start({}, {}, echo.routes);
    expect(await (await post(address, "")).json()).toEqual({});
  });

  it("of 100 MB is refused by its length, before it is read", async () => {
    const { address } = await start({}, {}, echo.routes);
    const answer = await raw(address, (write) =>
      write(
        "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\nConnection: close\r\n\r\n[",
      ),
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  it("of 100 MB in chunks is cut off, and memory stays flat", async () => {
    const { address } = await start({}, {}, echo.routes);
    const before = process.memoryUsage().rss;
    const chunk = randomBytes(32 * 1024).toString("hex");
    const answer = await raw(address, (write) => {
      write("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (let sent = 0; sent < 8; sent += 1) write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });
});

describe("an address", () => {
  it.each([
    ["not decodable", "/%zz"],
    ["overlong UTF-8", "/api/%c0%ae%c0%ae/etc/passwd"],
    ["10,000 characters long", `/${"a".repeat(10_000)}`],
    ["a script", "/api/nothing?x=<script>alert(1)</script>"],
  ])("that leads nowhere is not repeated: %s", async (_what, path) => {
    const { address } = await start();
    const answer = await fetch(address + path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers.get("content-type")).toContain("application/json");
    const text = await answer.text();
    expect(text).not.toContain("script");
    expect(text.length).toBeLessThan(200);
  });
});

describe("an error inside", () => {
  it("is logged without credentials and answered without itself", async () => {
    const { address, log } = await start({}, {}, (app) => {
      app.get("/api/fails", async (request) => {
        request.log.info({ password: "hunter2", config: { secret: "hunter2" } }, "connecting to postgres://root:hunter2@db/x");
        throw new Error('no route to postgres://root:hunter2@db/x, password="hunter2"');
      });
    });
    const answer = await fetch(`${address}/api/fails?password=hunter2`, {
      headers: { authorization: "Bearer hunter2", cookie: "sessionid=hunter2" },
    });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ success: false, error: "Something went wrong!", message: "Internal server error" });
    expect(log()).toContain("a call failed");
    expect(log()).toContain("no route to");
    expect(log()).not.toContain("hunter2");
  });
});

describe("scrub", () => {
  it.each([
    "postgres://me:hunter2@host/db",
    "mysql://me:hunter2@b@host:3306/db",
    "redis://:hunter2@host",
    "https://hunter2@host",
    "password=hunter2 host=db",
    "PGPASSWORD: hunter2",
    '{"password":"hunter2"}',
    "{'pwd': 'hunter2'}",
    "the password is hunter2",
    "Bearer hunter2hunter2hunter2",
  ])("takes the secret out of %s", (text) => {
    expect(scrub(text)).not.toContain("hunter2");
  });

  it("leaves other sentences alone", () => {
    const text = 'database "app" does not exist at https://db.example:5432/a and b@c.example';
    expect(scrub(text)).toBe(text);
  });
});

describe("nestsDeeper", () => {
  it.each([
    ["[[1]]", 2, false],
    ["[[[1]]]", 2, true],
    ['"[[[["', 1, false],
    ['["\\"[[["]', 1, false],
    ['{"a":{"b":{}}}', 2, true],
    ["[],[],[]", 1, false],
  ])("%s beyond %i: %s", (text, most, expected) => {
    expect(nestsDeeper(text, most)).toBe(expected);
  });
});

describe("/metrics", () => {
  it("counts by the route's template, not by the address", async () => {
    const { address } = await start();
    await fetch(`${address}/health/live`);
    await fetch(`${address}/api/very-secret-id`);
    const text = await (await fetch(`${address}/metrics`)).text();
    expect(text).toContain('http_requests_total{method="GET",endpoint="/health/live",status="200"} 1');
    expect(text).toContain('http_request_duration_seconds_count{method="GET",endpoint="/health/live"} 1');
    expect(text).toContain('errors_total{type="client",severity="warning"} 1');
    expect(text).toContain("process_resident_memory_bytes");
    expect(text).not.toContain("very-secret-id");
  });

  it("are for this machine, or for who has the token", async () => {
    const { address } = await start();
    expect((await fetch(`${address}/metrics`, { headers: { "x-forwarded-for": "127.0.0.1" } })).status).toBe(401);
    await server?.close();
    const guarded = await start({ metricsToken: "let-me-in" });
    expect((await fetch(`${guarded.address}/metrics`)).status).toBe(401);
    const answer = await fetch(`${guarded.address}/metrics`, { headers: { authorization: "Bearer let-me-in" } });
    expect(answer.status).toBe(200);
    expect(guarded.log()).not.toContain("let-me-in");
  });
});

describe("/api/docs", () => {
  it("is made of the schemas of the routes", async () => {
    const { address } = await start();
    const document = (await (await fetch(`${address}/api/docs/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths["/health"]?.get?.responses ?? {})).toEqual(["200", "503"]);
    const page = await fetch(`${address}/api/docs`);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await page.text();
    expect(html).toContain("GET /health/ready");
    expect(html).not.toContain("<script");
  });
});

describe("a stop", () => {
  it("does not wait for a connection on which nothing was said", async () => {
    const { address, app } = await start();
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    expect((await fetch(`${address}/health`)).status).toBe(200);
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it("lets the call under way finish and takes no new one", async () => {
    let release = (): void => undefined;
    let began = (): void => undefined;
    const started = new Promise<void>((resolve) => (began = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    const { app, address } = await start({}, {}, (routes) => {
      routes.get("/api/slow", async () => {
        began();
        await held;
        return { done: true };
      });
    });
    const underWay = fetch(`${address}/api/slow`);
    await started;
    const closed = app.close();
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
    release();
    expect(await (await underWay).json()).toEqual({ done: true });
    await closed;
  });
});

describe("limits", () => {
  it("are not of the pages or of health", async () => {
    const { address } = await start({ rateLimit: 2 });
    for (let call = 0; call < 5; call += 1) expect((await fetch(`${address}/health`)).status).toBe(200);
    for (let call = 0; call < 5; call += 1) expect((await fetch(address)).status).toBe(200);
  });

  it("are per address and minute, dearer for a new gist, and say when to come back", async () => {
    const { address } = await start({ rateLimit: 40 });
    const post = async () =>
      fetch(`${address}/gists`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": `10.0.0.${String(Math.random())}` },
        body: JSON.stringify({ filename: "a", content: "x" }),
      });
    for (let call = 0; call < 30; call += 1) expect((await post()).status).toBe(200);
    const refused = await post();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await refused.json()).toMatchObject({ success: false, message: expect.stringMatching(/^Too many calls/) });
    const read = async () => (await fetch(`${address}/gists/${"0".repeat(32)}`)).status;
    for (let call = 0; call < 40; call += 1) expect(await read()).toBe(404);
    expect(await read()).toBe(429);
  });
});
