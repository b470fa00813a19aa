/** Rooms end to end in one process: the real y-websocket, real sockets and files. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { openRoomStore } from "../../server/relay/index.ts";
import { shareFolder } from "../../server/store/folder.ts";
import { roomSuite } from "../support/room-suite.ts";
import { joinWith, makeRoom, synced, tokenOf, until } from "../support/rooms.ts";
import { type RunningServer, startServer, testConfig } from "../support/server.ts";

describe("two people in a room", () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(async () => {
    await server.close();
  });

  it("see each other's edits and presence", async () => {
    const made = await makeRoom(server.address);
    const one = joinWith(server.address, made.room, await tokenOf(server.address, made, "own", { name: "Ada" }));
    const two = joinWith(server.address, made.room, await tokenOf(server.address, made, "edit", { name: "Bob" }));
    await Promise.all([synced(one.provider), synced(two.provider)]);
    one.doc.getMap("m").set("a", 1);
    two.doc.getMap("m").set("b", 2);
    one.provider.awareness.setLocalState({ user: { name: "Ada" } });
    await until(() => one.doc.getMap("m").has("b") && two.doc.getMap("m").has("a"), "edits to cross");
    await until(() => two.provider.awareness.getStates().get(one.doc.clientID)?.user !== undefined, "presence to cross");
    one.provider.destroy();
    await until(() => !two.provider.awareness.getStates().has(one.doc.clientID), "presence to end");
    two.provider.destroy();
  });
});

describe("a room", () => {
  it("is there after a restart, and its journal is empty once it was saved", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "drawbridge-rooms-"));
    const first = await startServer({ dataDir });
    const made = await makeRoom(first.address);
    const one = joinWith(first.address, made.room, await tokenOf(first.address, made, "edit"));
    await synced(one.provider);
    for (let at = 0; at < 50; at += 1) one.doc.getMap("m").set(String(at), { at });
    await until(() => first.log() !== null, "the log");
    const two = joinWith(first.address, made.room, await tokenOf(first.address, made, "view"));
    await until(() => two.doc.getMap("m").size === 50, "all edits");
    one.provider.destroy();
    two.provider.destroy();
    await first.close();
    expect(await readdir(join(dataDir, "journal"))).toEqual([]);
    expect(await readdir(dataDir)).toEqual(["journal", "rooms"]);

    const second = await startServer({ dataDir });
    const three = joinWith(second.address, made.room, await tokenOf(second.address, made, "view"));
    await synced(three.provider);
    expect(three.doc.getMap("m").toJSON()).toEqual(one.doc.getMap("m").toJSON());
    expect(Y.encodeStateVector(three.doc)).toEqual(Y.encodeStateVector(one.doc));
    three.provider.destroy();
    await second.close();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe("rooms as files", () => {
  const dataDir = mkdtemp(join(tmpdir(), "drawbridge-suite-"));
  roomSuite(async () => {
    const folder = shareFolder(await dataDir);
    const store = openRoomStore(testConfig(), folder, { damaged: () => undefined, lost: () => undefined });
    return { store, release: () => folder.close() };
  });
});
