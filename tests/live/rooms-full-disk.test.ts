/** A disk that is full: a small file system of its own, which root may mount. Nothing that anyone was shown is lost, and all goes on with room. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { CLOSE } from "#shared/api/sync.ts";
import { killProcess, type ServerProcess, startProcess } from "../support/relay-process.ts";
import { joinWith, makeRoom, RawClient, synced, tokenOf, until } from "../support/rooms.ts";

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "drawbridge-full-"));
const mounted = await run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]).then(
  () => true,
  () => false,
);
if (!mounted) process.stderr.write("SKIPPED: no file system can be mounted here, so no disk is full\n");

let server: ServerProcess | null = null;

afterAll(async () => {
  if (server) await killProcess(server);
  if (mounted) await run("umount", [folder]);
  await rm(folder, { recursive: true, force: true });
});

const health = async (): Promise<number> => (await fetch(`${server?.address ?? ""}/health`)).status;

describe.skipIf(!mounted)("a full disk", () => {
  it("closes with a code to try again, loses nothing that was shown, says so, and takes edits again when there is room", async () => {
    server = await startProcess(folder, { LOG_LEVEL: "error" });
    const { address } = server;
    const made = await makeRoom(address);
    const { doc, provider } = joinWith(address, made.room, await tokenOf(address, made, "edit"));
    await synced(provider);
    const watcher = await new RawClient(address, made.room, await tokenOf(address, made, "view")).opened();
    const codes: number[] = [];
    provider.on("connection-close", (event: { code: number } | null) => void codes.push(event?.code ?? 0));

    for (let at = 0; watcher.code === null; at += 1) {
      const had = watcher.updates.length;
      doc.getMap("m").set(`k${String(at)}`, `${String(at)}${"x".repeat(20_000)}`);
      await until(() => watcher.updates.length > had || watcher.code !== null, "an echo or the end");
    }
    expect(watcher.code).toBe(CLOSE.unavailable);
    const shown = new Y.Doc();
    for (const update of watcher.updates) Y.applyUpdate(shown, update);
    const seen = Object.keys(shown.getMap("m").toJSON());
    expect(seen.length).toBeGreaterThan(10);
    expect(await health()).toBe(503);

    // y-websocket comes back again and again with the edit that was not kept; that fills nothing up, and is no reason to give up.
    await until(() => codes.length >= 3, "the client to have tried again", 20_000);
    expect(new Set(codes)).toEqual(new Set([CLOSE.unavailable]));
    const segments = (await readdir(join(folder, "journal"))).length;
    expect(segments).toBeLessThanOrEqual(2);
    await expect(writeFile(join(folder, "more"), Buffer.alloc(64 * 1024))).rejects.toMatchObject({ code: "ENOSPC" });
    await rm(join(folder, "more"), { force: true });
    expect(server.printed()).toContain("ENOSPC");

    await run("mount", ["-o", "remount,size=32m", folder]);
    const unkept = Object.keys(doc.getMap("m").toJSON());
    expect(unkept.length).toBeGreaterThan(seen.length);
    const kept = async (): Promise<string[]> => {
      const reader = await new RawClient(
        server?.address ?? "",
        made.room,
        await tokenOf(server?.address ?? "", made, "view"),
      ).opened();
      const fresh = new Y.Doc();
      Y.applyUpdate(fresh, await reader.state());
      reader.close();
      return Object.keys(fresh.getMap("m").toJSON());
    };
    await until(async () => (await kept()).length === unkept.length, "what was not kept to be kept", 20_000);
    expect(await health()).toBe(200);

    // And all of it is on the disk.
    await killProcess(server);
    server = await startProcess(folder, { PORT: new URL(address).port });
    expect((await kept()).sort()).toEqual(unkept.sort());
    console.log(
      `a disk of 1 MB: ${String(seen.length)} edits shown, none lost; closed ${String(codes.length)} times to try again; ${String(unkept.length)} kept with room`,
    );
    provider.destroy();
  });
});
