import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqljsOpener } from "../../engines/index.ts";
import { sentence } from "#shared/result/index.ts";
import { LIMITS } from "./session.ts";
import { openSqlite } from "./sqlite.ts";

const gone = new AbortController().signal;
let folder: string;
let outside: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "drawbridge-sqlite-"));
  folder = join(outside, "databases");
  await mkdir(join(folder, "deeper.sqlite"), { recursive: true });
  const db = (await sqljsOpener())();
  db.run("create table person (id integer primary key); insert into person values (1)");
  const bytes = db.export();
  db.close();
  for (const name of ["shop.sqlite", "Ünïcode 名.db", "busy.db", ".hidden.db"]) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, "busy.db-wal"), "frames");
  await writeFile(join(outside, "secret.sqlite"), bytes);
  await symlink(join(outside, "secret.sqlite"), join(folder, "link.sqlite"));
  await symlink(outside, join(folder, "up"));
  await promisify(execFile)("mkfifo", [join(folder, "pipe.sqlite")]);
  await writeFile(join(folder, "text.sqlite"), "root:x:0:0");
  await writeFile(join(folder, "empty.sqlite"), "");
  await writeFile(join(folder, "damaged.sqlite"), bytes.slice().fill(0xee, 100));
  await writeFile(join(folder, "huge.sqlite"), "");
  await truncate(join(folder, "huge.sqlite"), 10 * 1024 * 1024 * 1024);
});
afterAll(() => rm(outside, { recursive: true, force: true }));

async function tables(name: string): Promise<readonly string[] | string> {
  const opened = await openSqlite(folder, name, LIMITS);
  if (!opened.ok) return sentence(opened.problem);
  const { dialect, read, close } = opened.value;
  const answer = await read((run) => dialect.catalog.introspect(run, { namespaces: [] }), gone);
  close();
  return answer.ok ? answer.value.value.tables.map((table) => table.name) : sentence(answer.problem);
}

describe("a database of the folder", () => {
  it.each(["shop.sqlite", "Ünïcode 名.db"])("%s is read by its name", async (name) => {
    expect(await tables(name)).toEqual(["person"]);
  });

  it.each([
    "absent.sqlite",
    "",
    ".",
    "..",
    "../secret.sqlite",
    "up/secret.sqlite",
    "/etc/passwd",
    "..\\secret.sqlite",
    "C:secret.sqlite",
    "shop.sqlite:stream",
    "shop.sqlite\u0000.txt",
    ".hidden.db",
    "link.sqlite",
    "up",
    "deeper.sqlite",
    "pipe.sqlite",
    "x".repeat(300),
    "file:shop.sqlite?mode=rw",
    ":memory:",
  ])("%j is not there, whatever it is", async (name) => {
    expect(await tables(name)).toMatch(/^There is no SQLite database .*in this server's SQLITE_DIR\./s);
  });

  it.each([
    ["text.sqlite", "text.sqlite cannot be read: it is encrypted, or not an SQLite database."],
    ["empty.sqlite", "empty.sqlite cannot be read: it is encrypted, or not an SQLite database."],
    ["huge.sqlite", "huge.sqlite has 10240 MB; this server reads at most 64 MB. Open the file in the browser instead."],
  ])("%s is refused with its reason", async (name, said) => {
    expect(await tables(name)).toBe(said);
  });

  it("that is damaged is said to be", async () => {
    expect(await tables("damaged.sqlite")).toMatch(/^damaged\.sqlite cannot be read: /);
  });

  it("that a program writes to is read with a remark", async () => {
    const opened = await openSqlite(folder, "busy.db", LIMITS);
    expect(opened.ok && opened.value.remarks.map(sentence)).toEqual([
      "busy.db is in use: what stands only in busy.db-wal is not read. Close the program that writes to it and read again.",
    ]);
    if (opened.ok) opened.value.close();
  });
});

it("without a folder the answer points to the browser", async () => {
  const opened = await openSqlite(null, "shop.sqlite", LIMITS);
  expect(!opened.ok && sentence(opened.problem)).toBe(
    "This server opens no SQLite files: its operator has not set SQLITE_DIR. Open the file in the browser instead; it stays on your machine.",
  );
});
