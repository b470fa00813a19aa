/** Who may do what in a room: secrets, tokens, roles, revoking, and what a hostile client tries against them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { CreatedRoom, Role } from "#shared/api/rooms.ts";
import { CLOSE } from "#shared/api/sync.ts";
import { presenceMessage, syncMessage } from "#shared/sync/index.ts";
import { call, edit, joinWith, makeRoom, pause, RawClient, synced, tokenOf, until } from "../support/rooms.ts";
import { type RunningServer, startServer } from "../support/server.ts";

let server: RunningServer;
let room: CreatedRoom;
let clock = Date.now();
const open: { close: () => void }[] = [];

beforeAll(async () => {
  server = await startServer({}, { now: () => new Date(clock) });
  room = await makeRoom(server.address);
});

afterAll(async () => {
  for (const each of open) each.close();
  await server.close();
});

/** A plain socket of a role, closed at the end. */
const raw = async (role: Role, path = room.room, made = room): Promise<RawClient> => {
  const client = await new RawClient(server.address, path, await tokenOf(server.address, made, role)).opened();
  open.push(client);
  return client;
};

const mapOf = (update: Uint8Array): Record<string, unknown> => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getMap("m").toJSON();
};

const isRefusal = (bytes: Uint8Array): boolean => bytes[0] === 2;

describe("making a room", () => {
  it("gives four secrets, each of which opens its own role, and keeps none of them", async () => {
    expect(room.room).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(Object.values(room.secrets)).size).toBe(4);
    for (const [role, secret] of Object.entries(room.secrets)) {
      expect(secret).toMatch(/^[\w-]{43}$/);
      const { body } = await call(server.address, "GET", `/api/rooms/${room.room}`, secret);
      expect(body).toMatchObject({ room: room.room, role });
      expect(body).toHaveProperty("createdAt");
      if (role !== "own") expect(body).not.toHaveProperty("roles");
      expect(server.log()).not.toContain(secret);
    }
  });

  it.each([
    ["no secret", null, 401],
    ["a wrong one", "x".repeat(43), 404],
    ["one of another room", "other", 404],
  ])("with %s it is not opened", async (_what, secret, status) => {
    const given = secret === "other" ? (await makeRoom(server.address)).secrets.own : secret;
    expect((await call(server.address, "GET", `/api/rooms/${room.room}`, given)).status).toBe(status);
    expect((await call(server.address, "POST", `/api/rooms/${room.room}/token`, given, {})).status).toBe(status);
    expect((await call(server.address, "DELETE", `/api/rooms/${room.room}`, given)).status).toBe(status);
  });

  it("answers a room that is not there as it answers a wrong secret", async () => {
    const absent = await call(server.address, "GET", `/api/rooms/${"0".repeat(32)}`, room.secrets.own);
    const wrong = await call(server.address, "GET", `/api/rooms/${room.room}`, "x".repeat(43));
    expect([absent.status, absent.text]).toEqual([wrong.status, wrong.text]);
  });

  it("is the operator's to restrict", async () => {
    const strict = await startServer({ roomsToken: "let-me", roomLimit: 1 });
    expect((await call(strict.address, "POST", "/api/rooms", null, {})).status).toBe(401);
    expect((await call(strict.address, "POST", "/api/rooms", "let-you", {})).status).toBe(401);
    const made = await call(strict.address, "POST", "/api/rooms", "let-me", {});
    expect(made.status).toBe(201);
    expect((await call(strict.address, "POST", "/api/rooms", "let-me", {})).status).toBe(507);
    const { room: id, secrets } = made.body as CreatedRoom;
    expect((await call(strict.address, "DELETE", `/api/rooms/${id}`, secrets.own)).status).toBe(204);
    expect((await call(strict.address, "POST", "/api/rooms", "let-me", {})).status).toBe(201);
    await strict.close();
  });
});

