/**
 * Hostile database servers against the built server, over its own API and with its real limits: every call is answered in time and
 * alike, nothing of the password is said to who should not hear it or written to a log, and the process does not grow.
 */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { flood, length, letsIn, letsInMysql, message, noise, packet, VERSION_ROW } from "../support/hostile-peers.ts";
import { buildServer, memoryOf, spawnBuiltServer } from "../support/server-process.ts";

const PASSWORD = "password-canary-77aa";
const MEGABYTE = 1024 * 1024;
const GIGABYTE = 1024 * MEGABYTE;
const CONNECT_MS = 10_000;

let folder: string;
let child: ChildProcess;
let address: string;
let printed: { readonly out: string; readonly err: string };
const servers: Server[] = [];
const sockets = new Set<Socket>();
const heard: string[] = [];
let sent = 0;
let callers = 0;

beforeAll(async () => {
  await buildServer();
  folder = await mkdtemp(join(tmpdir(), "drawbridge-hostile-"));
  // Callers are told apart by the proxy's word, so that the limits of one do not hide what is tried here.
  const started = spawnBuiltServer(folder, { TRUST_PROXY: "loopback", LOG_LEVEL: "info", NODE_OPTIONS: "--inspect=127.0.0.1:0" });
  ({ child, printed } = started);
  address = await started.address;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  await rm(folder, { recursive: true, force: true });
});

async function listen(treat: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => heard.push(chunk.toString("latin1")));
    socket.once("close", () => {
      sent += socket.bytesWritten;
      sockets.delete(socket);
    });
    treat(socket);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

interface Answer {
  readonly error: string;
  readonly took: number;
}

