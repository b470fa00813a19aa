/** Servers that are not what they should be, on real sockets: each is refused in time, with an even answer, and costs no memory. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Problem, type Result, sentence } from "#shared/result/index.ts";
import { type Authority, type Certificate, createAuthority } from "../../../tests/support/certificates.ts";
import {
  flood,
  greeting,
  length,
  letsIn,
  letsInMysql,
  message,
  noise,
  packet,
  VERSION_ROW,
} from "../../../tests/support/hostile-peers.ts";
import type { Target } from "../target/resolve.ts";
import { openMysql } from "./mysql.ts";
import { openPostgres } from "./postgres.ts";
import { LIMITS, type Limits, type LiveSession, type Login, type Open } from "./session.ts";

const ENGINES: readonly (readonly [string, Open])[] = [
  ["PostgreSQL", openPostgres],
  ["MySQL", openMysql],
];
const MEGABYTE = 1024 * 1024;
const QUICK: Limits = { ...LIMITS, connectMs: 300, totalMs: 1_500, bytes: 4 * MEGABYTE };
/** Where an answer is to be had, also on a busy machine. */
const PATIENT: Limits = { ...QUICK, connectMs: 20_000, totalMs: 30_000 };
/** A call that the limits do not end would run into the test's own, two minutes; what lies between is the machine's. */
const ENDED_MS = 20_000;
const PASSWORD = "password-canary";
const forever = new AbortController().signal;

const servers: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
let authority: Authority;
let certificate: Certificate;

beforeAll(async () => {
  authority = await createAuthority("an authority");
  certificate = await authority.issue("DNS:right.test");
});
afterAll(() => authority.remove());
afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Listens on a free port of loopback and treats every caller the same. */
async function listen(treat: (socket: Socket) => void, host = "right.test"): Promise<Target> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    treat(socket);
  });
  servers.push({ server, sockets });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { host, port: (server.address() as AddressInfo).port, addresses: ["127.0.0.1"], reach: "loopback" };
}

const login = (over: Partial<Login> = {}): Login => ({
  user: "reader",
  password: PASSWORD,
  database: "shop",
  tls: "disable",
  ca: null,
  ...over,
});

function problemOf(result: Result<unknown>): Problem {
  if (result.ok) throw new Error("it went well");
  return result.problem;
}

/** Opens, and gives the problem with the time it took. */
async function refusal(open: Open, target: Target, over: Partial<Login> = {}, limits = QUICK) {
  const started = performance.now();
  const refused = problemOf(await open(target, login(over), limits, forever));
  return { refused, took: performance.now() - started };
}

const TREATMENTS: readonly (readonly [what: string, treat: (socket: Socket) => void])[] = [
  ["never answers", () => undefined],
  ["hangs up at once", (socket) => socket.destroy()],
  ["hangs up politely", (socket) => socket.end()],
  ["answers as a web server", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")],
  ["answers as a shell", (socket) => socket.write("SSH-2.0-OpenSSH_9.2p1\r\n")],
  ["sends without an end", (socket) => flood(socket, Buffer.alloc(MEGABYTE, "x"))],
  ["sends zeros without an end", (socket) => flood(socket, Buffer.alloc(MEGABYTE))],
  ["announces two gigabytes", (socket) => socket.write(Buffer.from(["D".charCodeAt(0), ...length(0x7fffffff), 1, 2, 3]))],
  ["announces less than nothing", (socket) => socket.write(Buffer.from(["R".charCodeAt(0), ...length(0xffffffff), 0, 0]))],
  ["sends one byte at a time", (socket) => drip(socket)],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed): readonly [string, (socket: Socket) => void] => [
    `answers noise ${String(seed)}`,
    (socket) => socket.write(noise(seed, 4096)),
  ]),
];

function drip(socket: Socket): void {
  const timer = setInterval(() => socket.write("x"), 20);
  socket.once("close", () => {
    clearInterval(timer);
  });
}

