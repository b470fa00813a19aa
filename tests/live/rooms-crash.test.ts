/** What a killed or stopped server keeps: every edit that anyone was shown, on real sockets and files. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { CreatedRoom } from "#shared/api/rooms.ts";
import { CLOSE } from "#shared/api/sync.ts";
import { killProcess, type ServerProcess, startProcess } from "../support/relay-process.ts";
import { joinWith, makeRoom, pause, RawClient, synced, tokenOf, until } from "../support/rooms.ts";

/** Tries of each way to die; `npm run soak` makes more. */
const TRIES = Number(process.env.KILLS ?? 3);

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

/** A client that writes at a rate and remembers which of its edits came back. */
class Writer {
  readonly doc = new Y.Doc();
  readonly client: RawClient;
  readonly echoed: Uint8Array[] = [];
  #at = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(address: string, room: string, token: string, name: string) {
    this.client = new RawClient(address, room, token);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "remote") this.client.update(update);
    });
    this.name = name;
  }

  readonly name: string;

  write(): void {
    this.doc.getMap("m").set(`${this.name}.${String((this.#at += 1))}`, this.#at);
  }

  start(perSecond: number): void {
    this.#timer = setInterval(() => {
      this.write();
    }, 1_000 / perSecond);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  die(): void {
    this.stop();
    this.client.close();
  }
}

const mapOf = (updates: readonly Uint8Array[]): Record<string, unknown> => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getMap("m").toJSON();
};

describe("kill -9 while four people write 50 edits a second and die too", () => {
  it("loses no edit that any of them, or anyone watching, was shown", async () => {
    let [shown, lost] = [0, 0];
    const dataDir = await mkdtemp(join(root, "die-"));
    let made: CreatedRoom | null = null;
    const before: Uint8Array[] = [];
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const running = await start(dataDir);
      made ??= await makeRoom(running.address);
      const token = await tokenOf(running.address, made, "edit");
      const room = made.room;
      const writers = ["a", "b", "c", "d"].map((name) => new Writer(running.address, room, token, `${name}${String(attempt)}`));
      const watcher = new RawClient(running.address, room, await tokenOf(running.address, made, "view"));
      await Promise.all([...writers.map(({ client }) => client.opened()), watcher.opened()]);
      for (const writer of writers) writer.start(50);
      await pause(300 + Math.random() * 500);
      running.child.kill("SIGKILL");
      for (const writer of writers) writer.die();
      await running.ended;
      const seen = [...writers.flatMap(({ client }) => client.updates), ...watcher.updates];
      watcher.close();
      before.push(...seen);
      const again = await start(dataDir);
      const reader = await new RawClient(again.address, room, await tokenOf(again.address, made, "view")).opened();
      const kept = mapOf([await reader.state()]);
      const keys = Object.keys(mapOf(before));
      shown += Object.keys(mapOf(seen)).length;
      lost += keys.filter((key) => !(key in kept)).length;
      reader.close();
      await killProcess(again);
    }
    console.log(`${String(TRIES)} kills with dying clients: ${String(shown)} edits shown, ${String(lost)} lost`);
    expect(shown).toBeGreaterThan(TRIES * 20);
    expect(lost).toBe(0);
  });
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

describe("an edit that waits for another", () => {
  it("survives a restart, and takes effect when the other comes", async () => {
    const dataDir = await mkdtemp(join(root, "order-"));
    const first = await start(dataDir);
    const made = await makeRoom(first.address);
    const doc = new Y.Doc();
    const parts: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => parts.push(update));
    for (const key of ["a", "b", "c"]) doc.getMap("m").set(key, key);
    const writer = await new RawClient(first.address, made.room, await tokenOf(first.address, made, "edit")).opened();
    writer.update(parts[2] ?? new Uint8Array());
    await until(() => writer.updates.length > 0, "the echo");
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const second = await start(dataDir);
    const late = await new RawClient(second.address, made.room, await tokenOf(second.address, made, "edit")).opened();
    expect(mapOf([await late.state()])).toEqual({});
    late.update(parts[0] ?? new Uint8Array());
    late.update(parts[1] ?? new Uint8Array());
    await until(() => Object.keys(mapOf(late.updates)).length === 3, "all three");
    await killProcess(second);
  });
});

describe("SIGTERM under load", () => {
  it("keeps all it showed, tells everyone to come back, and ends within 5 s", async () => {
    const dataDir = await mkdtemp(join(root, "term-"));
    const running = await start(dataDir);
    const rooms = await Promise.all(Array.from({ length: 10 }, () => makeRoom(running.address)));
    const writers = await Promise.all(
      rooms.map(
        async (made, at) => new Writer(running.address, made.room, await tokenOf(running.address, made, "edit"), String(at)),
      ),
    );
    await Promise.all(writers.map(({ client }) => client.opened()));
    for (const writer of writers) writer.start(50);
    await pause(1_000);
    const started = performance.now();
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
    const took = performance.now() - started;
    for (const writer of writers) writer.stop();
    console.log(`SIGTERM under load: ended after ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(5_000);
    for (const { client } of writers) expect(await client.closed()).toBe(CLOSE.restarting);
    expect(await readdir(join(dataDir, "journal"))).toEqual([]);
    const again = await start(dataDir);
    for (const [at, made] of rooms.entries()) {
      const reader = await new RawClient(again.address, made.room, await tokenOf(again.address, made, "view")).opened();
      const kept = mapOf([await reader.state()]);
      const shown = mapOf(writers[at]?.client.updates ?? []);
      expect(Object.keys(shown).length).toBeGreaterThan(10);
      for (const key of Object.keys(shown)) expect(kept).toHaveProperty([key]);
      reader.close();
    }
    await killProcess(again);
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
