/**
 * SQLite databases that the operator put into SQLITE_DIR: a plain name in that folder, opened read-only and looked at in memory. No
 * other path is reachable, links included, and what is not there, not a file or not to be read is one answer.
 */
import { constants, type FileHandle, lstat, open as openFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "#shared/dialects/dialect.ts";
import { isDatabaseFile, readableBytes } from "#shared/dialects/sqlite/database-file.ts";
import { dialects } from "#shared/dialects/index.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import { fail, ok, problem, type Problem, type Result } from "#shared/result/index.ts";
import type { LiveSession, OpenFile } from "./session.ts";

const MEGABYTE = 1024 * 1024;
const MOST_NAME = 200;
/** Journals whose content belongs to the database and is not in its file yet. */
const JOURNALS = ["-wal", "-journal"] as const;

/** A file's name and nothing that leads elsewhere: no path, no hidden file, no device or stream of Windows. */
const isPlain = (name: string): boolean => name.length <= MOST_NAME && /^[^.\p{C}/\\:*?"<>|][^\p{C}/\\:*?"<>|]*$/u.test(name);

/** Opens a database of the folder. Nothing stays open: the file is read, and closed, before the answer. */
export const openSqlite: OpenFile = async (folder, name, limits) => {
  if (folder === null) return fail(problem("live.no-files", "error"));
  const read = isPlain(name) ? await readFile(join(folder, name), name, limits.bytes) : absent(name);
  if (!read.ok) return read;
  if (!isDatabaseFile(read.value)) return unreadable(name, "it is encrypted, or not an SQLite database");
  const { sqljsOpener } = await import("../../engines/sqlite.ts");
  const db = (await sqljsOpener())(readableBytes(read.value));
  let engine: Engine;
  try {
    engine = openSqljs(db);
  } catch (error) {
    db.close();
    return unreadable(name, wordsOf(error));
  }
  return ok({
    dialect: dialects.sqlite,
    version: engine.version,
    encrypted: false,
    remarks: await journalsOf(join(folder, name), name),
    // Never kept for a later question: the file may have changed by then.
    alive: () => false,
    read: async (work, signal) => {
      if (signal.aborted) return fail(problem("live.cancelled", "error"));
      try {
        return ok(await work(engine.query));
      } catch (error) {
        return unreadable(name, wordsOf(error));
      }
    },
    close: () => {
      db.close();
    },
  } satisfies LiveSession);
};

const absent = (name: string): Result<never> => fail(problem("live.no-file", "error", { name: name.slice(0, MOST_NAME) }));

const unreadable = (name: string, why: string): Result<never> => fail(problem("live.file-unreadable", "error", { name, why }));

const wordsOf = (error: unknown): string => `SQLite says: ${error instanceof Error ? error.message : String(error)}`;

/** The bytes of a plain file that is no link. Opened without waiting: a pipe would otherwise hold the call for ever. */
async function readFile(path: string, name: string, most: number): Promise<Result<Uint8Array>> {
  let file: FileHandle | null = null;
  try {
    // Where O_NOFOLLOW is unknown (Windows) this look is what keeps links out.
    if (!(await lstat(path)).isFile()) return absent(name);
    file = await openFile(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const { size } = await file.stat();
    if (size > most) {
      const [megabytes, limit] = [Math.ceil(size / MEGABYTE), Math.round(most / MEGABYTE)];
      return fail(problem("live.file-too-large", "error", { name, size: megabytes, limit }));
    }
    return ok(await file.readFile());
  } catch {
    return absent(name);
  } finally {
    await file?.close();
  }
}

/** A program is writing, or was cut off: what it wrote last may stand in a journal beside the file, which is not read. */
async function journalsOf(path: string, name: string): Promise<readonly Problem[]> {
  for (const journal of JOURNALS) {
    const size = await stat(path + journal).then(
      (found) => found.size,
      () => 0,
    );
    if (size > 0) return [problem("live.file-in-use", "warning", { name, journal: name + journal })];
  }
  return [];
}