describe.each(ENGINES)("a %s server that", (engine, open) => {
  it.each(TREATMENTS)("%s", async (_what, treat) => {
    const target = await listen(treat);
    const before = process.memoryUsage();
    const { refused, took } = await refusal(open, target);
    expect(sentence(refused)).toBe(
      `No ${engine} server could be reached at right.test:${String(target.port)}. Check the host, the port and the firewall, and that this Drawbridge server is allowed to connect there.`,
    );
    expect(took).toBeLessThan(ENDED_MS);
    expect(process.memoryUsage().rss - before.rss).toBeLessThan(64 * MEGABYTE);
  });

  it("is not there", async () => {
    const target = await listen(() => undefined);
    const gone = { ...target, port: 1 };
    expect((await refusal(open, gone)).refused.code).toBe("live.unreachable");
  });

  it("is given up when its caller goes", async () => {
    const target = await listen(() => undefined);
    const caller = new AbortController();
    const opening = open(target, login(), { ...QUICK, connectMs: 60_000 }, caller.signal);
    caller.abort();
    expect(problemOf(await opening).code).toBe("live.unreachable");
    expect((await open(target, login(), QUICK, caller.signal)).ok).toBe(false);
  });
});

/** PostgreSQL's answer to an SSLRequest, then what a test does next. */
const afterSslRequest =
  (answer: string | Buffer, next: (socket: Socket) => void = () => undefined) =>
  (socket: Socket): void => {
    socket.once("data", () => {
      socket.write(answer);
      next(socket);
    });
  };

const encrypted = (next: (socket: TLSSocket) => void) => (socket: Duplex) => {
  const secured = new TLSSocket(socket, { isServer: true, ...certificate });
  secured.on("error", () => undefined);
  secured.once("secure", () => {
    next(secured);
  });
};

describe("TLS that a hostile PostgreSQL offers", () => {
  it.each<[what: string, treat: (socket: Socket) => void, code: string]>([
    ["plain text in front of it", afterSslRequest(Buffer.concat([Buffer.from("S"), noise(1, 40)])), "live.unreachable"],
    ["neither yes nor no", afterSslRequest("X"), "live.unreachable"],
    ["an error", afterSslRequest("Eno thanks"), "live.unreachable"],
    [
      "yes, and then noise",
      afterSslRequest("S", (socket) => socket.once("data", () => socket.write(noise(2, 4096)))),
      "live.unreachable",
    ],
    ["yes, and then nothing", afterSslRequest("S"), "live.unreachable"],
    ["yes, and hangs up", afterSslRequest("S", (socket) => socket.destroy()), "live.unreachable"],
    ["no", afterSslRequest("N"), "live.not-encrypted"],
    [
      "yes, and noise inside",
      afterSslRequest(
        "S",
        encrypted((socket) => socket.write(noise(3, 4096))),
      ),
      "live.unreachable",
    ],
    [
      "yes, and no end inside",
      afterSslRequest(
        "S",
        encrypted((socket) => flood(socket, Buffer.alloc(MEGABYTE, "x"))),
      ),
      "live.unreachable",
    ],
  ])("%s", async (_what, treat, code) => {
    const target = await listen(treat);
    const { refused, took } = await refusal(openPostgres, target, { tls: "verify-full", ca: authority.ca });
    expect(refused.code).toBe(code);
    expect(took).toBeLessThan(ENDED_MS);
  });

  it.each([
    ["for another name", "wrong.test", true],
    ["of an unknown authority", "right.test", false],
  ])("a certificate %s", async (_what, host, known) => {
    const inside: string[] = [];
    const target = await listen(
      afterSslRequest(
        "S",
        encrypted((socket) => socket.on("data", (chunk) => inside.push(chunk.toString("latin1")))),
      ),
      host,
    );
    const { refused } = await refusal(openPostgres, target, { tls: "verify-full", ca: known ? authority.ca : null }, PATIENT);
    expect(refused.code).toBe("live.certificate");
    // Nothing was said to a server that is not who it should be: no name, no password.
    expect(inside.join("")).toBe("");
  });
});

async function opened(target: Target, limits = QUICK): Promise<LiveSession> {
  const session = await openPostgres(target, login(), limits, forever);
  if (!session.ok) throw new Error(sentence(session.problem));
  return session.value;
}

