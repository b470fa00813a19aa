/** What a killed or stopped server keeps: every edit that anyone was shown, on real sockets and files. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { crashSuite, Writer } from "../support/crash-suite.ts";
import { killProcess, type ServerProcess, startProcess } from "../support/relay-process.ts";
import { joinWith, makeRoom, pause, synced, tokenOf, until } from "../support/rooms.ts";

let root: string;
let server: ServerProcess | null = null;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "drawbridge-crash-"));
});

afterAll(async () => {
  if (server) await killProcess(server);
  await rm(root, { recursive: true, force: true });
});

const start = async (dataDir: string, environment = {}): Promise<ServerProcess> =>
  (server = await startProcess(dataDir, environment));

crashSuite(async (what) => {
  const dataDir = await mkdtemp(join(root, `${what}-`));
  return {
    start: () => start(dataDir),
    ended: async () => {
      expect(await readdir(join(dataDir, "journal"))).toEqual([]);
    },
  };
});

describe("kill -9 with living clients", () => {
  it("all are equal after editing offline and coming back, and nothing is there twice", async () => {
    const dataDir = await mkdtemp(join(root, "live-"));
    const first = await start(dataDir);
    const made = await makeRoom(first.address);
    const { port } = new URL(first.address);
    const people = await Promise.all(
      [1, 2, 3, 4].map(async () => joinWith(first.address, made.room, await tokenOf(first.address, made, "edit"))),
    );
    await Promise.all(people.map(({ provider }) => synced(provider)));
    const write = (at: number): void => {
      for (const [who, { doc }] of people.entries()) {
        doc.getMap("m").set(`${String(who)}.${String(at)}`, at);
        doc.getArray("list").push([`${String(who)}.${String(at)}`]);
      }
    };
    for (let at = 0; at < 20; at += 1) {
      write(at);
      await pause(10);
    }
    await killProcess(first);
    for (let at = 20; at < 100; at += 1) write(at);
    await pause(500);
    const second = await start(dataDir, { PORT: port });
    await until(
      () =>
        people.every(
          ({ doc, provider }) => provider.synced && doc.getMap("m").size === 400 && doc.getArray("list").length === 400,
        ),
      "everyone to have everything",
      30_000,
    );
    const [one, ...others] = people.map(({ doc }) => ({
      vector: Y.encodeStateVector(doc).toString(),
      json: JSON.stringify([Object.entries(doc.getMap("m").toJSON()).sort(), doc.getArray("list").toJSON()]),
    }));
    for (const other of others) expect(other.json).toBe(one?.json);
    expect(new Set(people[0]?.doc.getArray("list").toArray()).size).toBe(400);
    for (const { provider } of people) provider.destroy();
    await killProcess(second);
  });
});

describe("a single edit in the journal", () => {
  it("is put into a state of its own at the next start, and the journal is empty again", async () => {
    const dataDir = await mkdtemp(join(root, "settle-"));
    const first = await start(dataDir);
    const made = await makeRoom(first.address);
    const writer = new Writer(first.address, made.room, await tokenOf(first.address, made, "edit"), "one");
    await writer.client.opened();
    writer.write();
    await until(() => writer.client.updates.length > 0, "the echo");
    writer.die();
    await killProcess(first);
    expect(await readdir(join(dataDir, "journal"))).toHaveLength(1);
    const second = await start(dataDir);
    await until(async () => (await readdir(join(dataDir, "journal"))).length === 0, "the journal to be empty");
    expect(await readdir(join(dataDir, "rooms", made.room))).toContain("design.state");
    await killProcess(second);
  });
});

const strace = spawnSync("strace", ["-V"]).status === 0;
if (!strace) console.warn("skipped: strace is not there, so no system calls are counted");

describe.skipIf(!strace)("the system calls", () => {
  it("between an update's arrival and its echo have an fdatasync", async () => {
    const dataDir = await mkdtemp(join(root, "strace-"));
    const trace = join(root, "trace");
    const running = await start(dataDir);
    const calls = "trace=fdatasync,write,writev,pwrite64";
    const tracer = spawn("strace", ["-f", "-e", calls, "-s", "4096", "-xx", "-o", trace, "-p", String(running.child.pid)]);
    const traced = new Promise((resolve) => tracer.once("close", resolve));
    await once(tracer.stderr, "data");
    const made = await makeRoom(running.address);
    const writer = new Writer(running.address, made.room, await tokenOf(running.address, made, "edit"), "MARKER");
    await writer.client.opened();
    for (let at = 0; at < 5; at += 1) {
      const before = writer.client.updates.length;
      writer.write();
      await until(() => writer.client.updates.length > before, "the echo");
    }
    writer.die();
    await killProcess(running);
    await traced;
    const lines = (await readFile(trace, "latin1")).split("\n");
    const hex = (text: string): string =>
      [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
    for (let at = 1; at <= 5; at += 1) {
      const key = hex(`MARKER.${String(at)}`);
      // What the client sends is masked, so its arrival cannot be read; what is written to the journal and to the socket can.
      const kept = lines.findIndex((line) => /pwrite64\(/.test(line) && line.includes(key));
      const echoed = lines.findIndex((line) => /writev?\(/.test(line) && !/pwrite64/.test(line) && line.includes(key));
      expect(kept).toBeGreaterThan(-1);
      expect(echoed).toBeGreaterThan(kept);
      const between = lines.slice(kept, echoed).filter((line) => /fdatasync.*= 0/.test(line));
      expect(between.length).toBeGreaterThanOrEqual(1);
    }
  });
});
