/** The app's own connection against the real relay: real sockets and files, tokens over HTTP. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import type { CreatedRoom, Role } from "#shared/api/rooms.ts";
import { changeSecret, Connection, createRoom, getToken, removeRoom } from "../../web/sync/index.ts";
import type { SyncStatus } from "../../web/sync/status.ts";
import { joinWith, synced, tokenOf, until } from "../support/rooms.ts";
import { type RunningServer, startServer } from "../support/server.ts";

const open: { close: () => void }[] = [];

interface Client {
  readonly doc: Y.Doc;
  readonly connection: Connection;
  /** Every status so far, newest last. */
  readonly seen: SyncStatus[];
  readonly sockets: WebSocket[];
  readonly status: () => SyncStatus["kind"];
  readonly text: () => Record<string, unknown>;
}

/** `address` is asked each time: a server that restarts may have another port. */
function enter(address: () => string, made: CreatedRoom, role: Role, doc = new Y.Doc(), carried = 0): Client {
  const seen: SyncStatus[] = [];
  const sockets: WebSocket[] = [];
  const connection = new Connection({
    doc,
    part: "design",
    role,
    carried,
    address: (token) => `${address().replace("http", "ws")}/sync/${made.room}?token=${token}`,
    token: (before) => getToken(address(), made.room, made.secrets[role], { name: role, before }),
    on: { status: (status) => void seen.push(status), role: () => undefined, problem: () => undefined },
    open: (url) => {
      const socket = new WebSocket(url);
      socket.on("error", () => undefined);
      sockets.push(socket);
      return socket as unknown as globalThis.WebSocket;
    },
  });
  open.push(connection);
  return { doc, connection, seen, sockets, status: () => connection.status.kind, text: () => doc.getMap("m").toJSON() };
}

async function newRoom(address: string): Promise<CreatedRoom> {
  const made = await createRoom(address);
  if (!made.ok) throw new Error(made.problem.code);
  return made.value;
}

describe("a connection to the relay", () => {
  let server: RunningServer;
  const address = (): string => server.address;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server.close();
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  it("brings edits and presence across, also to a y-websocket, and is synced when the echoes are there", async () => {
    const made = await newRoom(server.address);
    const one = enter(address, made, "own");
    const two = enter(address, made, "edit");
    const third = joinWith(server.address, made.room, await tokenOf(server.address, made, "view"));
    open.push({ close: () => third.provider.destroy() });
    await synced(third.provider);
    await until(() => one.status() === "synced" && two.status() === "synced", "both to be synced");
    one.doc.getMap("m").set("a", 1);
    expect(one.connection.status).toEqual({ kind: "sending", waiting: 1 });
    two.doc.getMap("m").set("b", 2);
    one.doc.getMap("m").delete("a");
    await until(() => one.status() === "synced" && two.status() === "synced", "the echoes");
    expect(one.text()).toEqual({ b: 2 });
    await until(() => third.doc.getMap("m").has("b"), "the y-websocket to have it");
    one.connection.awareness.setLocalState({ user: { name: "Ada" } });
    await until(() => two.connection.awareness.getStates().get(one.doc.clientID)?.["user"] !== undefined, "presence");
    one.connection.close();
    await until(() => !two.connection.awareness.getStates().has(one.doc.clientID), "presence to end");
  });

  it("counts what waits while the server is gone, and sends it when it is back; what was sent before is not counted again", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "drawbridge-connection-"));
    let running = await startServer({ dataDir });
    const at = (): string => running.address;
    const made = await newRoom(running.address);
    const one = enter(at, made, "own");
    const two = enter(at, made, "edit");
    one.doc.getMap("m").set("before", 1);
    await until(() => one.status() === "synced" && two.text()["before"] === 1, "the first edit");
    await running.close();
    await until(() => one.status() === "offline" && two.status() === "offline", "both to know");
    for (let edit = 0; edit < 5; edit += 1) one.doc.getMap("m").set(`one${String(edit)}`, edit);
    two.doc.getMap("m").set("two", 2);
    two.doc.getMap("m").delete("before");
    expect([one.connection.status, two.connection.status]).toEqual([
      { kind: "offline", waiting: 5 },
      { kind: "offline", waiting: 2 },
    ]);
    running = await startServer({ dataDir });
    await until(() => one.status() === "synced" && two.status() === "synced", "both to be synced again", 30_000);
    await until(() => Object.keys(one.text()).length === 6 && Object.keys(two.text()).length === 6, "everything on both");
    expect(one.text()).toEqual(two.text());
    expect(one.text()).not.toHaveProperty("before");
    for (const each of open.splice(0)) each.close();
    await running.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("sends nothing that a viewer changed, and says how much stays here", async () => {
    const made = await newRoom(server.address);
    const owner = enter(address, made, "own");
    const viewer = enter(address, made, "view");
    await until(() => viewer.status() === "viewing", "the viewer");
    viewer.doc.getMap("m").set("mine", 1);
    owner.doc.getMap("m").set("ours", 1);
    await until(() => viewer.text()["ours"] === 1, "the owner's edit");
    expect(viewer.connection.status).toEqual({ kind: "viewing", waiting: 1, comments: false });
    expect(owner.text()).toEqual({ ours: 1 });
    expect(viewer.sockets).toHaveLength(1);
  });

  it("ends for good when its link is replaced or the room removed, within 2 s, and does not come back", async () => {
    const made = await newRoom(server.address);
    const editor = enter(address, made, "edit");
    const viewer = enter(address, made, "view");
    await until(() => editor.status() === "synced" && viewer.status() === "viewing", "both");
    await changeSecret(server.address, made.room, made.secrets.own, { role: "edit", close: false });
    await until(() => editor.status() === "ended", "the editor to be told", 2_000);
    expect(editor.connection.status).toEqual({ kind: "ended", why: "revoked", waiting: 0 });
    editor.doc.getMap("m").set("later", 1);
    expect(editor.connection.status).toEqual({ kind: "ended", why: "revoked", waiting: 1 });
    expect(viewer.status()).toBe("viewing");
    await removeRoom(server.address, made.room, made.secrets.own);
    await until(() => viewer.status() === "ended", "the viewer to be told", 2_000);
    expect(viewer.connection.status).toMatchObject({ why: "missing" });
    const again = enter(address, made, "edit");
    await until(() => again.status() === "ended", "the old link to be refused");
    expect(again.connection.status).toMatchObject({ why: "missing" });
    editor.connection.wake();
    expect([editor.sockets.length, again.sockets.length]).toEqual([1, 0]);
  });

  it("takes edits of an earlier page for sent once the server has them", async () => {
    const made = await newRoom(server.address);
    const doc = new Y.Doc();
    doc.getMap("m").set("offline", 1);
    const client = enter(address, made, "edit", doc, 3);
    expect(client.connection.status).toEqual({ kind: "connecting", waiting: 3 });
    await until(() => client.status() === "synced", "all to be sent");
    expect(client.seen.map((status) => status.kind)).toContain("sending");
  });

  it("asks a silent server whether it is there when it is woken, and comes back where it is not", async () => {
    const made = await newRoom(server.address);
    const client = enter(address, made, "edit");
    await until(() => client.status() === "synced", "the connection");
    client.connection.wake();
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect([client.status(), client.sockets.length]).toEqual(["synced", 1]);
    // A socket of which the other end is gone without a word: nothing comes any more.
    client.sockets[0]?.pause();
    client.connection.wake();
    await until(() => client.sockets.length === 2, "another socket", 8_000);
    await until(() => client.status() === "synced", "the connection again");
  });
});