describe("a PostgreSQL that lets anyone in and then", () => {
  const row = message("D", Buffer.from([0, 1, ...length(60_000)]), Buffer.alloc(60_000, "x"));
  it.each<[what: string, then: (socket: Socket) => void, code: string]>([
    ["sends rows without an end", (socket) => (socket.write(VERSION_ROW[0] ?? ""), flood(socket, row)), "live.too-much"],
    ["sends notices without an end", (socket) => flood(socket, message("N", "Mspam\0\0")), "live.too-much"],
    [
      "announces two gigabytes and sends them",
      (socket) => (socket.write("D\x7f\xff\xff\xff"), flood(socket, row)),
      "live.too-much",
    ],
    ["answers noise", (socket) => socket.write(noise(5, 100_000)), "live.timeout"],
    ["hangs up", (socket) => socket.destroy(), "live.lost"],
  ])("%s", async (_what, then, code) => {
    const session = await opened(await listen(letsIn(then)), {
      ...(code === "live.timeout" ? QUICK : PATIENT),
      connectMs: PATIENT.connectMs,
      bytes: MEGABYTE / 4,
    });
    const before = process.memoryUsage().rss;
    const answer = problemOf(await session.read((run) => run("select 1"), forever));
    expect(answer.code).toBe(code);
    expect(process.memoryUsage().rss - before).toBeLessThan(96 * MEGABYTE);
    session.close();
  });

  it("never answers again", async () => {
    const session = await opened(await listen(letsIn(() => undefined)), { ...PATIENT, totalMs: 200 });
    const answer = problemOf(await session.read((run) => run("select 1"), forever));
    expect(answer.code).toBe("live.timeout");
  });

  it("repeats the password in its words", async () => {
    const words = `SFATAL\0C28000\0M${PASSWORD}\n${"no ".repeat(1000)}\0\0`;
    const target = await listen((socket) => socket.once("data", () => socket.write(message("E", words))));
    const { refused } = await refusal(openPostgres, target, {}, PATIENT);
    expect(refused.code).toBe("live.refused");
    expect(sentence(refused)).toMatch(/^\*\*\* no no/);
    expect(sentence(refused).length).toBeLessThanOrEqual(300);
  });
});

describe("a MySQL that lets anyone in and then", () => {
  const FILE = packet(1, Buffer.from([0xfb]), "/etc/passwd");

  it("asks for a file of ours", async () => {
    const got: string[] = [];
    const target = await listen((socket) => {
      socket.on("data", (chunk) => got.push(chunk.toString("latin1")));
      letsInMysql((peer) => peer.write(FILE))(socket);
    });
    const { took } = await refusal(openMysql, target);
    expect(took).toBeLessThan(ENDED_MS);
    expect(got.join("")).not.toContain("root:");
  });

  it.each<[what: string, then: (socket: Socket) => void]>([
    ["sends without an end", (socket) => flood(socket, Buffer.concat([packet(1, "\x01"), noise(3, 65_536)]))],
    ["answers noise", (socket) => socket.write(noise(7, 100_000))],
    ["never answers", () => undefined],
    ["hangs up", (socket) => socket.destroy()],
  ])("%s", async (_what, then) => {
    const before = process.memoryUsage().rss;
    const { refused, took } = await refusal(openMysql, await listen(letsInMysql(then)));
    expect(["live.unreachable", "live.refused"]).toContain(refused.code);
    expect(took).toBeLessThan(ENDED_MS);
    expect(process.memoryUsage().rss - before).toBeLessThan(96 * MEGABYTE);
  });

  it("speaks TLS with a certificate for another name", async () => {
    const inside: string[] = [];
    const target = await listen((socket) => {
      socket.write(greeting(true));
      // The driver sends its wish for TLS, 36 bytes, together with the start of the handshake.
      socket.once("data", (chunk: Buffer) => {
        socket.unshift(chunk.subarray(36));
        encrypted((secured) => secured.on("data", (chunk) => inside.push(chunk.toString("latin1"))))(
          Duplex.from({ readable: socket, writable: socket }),
        );
      });
    }, "wrong.test");
    const { refused } = await refusal(openMysql, target, { tls: "verify-full", ca: authority.ca }, PATIENT);
    expect(refused.code).toBe("live.certificate");
    expect(inside.join("")).toBe("");
  });
});
