/** Floods of one room, and what people in another notice of it. The built server on real sockets; the flood is a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { CreatedRoom } from "#shared/api/rooms.ts";
import { CLOSE } from "#shared/api/sync.ts";
import { syncMessage } from "#shared/sync/index.ts";
import { cpuMs, killProcess, type ServerProcess, startProcess } from "../support/relay-process.ts";
import { edit, joinWith, makeRoom, pause, RawClient, synced, tokenOf, until } from "../support/rooms.ts";

let folder: string;
let server: ServerProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drawbridge-floods-"));
  server = await startProcess(folder);
});

afterAll(async () => {
  await killProcess(server);
  await rm(folder, { recursive: true, force: true });
});

const frameOf = (value: unknown): string => Buffer.from(syncMessage("update", edit(3, 0, "same", value))).toString("base64");
const FRAME = frameOf(1);
/** So large that a socket's share is not there in one read, which nothing could slow down. */
const LARGE_FRAME = frameOf("x".repeat(2_000));

interface Flood {
  /** How often which code ended a socket, and how many frames were sent. */
  readonly end: () => Promise<{ readonly codes: Readonly<Record<string, number>>; readonly sent: number }>;
}

/** Floods a room by a socket for each token, each with so many frames again and again. */
async function flood(
  address: string,
  made: CreatedRoom,
  tokens: readonly string[],
  frames: number,
  frame = FRAME,
): Promise<Flood> {
  const urls = tokens.map((token) => `${address.replace("http", "ws")}/sync/${made.room}?token=${token}`);
  const script = join(import.meta.dirname, "..", "support", "flood.mjs");
  const child = spawn(process.execPath, [script, frame, String(frames), ...urls], { stdio: ["pipe", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  await once(child.stdout, "data");
  return {
    end: async () => {
      const ended = once(child, "close");
      child.stdin.write("end\n");
      await ended;
      return JSON.parse(printed.split("\n")[1] ?? "") as Awaited<ReturnType<Flood["end"]>>;
    },
  };
}

/** Milliseconds to the echo of each of so many edits in a room that nobody floods, in order. */
async function echoes(client: RawClient, count: number): Promise<readonly number[]> {
  const doc = new Y.Doc();
  let last: Uint8Array = new Uint8Array();
  doc.on("update", (update: Uint8Array) => (last = update));
  const all: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const before = client.updates.length;
    doc.getMap("m").set("at", at);
    const sent = performance.now();
    const echoed = new Promise<number>((resolve) => {
      client.onMessage = () => {
        if (client.updates.length > before) resolve(performance.now());
      };
    });
    client.update(last);
    all.push((await echoed) - sent);
    await pause(10);
  }
  return all.sort((one, other) => one - other);
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
const shown = (sorted: readonly number[]): string =>
  `p50 ${at(sorted, 0.5).toFixed(1)}, p95 ${at(sorted, 0.95).toFixed(1)}, p99 ${at(sorted, 0.99).toFixed(1)} ms`;

describe("a flood by one person with 40 sockets", () => {
  it("ends all of them for good, and another room hardly notices", async () => {
    const [quiet, flooded] = await Promise.all([makeRoom(server.address), makeRoom(server.address)]);
    const client = await new RawClient(server.address, quiet.room, await tokenOf(server.address, quiet, "edit")).opened();
    const token = await tokenOf(server.address, flooded, "edit");
    // The same person's well-meaning tab, and somebody else in the room.
    const { provider } = joinWith(server.address, flooded.room, token);
    await synced(provider);
    const other = await new RawClient(server.address, flooded.room, await tokenOf(server.address, flooded, "edit")).opened();
    const codes: number[] = [];
    provider.on("connection-close", (event: { code: number } | null) => void codes.push(event?.code ?? 0));

    const before = await echoes(client, 100);
    const started = performance.now();
    const cpu = cpuMs(server.child.pid);
    const running = await flood(server.address, flooded, Array<string>(40).fill(token), 300);
    const during = await echoes(client, 100);
    provider.doc.getMap("m").set("mine", 1);
    await until(() => codes.length > 0, "the person's own tab to be closed");
    const took = performance.now() - started;
    const used = cpuMs(server.child.pid) - cpu;
    const { codes: ended, sent } = await running.end();
    const after = await echoes(client, 30);
    console.log(
      `another room's echo: ${shown(before)} alone; ${shown(during)} beside 40 sockets of one person, ${String(sent)} updates in ${(took / 1_000).toFixed(1)} s, ${((used / took) * 100).toFixed(0)} % of a core; ${shown(after)} after; closed ${JSON.stringify(ended)}`,
    );
    // Those that were on their way when the flood ended say 1006.
    expect(ended[CLOSE.tooMany]).toBeGreaterThan(40);
    expect(Object.keys(ended).filter((code) => Number(code) !== CLOSE.tooMany && code !== "1006")).toEqual([]);
    expect(codes).toEqual([CLOSE.tooMany]);
    await pause(1_000);
    expect(provider.wsconnected || provider.wsconnecting).toBe(false);
    // Whoever else is in the room stays and is heard.
    expect(other.code).toBeNull();
    expect((await echoes(other, 3)).length).toBe(3);
    // One core of two is the flood's own, and the machine may be busy besides.
    expect(at(during, 0.95)).toBeLessThan(Math.max(500, at(before, 0.95) * 8));
    for (const each of [client, other]) each.close();
    provider.destroy();
  });
});

describe("a flood by many people, each within what one may send", () => {
  it("is read as fast as a room is, closes nobody, loses nothing, and another room hardly notices", async () => {
    const [PEOPLE, EACH, RATE] = [60, 190, 20];
    const dataDir = await mkdtemp(join(folder, "many-"));
    const slow = await startProcess(dataDir, { SYNC_RATE: String(RATE) });
    const [quiet, flooded] = await Promise.all([makeRoom(slow.address), makeRoom(slow.address)]);
    const client = await new RawClient(slow.address, quiet.room, await tokenOf(slow.address, quiet, "edit")).opened();
    const kept = async (): Promise<number> => {
      const text = await (await fetch(`${slow.address}/metrics`)).text();
      return Number(/^sync_updates_total (\d+)/m.exec(text)?.[1] ?? 0);
    };
    const before = await echoes(client, 80);
    const tokens = await Promise.all(Array.from({ length: PEOPLE }, () => tokenOf(slow.address, flooded, "edit")));
    const had = await kept();
    const started = performance.now();
    const running = await flood(slow.address, flooded, tokens, EACH, LARGE_FRAME);
    const during = await echoes(client, 80);
    await until(async () => (await kept()) >= had + 80 + PEOPLE * EACH, "all of the flood to be kept", 30_000);
    const took = (performance.now() - started) / 1_000;
    const { codes } = await running.end();
    console.log(
      `another room's echo: ${shown(before)} alone; ${shown(during)} beside ${String(PEOPLE)} people with ${String(EACH)} updates each, read in ${took.toFixed(1)} s`,
    );
    expect(codes).toEqual({});
    // A hundred people's updates at once, then as many a second.
    expect(took).toBeGreaterThan(((PEOPLE * EACH) / (RATE * 100) - 1) / 2);
    expect(at(during, 0.95)).toBeLessThan(Math.max(500, at(before, 0.95) * 8));
    client.close();
    await killProcess(slow);
  });
});
