/**
 * This part is in charge of a folder that one server writes: a lock that outlives no crash, and writes that are whole and on the disk
 * before they are answered.
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { lazy } from "./once.ts";

/** A lock is touched this often, and is stale on another machine after that long, milliseconds. */
const BEAT = 5_000;
const STALE = 30_000;

export interface Folder {
  readonly path: string;
  /** Lets another server have it. */
  readonly close: () => Promise<void>;
}

interface Owner {
  readonly pid: number;
  readonly host: string;
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && "code" in error && error.code === code;

/** Makes names in a folder last: what was made, renamed or removed in it is so after a power cut too. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and those above it; it is there after a power cut too. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first !== undefined) await syncFolder(dirname(first));
  if (first !== undefined && first !== path) await syncFolder(dirname(path));
}

async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file whole or not at all; once it resolves, a power cut does not undo it. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.new`;
  try {
    await writeSynced(unfinished, content);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Removes a file, on the disk too. True when there was one. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await rm(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
  await syncFolder(dirname(path));
  return true;
}

/** A file's text, or null where there is none. */
export async function readText(path: string): Promise<string | null> {
  return (await readBytes(path))?.toString("utf8") ?? null;
}

/** A file's bytes, or null where there is none. */
export async function readBytes(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return null;
    throw error;
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** Whose lock a text is while that server lives; null when it is left over. A restarted container has the same number again. */
async function livingOwner(lock: string, text: string): Promise<Owner | null> {
  let owner: Owner;
  try {
    owner = JSON.parse(text) as Owner;
  } catch {
    return null;
  }
  if (owner.host === hostname()) return owner.pid !== process.pid && runs(owner.pid) ? owner : null;
  const { mtimeMs } = await stat(lock);
  return Date.now() - mtimeMs < STALE ? owner : null;
}

/** Takes a lock away that nobody holds; puts it back when it turns out to be another than was looked at. */
async function dropLock(lock: string, text: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  await rename(lock, aside);
  if ((await readText(aside)) === text) await rm(aside);
  else await rename(aside, lock);
}

async function takeLock(lock: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(lock, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner), { flag: "wx", mode: 0o600 });
      return;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
    const text = await readText(lock);
    if (text === null) continue;
    const owner = await livingOwner(lock, text);
    if (owner)
      throw new Error(`${dirname(lock)} is in use by another Drawbridge (process ${String(owner.pid)} on ${owner.host})`);
    await dropLock(lock, text);
  }
  throw new Error(`${dirname(lock)} could not be locked`);
}

/** Makes the folder where it is missing and locks it; rejects while another server has it. */
export async function openFolder(path: string): Promise<Folder> {
  await makeFolder(path);
  const lock = join(path, "lock");
  await takeLock(lock);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, BEAT);
  beat.unref();
  return {
    path,
    close: async () => {
      clearInterval(beat);
      await rm(lock, { force: true });
    },
  };
}

/** A folder that several stores of one server keep things in: locked when the first of them needs it. */
export interface SharedFolder {
  readonly get: () => Promise<Folder>;
  readonly close: () => Promise<void>;
}

/** The folder at `path`, for all stores of this server; whoever shares it closes it after them. */
export function shareFolder(path: string): SharedFolder {
  const { get, opened } = lazy(() => openFolder(path));
  return { get, close: async () => (await opened())?.close() };
}
