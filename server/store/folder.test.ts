import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFolder, readText, removeFile, writeWhole } from "./folder.ts";

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "drawbridge-folder-"));
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

describe("writeWhole", () => {
  it("replaces a file and leaves nothing else", async () => {
    const folder = await mkdtemp(join(root, "write-"));
    await writeWhole(join(folder, "a"), "one");
    await writeWhole(join(folder, "a"), "two");
    expect(await readdir(folder)).toEqual(["a"]);
    expect(await readText(join(folder, "a"))).toBe("two");
    expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o600);
  });

  it("that fails leaves nothing", async () => {
    const folder = await mkdtemp(join(root, "fail-"));
    await mkdir(join(folder, "a"));
    await expect(writeWhole(join(folder, "a"), "one")).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it("keeps one of many writes at once, whole", async () => {
    const folder = await mkdtemp(join(root, "many-"));
    const texts = Array.from({ length: 20 }, (_, at) => String(at).repeat(10_000));
    await Promise.all(texts.map((text) => writeWhole(join(folder, "a"), text)));
    expect(texts).toContain(await readText(join(folder, "a")));
    expect(await readdir(folder)).toEqual(["a"]);
  });
});

describe("removeFile and readText", () => {
  it("say when there is nothing", async () => {
    expect(await readText(join(root, "none", "a"))).toBeNull();
    expect(await removeFile(join(root, "none"))).toBe(false);
  });
});

describe("the lock of a folder", () => {
  const lockOf = async (text: string, age: number): Promise<string> => {
    const folder = await mkdtemp(join(root, "lock-"));
    await writeFile(join(folder, "lock"), text);
    const then = new Date(Date.now() - age);
    await utimes(join(folder, "lock"), then, then);
    return folder;
  };

  it.each([
    ["a living process of this machine, however old", { pid: process.ppid, host: hostname() }, 3_600_000, false],
    ["a process of this machine that is gone", { pid: 2 ** 22 + 1, host: hostname() }, 0, true],
    ["another machine that beats", { pid: 1, host: "elsewhere" }, 1_000, false],
    ["another machine that fell silent", { pid: 1, host: "elsewhere" }, 60_000, true],
  ])("held by %s", async (_what, owner, age, free) => {
    const folder = await lockOf(JSON.stringify(owner), age);
    const opening = openFolder(folder);
    if (!free) {
      await expect(opening).rejects.toThrow(/in use by another Drawbridge/);
      return;
    }
    const opened = await opening;
    expect(await readFile(join(folder, "lock"), "utf8")).toContain(String(process.pid));
    await opened.close();
    expect(await readdir(folder)).toEqual([]);
  });
});
