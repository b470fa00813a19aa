/** Who may ask for a connection how often and where to, on real sockets: limits, the circuit breaker, even answers, the pinned address. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { Config } from "../../server/config.ts";
import type { DatabaseSettings } from "../../server/introspect/index.ts";
import { databaseClient } from "../support/database-client.ts";
import { freePort } from "../support/ports.ts";
import { type RunningServer, startServer } from "../support/server.ts";

let server: RunningServer | null = null;
const listeners: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];

afterEach(async () => {
  await server?.close();
  server = null;
  for (const { server: listener, sockets } of listeners.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => listener.close(resolve));
  }
});

/** A port of loopback, with how often it was called. */
async function listen(treat: (socket: Socket) => void): Promise<{ readonly port: number; readonly calls: () => number }> {
  let calls = 0;
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    calls += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    treat(socket);
  });
  listeners.push({ server: listener, sockets });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return { port: (listener.address() as AddressInfo).port, calls: () => calls };
}

async function start(config: Partial<Config>, databases: Partial<DatabaseSettings>) {
  server = await startServer(config, {}, undefined, databases);
  return databaseClient(
    () => server as RunningServer,
    () => ({ type: "postgres", host: "127.0.0.1", port: 1, username: "app", password: "canary-9d3e" }),
  );
}

const hangsUp = (socket: Socket): void => void socket.destroy();
const USUAL = { connectsPerMinute: 10, atOnce: 3 };

describe("a caller", () => {
  it("opens ten connections a minute, then is told when to come back; others are not kept waiting", async () => {
    let late = 0;
    const now = (): number => Date.now() + late;
    const { call, fields } = await start({ trustProxy: ["loopback"] }, { callers: USUAL, failureMs: 0, now });
    const tried = async (from: string): Promise<number> => {
      // Another target each time: the breaker is about targets.
      const answer = await call("POST", "/test-connection", fields({ port: await freePort() }), { "x-forwarded-for": from });
      if (answer.status !== 429) return answer.status;
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(answer.body["error"]).toMatch(/^Too many database connections .* Try again in \d+ s\.$/);
      return answer.status;
    };
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push(await tried("198.51.100.7"));
    expect(statuses).toEqual([...Array<number>(10).fill(500), 429, 429]);
    expect(await tried("198.51.100.8")).toBe(500);
    late = 60_001;
    expect(await tried("198.51.100.7")).toBe(500);
  });

  it("of IPv6 is its network: another address of it does not begin anew", async () => {
    const { call, fields } = await start({ trustProxy: ["loopback"] }, { callers: USUAL, failureMs: 0 });
    const statuses: number[] = [];
    for (let count = 1; count <= 11; count += 1) {
      const headers = { "x-forwarded-for": `2001:db8:1:2::${count.toString(16)}` };
      statuses.push((await call("POST", "/test-connection", fields({ port: await freePort() }), headers)).status);
    }
    expect(statuses.at(-1)).toBe(429);
    const other = { "x-forwarded-for": "2001:db8:1:3::1" };
    expect((await call("POST", "/test-connection", fields({ port: await freePort() }), other)).status).toBe(500);
  });

  it("has three readings under way, and the fourth waits for none of them", async () => {
    const silent = await listen(() => undefined);
    const { call, fields } = await start({}, { callers: USUAL, failureMs: 0 });
    const asked = fields({ port: silent.port });
    const underWay = [1, 2, 3].map(() => call("POST", "/test-connection", asked).catch(() => null));
    await expect.poll(silent.calls).toBe(3);
    const fourth = await call("POST", "/test-connection", asked);
    expect([fourth.status, fourth.headers.get("retry-after")]).toEqual([429, "1"]);
    for (const { sockets } of listeners) for (const socket of sockets) socket.destroy();
    await Promise.all(underWay);
    const after = call("POST", "/test-connection", asked).catch(() => null);
    await expect.poll(silent.calls).toBe(4);
    for (const { sockets } of listeners) for (const socket of sockets) socket.destroy();
    expect((await after)?.status).toBe(500);
  });
});