describe("a socket", () => {
  it.each([
    ["without a token", null],
    ["with a made-up one", "eyJ9.x"],
    ["with a secret for a token", "secret"],
    ["with another room's", "other"],
  ])("%s is closed as if there were no room", async (_what, kind) => {
    let token: string | null = kind;
    if (kind === "secret") token = room.secrets.own;
    if (kind === "other") token = await tokenOf(server.address, await makeRoom(server.address), "own");
    expect(await new RawClient(server.address, room.room, token).closed()).toBe(CLOSE.missing);
  });

  it("with a token whose role was raised by hand is closed", async () => {
    const token = await tokenOf(server.address, room, "view");
    const [body = "", signature = ""] = token.split(".");
    const raised = Buffer.from(Buffer.from(body, "base64url").toString().replace('"view"', '"edit"')).toString("base64url");
    expect(await new RawClient(server.address, room.room, `${raised}.${signature}`).closed()).toBe(CLOSE.missing);
  });

  it.each(["..", "%2e%2e", "%2f", "*", "a:b", "ROOM/../ROOM", "ROOM%2fcomments%2f..", "ROOM/other", "ROOM.comments", "ROOM%00"])(
    "at %s is closed or leads to its own room",
    async (path) => {
      const client = new RawClient(
        server.address,
        path.replaceAll("ROOM", room.room),
        await tokenOf(server.address, room, "edit"),
      );
      await until(() => client.code !== null || client.messages.length > 0, "an answer");
      // `ws`, as a browser, takes `..` out of an address before it asks.
      if (client.code === null) expect(new URL(client.socket.url).pathname).toBe(`/sync/${room.room}`);
      else expect([CLOSE.missing, 1006]).toContain(client.code);
      client.close();
    },
  );

  it("of a page of another origin is refused before it is one", async () => {
    const token = await tokenOf(server.address, room, "edit");
    const from = async (origin: string): Promise<number | null> => {
      const client = new RawClient(server.address, room.room, token, { headers: { origin } });
      await until(() => client.code !== null || client.messages.length > 0, "an answer");
      client.close();
      return client.code;
    };
    expect(await from("https://evil.example")).toBe(1006);
    expect(await from("null")).toBe(1006);
    expect(await from(server.address)).toBeNull();
    expect(await from("http://localhost:5173")).toBeNull();
  });

  it("to a name that is not the server's own is refused", async () => {
    const token = await tokenOf(server.address, room, "edit");
    expect(await new RawClient(server.address, room.room, token, { headers: { host: "evil.example" } }).closed()).toBe(1006);
  });

  it("leaves neither token nor room in the log", async () => {
    const token = await tokenOf(server.address, room, "edit");
    const client = new RawClient(server.address, room.room, token);
    await until(() => client.messages.length > 0, "a message");
    client.close();
    await call(server.address, "GET", `/sync/${room.room}?token=${token}`, null);
    expect(server.log()).not.toContain(token.slice(0, 20));
    expect(server.log()).not.toContain(room.room);
  });
});

