/** Rooms backed up while people write, and put back as files and into PostgreSQL. The commands are those an operator runs. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { CreatedRoom } from "#shared/api/rooms.ts";
import { backUp, restore } from "../../server/relay/index.ts";
import { mapOf, Writer } from "../support/crash-suite.ts";
import { startPostgres } from "../support/postgres.ts";
import { call, makeRoom, pause, RawClient, tokenOf } from "../support/rooms.ts";
import { type RunningServer, startServer } from "../support/server.ts";

const postgres = await startPostgres(15);
const folder = await mkdtemp(join(tmpdir(), "drawbridge-backup-"));
const running: RunningServer[] = [];

afterAll(async () => {
  for (const each of running) await each.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Where rooms are kept. */
interface Place {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
}

const start = async (place: Place): Promise<RunningServer> => {
  const server = await startServer(place);
  running.push(server);
  return server;
};

/** Runs `drawbridge backup` or `restore`. */
async function command(
  { dataDir, databaseUrl }: Place,
  ...args: readonly string[]
): Promise<{ readonly code: unknown; readonly said: string }> {
  const program = join(import.meta.dirname, "..", "..", "dist", "server", "cli.js");
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH ?? "", DATA_DIR: dataDir, ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }) },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [unknown];
  return { code, said };
}

/** What a server holds of a room: its design, its comments, and the designs of its versions. */
async function held({ address }: RunningServer, made: CreatedRoom): Promise<unknown> {
  const token = await tokenOf(address, made, "view");
  const maps = [];
  for (const path of [made.room, `${made.room}/comments`]) {
    const reader = await new RawClient(address, path, token).opened();
    maps.push(Object.entries(mapOf([await reader.state()])).sort());
    reader.close();
  }
  const listed = await call(address, "GET", `/api/rooms/${made.room}/versions`, made.secrets.own);
  const { versions } = listed.body as { versions: { id: string; name: string }[] };
  for (const { id, name } of versions) {
    const answer = await fetch(`${address}/api/rooms/${made.room}/versions/${id}`, {
      headers: { authorization: `Bearer ${made.secrets.view}` },
    });
    maps.push([name, Object.entries(mapOf([new Uint8Array(await answer.arrayBuffer())])).sort()]);
  }
  return maps;
}

const files = (name: string): Place => ({ dataDir: join(folder, name), databaseUrl: null });
const database = (name: string): Place => ({
  dataDir: join(folder, "nowhere"),
  databaseUrl: `postgresql://postgres:hunter2@127.0.0.1:${String(postgres?.port)}/${name}`,
});

describe.skipIf(postgres === null)("a backup of rooms that are being written", () => {
  it.each([
    ["files", () => files("busy")],
    ["PostgreSQL", () => database("busy")],
  ])("of %s holds all that was shown before, and is the same as files and in PostgreSQL", async (what, place) => {
    if (what === "PostgreSQL") await postgres?.psql("postgres", "CREATE DATABASE busy");
    await postgres?.psql("postgres", `CREATE DATABASE "to_${what}"`);
    const busy = await start(place());
    const rooms = await Promise.all([1, 2, 3].map(() => makeRoom(busy.address)));
    const writers: Writer[] = [];
    for (const made of rooms) {
      for (const path of [made.room, `${made.room}/comments`]) {
        const writer = new Writer(busy.address, path, await tokenOf(busy.address, made, "edit"), path.slice(-8));
        await writer.client.opened();
        writer.start(50);
        writers.push(writer);
      }
    }
    await pause(700);
    const [first] = rooms as [CreatedRoom];
    await call(busy.address, "POST", `/api/rooms/${first.room}/versions`, first.secrets.own, { name: "Named" });
    const shown = writers.map(({ client }) => mapOf(client.updates));
    const file = join(folder, `${what}.backup`);
    const { code, said } = await command(place(), "backup", file);
    expect(said).toMatch(/^Backed up 3 rooms, 6 documents and 1 versions of /);
    expect(code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    for (const writer of writers) writer.die();

    const restored: unknown[] = [];
    for (const target of [files(`to ${what}`), database(`to_${what}`)]) {
      // A second time changes nothing.
      for (let time = 0; time < 2; time += 1)
        expect(await restore(target, file)).toEqual({ rooms: 3, documents: 6, versions: 1 });
      const server = await start(target);
      restored.push(await Promise.all(rooms.map((made) => held(server, made))));
    }
    expect(restored[1]).toEqual(restored[0]);
    const maps = (restored[0] as [string, unknown][][][]).flatMap(([design, comments]) => [design, comments]);
    for (const [at, map] of maps.entries()) {
      const kept = Object.fromEntries(map ?? []);
      for (const key of Object.keys(shown[at] ?? {})) expect(kept).toHaveProperty([key]);
      expect(Object.keys(shown[at] ?? {}).length).toBeGreaterThan(5);
    }
    console.log(
      `backup of ${what} while six people wrote: ${String(shown.reduce((sum, map) => sum + Object.keys(map).length, 0))} edits shown before, ${String(maps.reduce((sum, map) => sum + (map?.length ?? 0), 0))} in it, equal as files and in PostgreSQL`,
    );
  });

  it("that was cut off or is something else restores nothing, and one where a server is running neither", async () => {
    const source = files("source");
    const server = await start(source);
    const made = await makeRoom(server.address);
    const file = join(folder, "whole.backup");
    await backUp(source, file);
    const bytes = await readFile(file);
    const bad = join(folder, "bad.backup");
    for (const wrong of [bytes.subarray(0, bytes.length - 20), Buffer.from("hello"), Buffer.alloc(0)]) {
      await writeFile(bad, wrong);
      await expect(restore(files("empty"), bad)).rejects.toThrow();
    }
    await expect(stat(join(folder, "empty"))).rejects.toThrow();
    expect(await backUp(files("empty"), join(folder, "none"))).toEqual({ rooms: 0, documents: 0, versions: 0 });
    expect((await command(source, "restore", file)).said).toContain("is in use by another Drawbridge");
    expect(await command(files("other"), "restore", bad)).toEqual({
      code: 1,
      said: expect.stringMatching(/^The restore failed: .+\.\n$/) as unknown,
    });
    expect((await command(files("other"), "restore", file)).said).toMatch(/^Restored 1 rooms, 0 documents and 0 versions from /);
    const other = await start(files("other"));
    expect((await call(other.address, "GET", `/api/rooms/${made.room}`, made.secrets.own)).status).toBe(200);
  });
});