/** One call of a caller of its own; the sentence without the place. */
async function tried(path: string, type: string, port: number, over: object = {}): Promise<Answer> {
  callers += 1;
  const began = performance.now();
  const answer = await fetch(`${address}/api/database${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": `198.51.100.${String(callers % 250)}` },
    body: JSON.stringify({
      type,
      host: "127.0.0.1",
      port,
      username: "reader",
      password: PASSWORD,
      database: "shop",
      tls: { mode: "disable" },
      ...over,
    }),
  });
  const last = (await answer.text()).trim().split("\n").at(-1) ?? "{}";
  const { error } = JSON.parse(last) as { error: string };
  return { error: error.replace(`:${String(port)}`, ":<port>"), took: performance.now() - began };
}

/** Has a process collect its garbage now; by itself it may wait for minutes. It was started with an inspector, whose address it printed. */
async function collectGarbage(printedErrors: string): Promise<void> {
  const [, inspector] = /Debugger listening on (ws:\S+)/.exec(printedErrors) ?? [];
  if (!inspector) throw new Error("the server was started without an inspector");
  const socket = new WebSocket(inspector);
  await once(socket, "open");
  socket.send(JSON.stringify({ id: 1, method: "HeapProfiler.collectGarbage" }));
  await once(socket, "message");
  socket.close();
}

/** Writes ten gigabytes if it is let. */
function tenGigabytes(socket: Socket, block: Buffer): void {
  let left = 10 * GIGABYTE;
  const more = (): void => {
    while (!socket.destroyed && left > 0) {
      left -= block.length;
      if (!socket.write(block)) return;
    }
  };
  socket.on("drain", more);
  more();
}

const BEFORE_LOGIN: readonly (readonly [what: string, treat: (socket: Socket) => void])[] = [
  ["never answers", () => undefined],
  ["hangs up", (socket) => socket.destroy()],
  ["answers as a web server", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ["answers noise", (socket) => socket.write(noise(1, 4096))],
  ["announces two gigabytes", (socket) => socket.write(Buffer.from([82, ...length(0x7fffffff), 1, 2, 3]))],
  ["sends ten gigabytes", (socket) => tenGigabytes(socket, Buffer.alloc(MEGABYTE, "x"))],
];

describe.each([
  ["PostgreSQL", "postgres"],
  ["MySQL", "mysql"],
])("a %s server", (label, type) => {
  it("that is none is answered alike and within the time of a connection, and what it sends is not taken in", async () => {
    const before = memoryOf(child).now;
    sent = 0;
    const answers = await Promise.all(
      BEFORE_LOGIN.map(async ([what, treat]) => ({ what, ...(await tried("/test-connection", type, await listen(treat))) })),
    );
    for (const { error, took } of answers) {
      expect(error).toBe(
        `No ${label} server could be reached at 127.0.0.1:<port>. Check the host, the port and the firewall, and that this Drawbridge server is allowed to connect there.`,
      );
      expect(took).toBeGreaterThanOrEqual(995);
      expect(took).toBeLessThan(CONNECT_MS + 2_500);
    }
    expect(sent).toBeLessThan(64 * MEGABYTE);
    expect(memoryOf(child).now - before).toBeLessThan(40);
  });
});

const many = (one: Buffer): Buffer => Buffer.concat(Array<Buffer>(5_000).fill(one));
const NOTHINGS = many(message("D", Buffer.from([0, 0])));
const NOTICES = many(message("N", "Mspam\0\0"));
const ROW = message("D", Buffer.from([0, 1, ...length(60_000)]), Buffer.alloc(60_000, "x"));

describe("a server that lets anyone in", () => {
  it.each<[what: string, type: string, treat: (socket: Socket) => void, said: RegExp]>([
    [
      "sends ten gigabytes of rows",
      "postgres",
      letsIn((socket) => {
        socket.write(VERSION_ROW[0] ?? "");
        tenGigabytes(socket, ROW);
      }),
      /^The PostgreSQL server sent more than 64 MB/,
    ],
    [
      "sends rows of nothing without an end",
      "postgres",
      letsIn((socket) => {
        socket.write(message("T", Buffer.from([0, 0])));
        tenGigabytes(socket, NOTHINGS);
      }),
      /^The PostgreSQL server sent more than 64 MB/,
    ],
    [
      "sends ten gigabytes of notices",
      "postgres",
      letsIn((socket) => tenGigabytes(socket, NOTICES)),
      /^The PostgreSQL server sent more than 64 MB/,
    ],
    [
      "sends ten gigabytes to a question",
      "mysql",
      letsInMysql((socket) => flood(socket, Buffer.concat([packet(1, "\x01"), noise(3, 65_536)]))),
      /^No MySQL server could be reached/,
    ],
    ["asks for a file", "mysql", letsInMysql((socket) => socket.write(packet(1, Buffer.from([0xfb]), "/etc/passwd"))), /./],
  ])("and %s (%s) is stopped, again and again, and memory stays bounded", async (_what, type, treat, said) => {
    const port = await listen(treat);
    const megabytes: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const { error, took } = await tried("/introspect", type, port);
      expect(error).toMatch(said);
      expect(took).toBeLessThan(said.source.includes("more than") ? 6_000 : CONNECT_MS + 2_500);
      megabytes.push(memoryOf(child).now);
    }
    const { most } = memoryOf(child);
    console.log(`after each of five: ${megabytes.map((each) => each.toFixed(0)).join(", ")} MB; at most ${most.toFixed(0)} MB`);
    // A reading may hold its 64 MB as bytes and as text, beside what the collector has not taken of the one before.
    expect(most).toBeLessThan(640);
  });
});

it("what was read is given back: the process does not keep it", async () => {
  await collectGarbage(printed.err);
  await expect.poll(() => memoryOf(child).now, { timeout: 30_000, interval: 500 }).toBeLessThan(320);
});

it("nothing was leaked: no password in the clear, no file, no line of a log that holds either", async () => {
  const said = heard.join("");
  expect(said.length).toBeGreaterThan(100);
  for (const secret of [PASSWORD, "root:"]) {
    expect(said).not.toContain(secret);
    expect(printed.out + printed.err).not.toContain(secret);
  }
  expect(printed.out).toContain('"route":"/api/database/test-connection"');
  expect((await fetch(`${address}/health`)).status).toBe(200);
});
