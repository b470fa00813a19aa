/** What both stores of rooms must do, on a running server: keep, compact, let go, version, restore. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { CreatedRoom, CreatedVersion, Versions } from "#shared/api/rooms.ts";
import type { RoomStore } from "../../server/relay/index.ts";
import { call, joinWith, makeRoom, RawClient, synced, tokenOf, until } from "./rooms.ts";
import { type RunningServer, startServer } from "./server.ts";

/** Declares the tests for stores that `open` gives; two opened one after the other hold the same rooms. */
export function roomSuite(open: () => Promise<{ readonly store: RoomStore; readonly release: () => Promise<void> }>): void {
  let server: RunningServer;
  let clock = Date.UTC(2026, 0, 1);

  const start = async (): Promise<void> => {
    const { store, release } = await open();
    await store.open();
    const started = await startServer(
      {},
      { now: () => new Date(clock) },
      undefined,
      {},
      { rooms: store, limits: { idleMs: 200 } },
    );
    server = {
      ...started,
      close: async () => {
        await started.close();
        await release();
      },
    };
  };

  beforeAll(start);

  afterAll(async () => {
    await server.close();
  });

  const metric = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name} (\\d+)`, "m").exec(await (await fetch(`${server.address}/metrics`)).text())?.[1]);

  /** Waits until no document is open any more. */
  const idle = (): Promise<void> => until(async () => (await metric("sync_documents")) === 0, "documents to be let go of");

  const join = async (made: CreatedRoom, name = "Ada") => {
    const joined = joinWith(server.address, made.room, await tokenOf(server.address, made, "edit", { name }));
    await synced(joined.provider);
    return joined;
  };

  const mapNow = async (made: CreatedRoom): Promise<Record<string, unknown>> => {
    const reader = await new RawClient(server.address, made.room, await tokenOf(server.address, made, "view")).opened();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await reader.state());
    reader.close();
    return doc.getMap("m").toJSON();
  };

  describe("a document", () => {
    it("is let go of when everyone left, and is there again, also after a restart", async () => {
      const made = await makeRoom(server.address);
      const one = await join(made);
      for (let at = 0; at < 100; at += 1) one.doc.getMap("m").set(String(at % 10), at);
      await until(async () => (await mapNow(made))["9"] === 99, "the last edit");
      one.provider.destroy();
      await idle();
      expect(await mapNow(made)).toEqual(one.doc.getMap("m").toJSON());
      await server.close();
      await start();
      expect(await mapNow(made)).toEqual(one.doc.getMap("m").toJSON());
    });

    it("of ten thousand updates is compacted without keeping anyone waiting", async () => {
      const made = await makeRoom(server.address);
      const writer = await new RawClient(server.address, made.room, await tokenOf(server.address, made, "edit")).opened();
      const doc = new Y.Doc();
      const updates: Uint8Array[] = [];
      doc.on("update", (update: Uint8Array) => updates.push(update));
      for (let at = 0; at < 10_000; at += 1) doc.getMap("m").set(String(at % 100), at);
      for (let at = 0; at < updates.length; at += 100) {
        writer.update(Y.mergeUpdates(updates.slice(at, at + 100)));
        await until(() => writer.updates.length > at / 100, "the echo");
      }
      writer.close();
      await idle();
      expect(await mapNow(made)).toEqual(doc.getMap("m").toJSON());
    });
  });

  describe("versions", () => {
    const list = async (made: CreatedRoom): Promise<Versions["versions"]> =>
      ((await call(server.address, "GET", `/api/rooms/${made.room}/versions`, made.secrets.view)).body as Versions).versions;

    const stateOf = async (made: CreatedRoom, id: string): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${server.address}/api/rooms/${made.room}/versions/${id}`, {
        headers: { authorization: `Bearer ${made.secrets.view}` },
      });
      expect(answer.headers.get("content-type")).toBe("application/octet-stream");
      const doc = new Y.Doc();
      Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()));
      return doc.getMap("m").toJSON();
    };

    it("are taken when everyone left, named by people, read, restored as an edit and removed", async () => {
      const made = await makeRoom(server.address);
      const one = await join(made, "Ada");
      one.doc.getMap("m").set("a", 1);
      await until(async () => (await mapNow(made)).a === 1, "the edit");
      one.provider.destroy();
      await idle();
      const [first] = await list(made);
      expect(first).toMatchObject({ name: null, authors: ["Ada"], at: new Date(clock).toISOString() });
      expect(await stateOf(made, first?.id ?? "")).toEqual({ a: 1 });

      clock += 60_000;
      const two = await join(made, "Bob");
      two.doc.getMap("m").set("a", 2);
      two.doc.getMap("m").set("b", 2);
      await until(async () => (await mapNow(made)).b === 2, "the edit");
      const named = await call(server.address, "POST", `/api/rooms/${made.room}/versions`, made.secrets.edit, {
        name: "Before",
        by: "Cy",
      });
      expect(named.status).toBe(201);
      const { version } = named.body as CreatedVersion;
      expect(version).toMatchObject({ name: "Before", authors: ["Bob", "Cy"] });
      expect(await stateOf(made, version.id)).toEqual({ a: 2, b: 2 });

      // Restored while someone is there: what a client does, an edit that makes it what it was.
      const old = await stateOf(made, first?.id ?? "");
      const watcher = await join(made, "Watcher");
      two.doc.transact(() => {
        const map = two.doc.getMap("m");
        for (const key of [...map.keys()]) if (!(key in old)) map.delete(key);
        for (const [key, value] of Object.entries(old)) map.set(key, value);
      });
      await until(() => JSON.stringify(watcher.doc.getMap("m").toJSON()) === '{"a":1}', "the restored design to arrive");
      for (const { provider } of [two, watcher]) provider.destroy();

      const path = `/api/rooms/${made.room}/versions/${version.id}`;
      expect((await call(server.address, "DELETE", path, made.secrets.edit)).status).toBe(403);
      expect((await call(server.address, "DELETE", path, made.secrets.own)).status).toBe(204);
      expect((await call(server.address, "DELETE", path, made.secrets.own)).status).toBe(404);
      expect((await call(server.address, "GET", path, made.secrets.own)).status).toBe(404);
      await idle();
      expect((await list(made)).map(({ name }) => name)).toEqual([null, null]);
    });

    it.each([
      ["view", 403],
      ["comment", 403],
      ["edit", 201],
    ] as const)("are named by %s: %i", async (role, status) => {
      const made = await makeRoom(server.address);
      const answer = await call(server.address, "POST", `/api/rooms/${made.room}/versions`, made.secrets[role], { name: "x" });
      expect(answer.status).toBe(status);
    });

    it.each([{}, { name: "" }, { name: "x".repeat(201) }, { name: 1 }])("are not named %j", async (body) => {
      const made = await makeRoom(server.address);
      expect((await call(server.address, "POST", `/api/rooms/${made.room}/versions`, made.secrets.own, body)).status).toBe(400);
    });

    it("are renamed and lose their name, by who may edit, and only so many have one", async () => {
      const made = await makeRoom(server.address);
      const root = `/api/rooms/${made.room}/versions`;
      const name = async (text: string): Promise<string> =>
        ((await call(server.address, "POST", root, made.secrets.edit, { name: text })).body as CreatedVersion).version.id;
      const rename = (id: string, to: unknown, secret = made.secrets.edit) =>
        call(server.address, "PATCH", `${root}/${id}`, secret, { name: to });
      const id = await name("First");
      expect((await rename(id, "Second")).body).toMatchObject({ version: { id, name: "Second" } });
      expect((await list(made)).map((version) => version.name)).toEqual(["Second"]);
      expect((await rename(id, "x", made.secrets.view)).status).toBe(403);
      expect((await rename(id, "x", made.secrets.comment)).status).toBe(403);
      for (const wrong of ["", "x".repeat(201), 1]) expect((await rename(id, wrong)).status).toBe(400);
      expect((await rename("0".repeat(16), "x")).status).toBe(404);
      expect((await rename(id, null)).body).toMatchObject({ version: { id, name: null } });
      const others: string[] = [];
      for (let at = 0; at < 100; at += 1) others.push(await name(String(at)));
      expect((await rename(id, "One more")).status).toBe(409);
      expect((await rename(others[0] ?? "", "Again")).status).toBe(200);
      expect((await call(server.address, "GET", `${root}/${id}`, made.secrets.view)).status).toBe(200);
    });

    it.each(["..%2froom.json", "0", "g".repeat(16), "0".repeat(16)])("that are not there, %s, are 404", async (id) => {
      const made = await makeRoom(server.address);
      expect((await call(server.address, "GET", `/api/rooms/${made.room}/versions/${id}`, made.secrets.own)).status).toBe(404);
    });
  });
}