describe("a role", () => {
  const others = async (made: CreatedRoom, path: string): Promise<RawClient> => {
    const watcher = await raw("view", path, made);
    await watcher.state();
    return watcher;
  };

  it.each<[Role, string, boolean]>([
    ["own", "", true],
    ["edit", "", true],
    ["comment", "", false],
    ["view", "", false],
    ["own", "/comments", true],
    ["edit", "/comments", true],
    ["comment", "/comments", true],
    ["view", "/comments", false],
  ])("%s at <room>%s writes: %s", async (role, suffix, writes) => {
    const made = await makeRoom(server.address);
    const path = made.room + suffix;
    const watcher = await others(made, path);
    const client = await raw(role, path, made);
    const heard = watcher.updates.length;
    for (const type of ["update", "missing"] as const) client.send(syncMessage(type, edit(5, 0, type, "written")));
    if (writes) await until(() => Object.keys(mapOf(Y.mergeUpdates(watcher.updates))).length > 0, "the edit to arrive");
    else {
      await until(() => client.messages.filter(isRefusal).length === 2, "two refusals");
      await pause(100);
      expect(watcher.updates).toHaveLength(heard);
      expect(mapOf(await client.state())).toEqual({});
      expect(client.code).toBeNull();
    }
  });

  it("that only views may come back with what the server knows already, unrefused", async () => {
    const made = await makeRoom(server.address);
    const editor = await raw("edit", made.room, made);
    const doc = new Y.Doc();
    doc.getMap("m").set("a", 1);
    doc.getMap("m").delete("a");
    editor.update(Y.encodeStateAsUpdate(doc));
    await until(() => editor.updates.length > 0, "the echo");
    const viewer = joinWith(server.address, made.room, await tokenOf(server.address, made, "view"), doc);
    const heard = editor.messages.length;
    await synced(viewer.provider);
    await pause(100);
    expect(editor.messages.slice(heard).filter((bytes) => bytes[0] === 0)).toEqual([]);
    viewer.provider.destroy();
  });

  it("speaks in presence for itself only", async () => {
    const made = await makeRoom(server.address);
    const [victim, spoofer, watcher] = await Promise.all([
      raw("edit", made.room, made),
      raw("view", made.room, made),
      raw("view", made.room, made),
    ]);
    const say = (client: RawClient, id: number, at: number, json: string): void => {
      client.send(presenceMessage([{ client: id, clock: at, json }]));
    };
    const heard = (): string =>
      watcher.messages
        .filter((bytes) => bytes[0] === 1)
        .map((bytes) => Buffer.from(bytes).toString("latin1"))
        .join();
    say(victim, 11, 1, '{"user":"victim"}');
    await until(() => heard().includes("victim"), "the victim's state");
    say(spoofer, 22, 1, '{"user":"spoofer"}');
    await until(() => heard().includes("spoofer"), "the spoofer's own state");
    say(spoofer, 11, 99, '{"user":"stolen"}');
    say(spoofer, 11, 100, "null");
    say(victim, 11, 2, '{"user":"victim again"}');
    await until(() => heard().includes("victim again"), "the victim to be heard still");
    expect(heard()).not.toContain("stolen");
    expect(spoofer.code).toBeNull();
  });

  it("cannot take a client from another person, but can take its own back", async () => {
    const made = await makeRoom(server.address);
    const token = await tokenOf(server.address, made, "edit");
    const old = await new RawClient(server.address, made.room, token).opened();
    const watcher = await raw("view", made.room, made);
    old.send(presenceMessage([{ client: 7, clock: 1, json: '"old"'.replace(/"old"/, '{"is":"old"}') }]));
    const heard = (): string => watcher.messages.map((bytes) => Buffer.from(bytes).toString("latin1")).join();
    await until(() => heard().includes("old"), "the state");
    const followed = await tokenOf(server.address, made, "edit", { token });
    const back = await new RawClient(server.address, made.room, followed).opened();
    back.send(presenceMessage([{ client: 7, clock: 2, json: '{"is":"back"}' }]));
    await until(() => heard().includes("back"), "the state of who came back");
    old.close();
    await pause(50);
    back.send(presenceMessage([{ client: 7, clock: 3, json: '{"is":"still here"}' }]));
    await until(() => heard().includes("still here"), "the state after the old socket ended");
    back.close();
  });
});

