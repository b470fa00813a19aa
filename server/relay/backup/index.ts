/** This part is in charge of taking all rooms out of a store, while a server uses it, and of putting them into one, of the same kind or not. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Config } from "../../config.ts";
import { shareFolder } from "../../store/folder.ts";
import { openFileRooms } from "../files/store.ts";
import { openPostgresRooms } from "../postgres.ts";
import type { RoomStore } from "../store.ts";
import { type Counts, counter, type Entry, linesOf, readBackup } from "./format.ts";
import { snapshotOfFiles, snapshotOfPostgres } from "./snapshot.ts";

type Where = Pick<Config, "databaseUrl" | "dataDir">;

/** Writes all rooms to a file, whole or not at all; only its owner may read it. */
export async function backUp({ databaseUrl, dataDir }: Where, path: string): Promise<Counts> {
  const entries = databaseUrl === null ? snapshotOfFiles(dataDir) : snapshotOfPostgres(databaseUrl);
  const unfinished = `${path}.new`;
  let counts: Counts = { rooms: 0, documents: 0, versions: 0 };
  try {
    await pipeline(
      Readable.from(linesOf(entries, (counted) => (counts = counted))),
      createGzip(),
      createWriteStream(unfinished, { flags: "w", mode: 0o600, flush: true }),
    );
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return counts;
}

async function putDocument(store: RoomStore, { name, updates }: Extract<Entry, { kind: "document" }>): Promise<void> {
  // Loaded here: a server that nobody draws together on does without.
  const { mergeUpdates } = await import("yjs");
  await new Promise<void>((resolve, reject) => {
    store.append(name, mergeUpdates([...updates]), (failed) => {
      if (failed) reject(failed);
      else resolve();
    });
  });
}

/** Puts one thing into a store. A room that is there keeps its secrets and what it holds, and gets what the backup holds besides. */
async function put(store: RoomStore, entry: Entry): Promise<void> {
  switch (entry.kind) {
    case "room":
      if ((await store.read(entry.record.id)) === null) await store.create(entry.record, Number.MAX_SAFE_INTEGER);
      return;
    case "document":
      await putDocument(store, entry);
      return;
    case "version": {
      const { room, version, packed } = entry;
      if ((await store.versions(room)).some(({ id }) => id === version.id)) return;
      await store.addVersion(room, version, packed, (all) => [...all].sort((one, two) => one.at.localeCompare(two.at)));
    }
  }
}

/** Puts the rooms of a backup where a configuration keeps rooms. Nothing is touched when the file is damaged or was cut off. */
export async function restore({ databaseUrl, dataDir }: Where, path: string): Promise<Counts> {
  const { add, counts } = counter();
  for await (const entry of readBackup(path)) add(entry);
  const folder = shareFolder(dataDir);
  const nothing = (): void => undefined;
  const store = databaseUrl === null ? openFileRooms(folder, nothing) : openPostgresRooms(databaseUrl, nothing);
  try {
    await store.open();
    for await (const entry of readBackup(path)) await put(store, entry);
  } finally {
    await store.close();
    await folder.close();
  }
  return counts();
}