describe("a target that cannot be reached", () => {
  it("five times in a row is left alone, then one call tries for all", async () => {
    let late = 0;
    let treat: (socket: Socket) => void = hangsUp;
    const target = await listen((socket) => treat(socket));
    const { call, fields } = await start({}, { failureMs: 0, now: () => Date.now() + late });
    const tried = () => call("POST", "/test-connection", fields({ port: target.port }));
    for (let count = 0; count < 5; count += 1) expect((await tried()).status).toBe(500);
    const paused = await tried();
    expect([paused.status, paused.headers.get("retry-after"), target.calls()]).toEqual([503, "30", 5]);
    const sentence = `127.0.0.1:${String(target.port)} could not be reached several times in a row. It is tried again in 30 s.`;
    expect(paused.body).toEqual({ success: false, error: sentence });

    late = 30_001;
    treat = () => undefined;
    const probe = tried();
    await expect.poll(target.calls).toBe(6);
    const beside = await Promise.all([tried(), tried(), tried()]);
    expect(beside.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(target.calls()).toBe(6);
    for (const { sockets } of listeners) for (const socket of sockets) socket.destroy();
    expect((await probe).status).toBe(500);
    expect([(await tried()).status, target.calls()]).toEqual([503, 6]);
  });

  it("is tried again when the call that tried for all was given up", async () => {
    let late = 0;
    let treat: (socket: Socket) => void = hangsUp;
    const target = await listen((socket) => treat(socket));
    const { call, fields } = await start({}, { failureMs: 0, now: () => Date.now() + late });
    const asked = fields({ port: target.port });
    for (let count = 0; count < 5; count += 1) await call("POST", "/test-connection", asked);
    late = 30_001;
    treat = () => undefined;
    const caller = new AbortController();
    const probe = fetch(`${server?.address ?? ""}/api/database/test-connection`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
      signal: caller.signal,
    }).catch(() => null);
    await expect.poll(target.calls).toBe(6);
    caller.abort();
    await probe;
    treat = hangsUp;
    await expect.poll(async () => (await call("POST", "/test-connection", asked)).status).toBe(500);
    expect(target.calls()).toBe(7);
  });

  it("is answered alike, whatever is behind it, and not before the others", async () => {
    const failureMs = 400;
    const web = await listen((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const shut = await listen(hangsUp);
    const { call, fields } = await start({}, { failureMs });
    const places = [
      ["127.0.0.1", 1],
      ["127.0.0.1", shut.port],
      ["127.0.0.1", web.port],
      ["169.254.169.254", 80],
      ["0.0.0.0", 22],
      ["no-such-name.invalid", 5432],
      ["/var/run/postgresql", 5432],
    ] as const;
    const answers = await Promise.all(
      places.map(async ([host, port]) => {
        const began = performance.now();
        const { status, body } = await call("POST", "/test-connection", fields({ host, port }));
        const took = performance.now() - began;
        return { status, took, error: String(body["error"]).replace(`${host}:${String(port)}`, "<place>") };
      }),
    );
    expect(new Set(answers.map(({ error }) => error)).size).toBe(1);
    expect(answers[0]?.error).toContain("Check the host, the port and the firewall");
    for (const { status, took } of answers) {
      expect(status).toBe(500);
      expect(took).toBeGreaterThanOrEqual(failureMs - 5);
    }
    expect(new Set(answers.map(({ took }) => Math.round(took))).size).toBeGreaterThan(1);
  });
});

describe("a name that leads elsewhere each time it is asked for", () => {
  it("is resolved once, and what was checked is what is connected to", async () => {
    const inside = await listen(hangsUp);
    const asked: string[] = [];
    const policy = { mode: "allowlist", allow: [{ kind: "public" }], ports: [] } as const;
    const { call, fields } = await start(
      {},
      {
        policy,
        failureMs: 0,
        limits: { connectMs: 300, statementMs: 300, lockMs: 300, totalMs: 300, bytes: 1000, tables: 10 },
        resolver: async (name) => {
          asked.push(name);
          // A public address that nobody answers at, then this machine.
          return [asked.length === 1 ? "192.31.196.1" : "127.0.0.1"];
        },
      },
    );
    const tried = () => call("POST", "/test-connection", fields({ host: "rebind.example", port: inside.port }));
    const [first, second] = [await tried(), await tried()];
    expect(asked).toEqual(["rebind.example", "rebind.example"]);
    expect([first.body, second.body]).toEqual([first.body, first.body]);
    expect(inside.calls()).toBe(0);
    expect(server?.log()).toContain('"why":"forbidden"');
  });

  it("is refused when only one of its addresses is allowed", async () => {
    const inside = await listen(hangsUp);
    const policy = { mode: "allowlist", allow: [{ kind: "public" }], ports: [] } as const;
    const resolver = async (): Promise<string[]> => ["192.31.196.1", "127.0.0.1"];
    const { call, fields } = await start({}, { policy, failureMs: 0, resolver });
    expect((await call("POST", "/test-connection", fields({ host: "both.example", port: inside.port }))).status).toBe(500);
    expect(inside.calls()).toBe(0);
  });
});

describe("what the operator says", () => {
  it.each<[what: string, config: Partial<Config>, status: number, calls: number]>([
    ["nothing, on this machine", {}, 500, 1],
    ["nothing, where others can call: no host is listed, so none is reached", { host: "0.0.0.0" }, 500, 0],
    ["any", { host: "0.0.0.0", dbProxy: "private-ok" }, 500, 1],
    ["none at all", { dbProxy: "off" }, 403, 0],
    ["other ports", { dbProxyPorts: [5432] }, 500, 0],
  ])("%s", async (_what, config, status, calls) => {
    const target = await listen(hangsUp);
    const { call, fields } = await start(config, { failureMs: 0 });
    for (const type of ["postgres", "mysql"]) {
      const answer = await call("POST", "/test-connection", fields({ type, port: target.port }));
      expect(answer.status).toBe(status);
    }
    expect(target.calls()).toBe(calls * 2);
  });
});
