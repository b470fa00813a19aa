/** Rooms in a real PostgreSQL: what both stores do, and two servers over one database. */
import { afterAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { CLOSE } from "#shared/api/sync.ts";
import { openRoomStore } from "../../server/relay/index.ts";
import { shareFolder } from "../../server/store/folder.ts";
import { crashSuite } from "../support/crash-suite.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { killProcess, type ServerProcess, startProcess } from "../support/relay-process.ts";
import { roomSuite } from "../support/room-suite.ts";
import { call, edit, makeRoom, RawClient, tokenOf, until } from "../support/rooms.ts";
import { startServer, testConfig } from "../support/server.ts";

const postgres = await startPostgres(15);

describe.skipIf(postgres === null)("rooms in PostgreSQL", () => {
  // Skipped where there is none, so it is there.
  const { port } = (postgres ?? { port: 0 }) as Pick<PostgresServer, "port">;
  const databaseUrl = `postgresql://postgres:hunter2@127.0.0.1:${String(port)}/postgres`;
  const nowhere = shareFolder("/nowhere");

  afterAll(async () => {
    if (server) await killProcess(server);
    await postgres?.stop();
  });

  roomSuite(() =>
    Promise.resolve({
      store: openRoomStore(testConfig({ databaseUrl }), nowhere, { damaged: () => undefined, lost: () => undefined }),
      release: () => Promise.resolve(),
    }),
  );

  // Killed and started again on one database, whose own end is not what is tried here.
  let server: ServerProcess | null = null;
  crashSuite(
    () =>
      Promise.resolve({
        start: async () => (server = await startProcess("/nowhere", { DATABASE_URL: databaseUrl })),
      }),
    2,
  );

  it("revoked on one server disconnect on the other within 2 s", async () => {
    const [one, two] = await Promise.all([startServer({ databaseUrl }), startServer({ databaseUrl })]);
    const made = await makeRoom(one.address);
    const editor = await new RawClient(two.address, made.room, await tokenOf(two.address, made, "edit")).opened();
    await editor.state();
    const started = performance.now();
    await call(one.address, "POST", `/api/rooms/${made.room}/secrets`, made.secrets.own, { role: "edit" });
    expect(await editor.closed()).toBe(CLOSE.revoked);
    console.log(`revoked on another server: disconnected after ${(performance.now() - started).toFixed(0)} ms`);
    expect(performance.now() - started).toBeLessThan(2_000);
    await Promise.all([one.close(), two.close()]);
  });

  it("written by two servers lose nothing of either when one of them joins the updates", async () => {
    const [one, two] = await Promise.all([startServer({ databaseUrl }), startServer({ databaseUrl })]);
    const made = await makeRoom(one.address);
    for (const [at, { address }] of [one, two].entries()) {
      const writer = await new RawClient(address, made.room, await tokenOf(address, made, "edit")).opened();
      writer.update(edit(at + 1, 0, `key${String(at)}`, at));
      await until(() => writer.updates.length > 0, "the echo");
      writer.close();
    }
    await one.close();
    await two.close();
    const three = await startServer({ databaseUrl });
    const reader = await new RawClient(three.address, made.room, await tokenOf(three.address, made, "view")).opened();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await reader.state());
    expect(doc.getMap("m").toJSON()).toEqual({ key0: 0, key1: 1 });
    await three.close();
  });

  it("are closed as unavailable, to try again, while the database is away", async () => {
    const server = await startServer({ databaseUrl: "postgresql://postgres:hunter2@127.0.0.1:1/postgres" });
    const client = new RawClient(server.address, "0".repeat(32), "a.b");
    expect(await client.closed()).toBe(CLOSE.unavailable);
    expect(server.log()).not.toContain("hunter2");
    await server.close();
  });
});