describe("revoking", () => {
  it("disconnects who came by a secret within 2 s, for good, and leaves the others", async () => {
    const made = await makeRoom(server.address);
    const [viewer, editor] = await Promise.all([raw("view", made.room, made), raw("edit", made.room, made)]);
    const oldToken = await tokenOf(server.address, made, "edit");
    const started = performance.now();
    const { status, body } = await call(server.address, "POST", `/api/rooms/${made.room}/secrets`, made.secrets.own, {
      role: "edit",
    });
    expect(status).toBe(200);
    expect(await editor.closed()).toBe(CLOSE.revoked);
    const took = performance.now() - started;
    console.log(`revoked: disconnected after ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(2_000);
    expect(viewer.code).toBeNull();
    expect(await new RawClient(server.address, made.room, oldToken).closed()).toBe(CLOSE.revoked);
    expect((await call(server.address, "GET", `/api/rooms/${made.room}`, made.secrets.edit)).status).toBe(404);
    const { secret } = body as { secret: string };
    expect((await call(server.address, "GET", `/api/rooms/${made.room}`, secret)).body).toMatchObject({ role: "edit" });
  });

  it("closes a role, but not the owner's", async () => {
    const made = await makeRoom(server.address);
    const path = `/api/rooms/${made.room}/secrets`;
    expect((await call(server.address, "POST", path, made.secrets.own, { role: "view", close: true })).body).toEqual({
      role: "view",
      secret: null,
    });
    expect((await call(server.address, "GET", `/api/rooms/${made.room}`, made.secrets.own)).body).toMatchObject({
      roles: ["own", "edit", "comment"],
    });
    expect((await call(server.address, "POST", path, made.secrets.own, { role: "own", close: true })).status).toBe(400);
    expect((await call(server.address, "POST", path, made.secrets.own, { role: "king" })).status).toBe(400);
    for (const role of ["edit", "comment"] as const) {
      expect((await call(server.address, "POST", path, made.secrets[role], { role: "view" })).status).toBe(403);
    }
  });

  it("of the whole room removes it and all it holds", async () => {
    const made = await makeRoom(server.address);
    const editor = await raw("edit", made.room, made);
    editor.update(edit(5, 0, "a", 1));
    await until(() => editor.updates.length > 0, "the echo");
    const token = await tokenOf(server.address, made, "edit");
    expect((await call(server.address, "DELETE", `/api/rooms/${made.room}`, made.secrets.edit)).status).toBe(403);
    expect((await call(server.address, "DELETE", `/api/rooms/${made.room}`, made.secrets.own)).status).toBe(204);
    expect(await editor.closed()).toBe(CLOSE.missing);
    expect(await new RawClient(server.address, made.room, token).closed()).toBe(CLOSE.missing);
    expect((await call(server.address, "GET", `/api/rooms/${made.room}`, made.secrets.own)).status).toBe(404);
  });
});

describe("a token", () => {
  it("that expired asks for another, and the client goes on without a reload", async () => {
    const made = await makeRoom(server.address);
    const token = await tokenOf(server.address, made, "edit", { name: "Ada" });
    const { doc, provider } = joinWith(server.address, made.room, token);
    await synced(provider);
    clock += 11 * 60_000;
    doc.getMap("m").set("during", "the session outlives its token");
    const watcher = await raw("view", made.room, made);
    await watcher.state();
    const seen = (): Record<string, unknown> => mapOf(Y.mergeUpdates(watcher.updates));
    await until(() => "during" in seen(), "an edit after the token expired");
    const codes: number[] = [];
    provider.on("connection-close", (event) => void (event && codes.push(event.code)));
    provider.ws?.close();
    doc.getMap("m").set("offline", true);
    await until(() => codes.includes(CLOSE.expired), "the token to be refused");
    provider.params = { token: await tokenOf(server.address, made, "edit", { token }) };
    await until(() => "offline" in seen(), "the edit to arrive with a new token");
    provider.destroy();
  });

  it("that was wrong does not stand in the way of a right one", async () => {
    const made = await makeRoom(server.address);
    const { provider } = joinWith(server.address, made.room, "wrong");
    await new Promise((resolve) => provider.once("closed", resolve));
    provider.params = { token: await tokenOf(server.address, made, "edit") };
    provider.connect();
    await synced(provider);
    provider.destroy();
  });

  it("keeps its person and name over those that follow it, and takes neither from another room", async () => {
    const claims = (token: string): { person: string; name: string } =>
      JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()) as { person: string; name: string };
    const first = await tokenOf(server.address, room, "edit", { name: "Ada" });
    expect(claims(await tokenOf(server.address, room, "view", { token: first }))).toMatchObject({
      person: claims(first).person,
      name: "Ada",
    });
    const other = await makeRoom(server.address);
    expect(claims(await tokenOf(server.address, other, "view", { token: first })).person).not.toBe(claims(first).person);
  });
});
