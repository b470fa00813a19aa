import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFileStore } from "../../server/gists/files.ts";
import { shareFolder } from "../../server/store/folder.ts";
import { gistSuite } from "../support/gists/suite.ts";
import { startServer } from "../support/server.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drawbridge-gists-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("gists as files", () => {
  gistSuite(async () => openFileStore(shareFolder(join(folder, "suite"))));
});

describe("the folder of gists", () => {
  const post = async (address: string, content: string): Promise<Response> =>
    fetch(`${address}/gists`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ filename: "a", content }),
    });

  it("is made at first use, keeps gists over a restart, and leaves nothing behind", async () => {
    const dataDir = join(folder, "deep", "data");
    const first = await startServer({ dataDir });
    expect(await readdir(folder)).not.toContain("deep");
    const { data } = (await (await post(first.address, "kept")).json()) as { data: { id: string } };
    await first.close();
    expect(await readdir(dataDir)).toEqual(["gists"]);
    const second = await startServer({ dataDir });
    expect(await (await fetch(`${second.address}/gists/${data.id}`)).text()).toContain("kept");
    await fetch(`${second.address}/gists/${data.id}`, { method: "DELETE" });
    expect(await readdir(join(dataDir, "gists"))).toEqual([]);
    await second.close();
  });

  it("holds no text that no version needs", async () => {
    const dataDir = join(folder, "swept");
    const server = await startServer({ dataDir });
    const { data } = (await (await post(server.address, "0")).json()) as { data: { id: string } };
    for (let at = 1; at < 230; at += 1) {
      await fetch(`${server.address}/gists/${data.id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ filename: "a", content: String(at) }),
      });
    }
    expect(await readdir(join(dataDir, "gists", data.id))).toHaveLength(201);
    await server.close();
  });

  it("is refused while another process has it, and said so in the log and in health", async () => {
    const dataDir = join(folder, "held");
    await mkdir(dataDir);
    await writeFile(join(dataDir, "lock"), JSON.stringify({ pid: process.ppid, host: hostname() }));
    const server = await startServer({ dataDir });
    const answer = await post(server.address, "x");
    expect([answer.status, await answer.json()]).toEqual([500, { success: false, message: "Something went wrong" }]);
    expect(server.log()).toContain("in use by another Drawbridge");
    expect((await fetch(`${server.address}/health/ready`)).status).toBe(503);
    await server.close();
    expect(await readFile(join(dataDir, "lock"), "utf8")).toContain(String(process.ppid));
  });

  it.each([
    ["a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() })],
    ["a write that was cut short", '{"pid":'],
  ])("is taken over from %s", async (_what, lock) => {
    const dataDir = await mkdtemp(join(folder, "left-"));
    await writeFile(join(dataDir, "lock"), lock);
    const server = await startServer({ dataDir });
    expect((await post(server.address, "x")).status).toBe(200);
    await server.close();
  });

  it.each([
    ["cut short", '{"id":"'],
    ["of another kind", '{"id":1,"versions":[]}'],
    ["leading elsewhere", '{"id":"../../etc","createdAt":"","versions":[{"version":"a","at":"","files":[]}]}'],
  ])("a record %s is an error of ours, not a crash", async (_what, record) => {
    const dataDir = await mkdtemp(join(folder, "damaged-"));
    const id = "0".repeat(32);
    await mkdir(join(dataDir, "gists", id), { recursive: true });
    await writeFile(join(dataDir, "gists", id, "gist.json"), record);
    const server = await startServer({ dataDir });
    const answer = await fetch(`${server.address}/gists/${id}`);
    expect([answer.status, await answer.json()]).toEqual([500, { success: false, message: "Something went wrong" }]);
    await server.close();
  });

  it("is readable by its owner only", async () => {
    const dataDir = join(folder, "private");
    const server = await startServer({ dataDir });
    const { data } = (await (await post(server.address, "x")).json()) as { data: { id: string } };
    expect((await stat(dataDir)).mode & 0o077).toBe(0);
    expect((await stat(join(dataDir, "gists", data.id, "gist.json"))).mode & 0o077).toBe(0);
    await server.close();
  });
});
