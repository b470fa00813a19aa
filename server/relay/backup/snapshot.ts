/**
 * What a store holds at one moment, read beside a server that goes on writing. Of files the journal is read before the states: an update
 * leaves it only when a state that is on the disk holds it, so that one that was acknowledged before is in one or the other.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PoolClient } from "pg";
import { readBytes, readText } from "../../store/folder.ts";
import { openPool } from "../../store/postgres.ts";
import { readSegment } from "../files/segment.ts";
import { readState } from "../files/state.ts";
import { documentsOf, isRoomId, parseRecord } from "../record.ts";
import type { DocumentName, RoomVersion } from "../store.ts";
import type { Entry } from "./format.ts";

async function names(folder: string, of: (name: string) => boolean): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter(of).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function readJournal(folder: string): Promise<ReadonlyMap<DocumentName, Uint8Array[]>> {
  const updates = new Map<DocumentName, Uint8Array[]>();
  for (const name of await names(folder, (each) => /^\d{8}\.log$/.test(each))) {
    // One that went meanwhile held nothing that the states do not.
    const bytes = await readBytes(join(folder, name));
    for (const { name: document, update } of bytes ? readSegment(bytes).records : []) {
      const list = updates.get(document) ?? [];
      updates.set(document, list);
      list.push(update.slice());
    }
  }
  return updates;
}

/** The rooms in a server's folder, which may be in use. */
export async function* snapshotOfFiles(dataDir: string): AsyncIterable<Entry> {
  const journal = await readJournal(join(dataDir, "journal"));
  for (const room of await names(join(dataDir, "rooms"), isRoomId)) {
    const folder = join(dataDir, "rooms", room);
    const record = await readText(join(folder, "room.json"));
    if (record === null) continue;
    yield { kind: "room", record: parseRecord(record) };
    for (const [what, name] of Object.entries(documentsOf(room))) {
      const state = await readState(join(folder, `${what}.state`));
      const updates = [...(state ? [state] : []), ...(journal.get(name) ?? [])];
      if (updates.length > 0) yield { kind: "document", name, updates };
    }
    const versions = JSON.parse((await readText(join(folder, "versions.json"))) ?? "[]") as RoomVersion[];
    for (const version of versions) {
      const packed = await readBytes(join(folder, `${version.id}.version`));
      if (packed) yield { kind: "version", room, version, packed };
    }
  }
}

async function* roomsOf(client: PoolClient): AsyncIterable<Entry> {
  const { rows: tables } = await client.query<{ found: boolean }>("SELECT to_regclass('drawbridge_room') IS NOT NULL AS found");
  if (tables[0]?.found !== true) return;
  const { rows: ids } = await client.query<{ id: string }>("SELECT id FROM drawbridge_room ORDER BY id");
  for (const { id } of ids) {
    const { rows } = await client.query<{ record: string; versions: string }>(
      "SELECT record, versions FROM drawbridge_room WHERE id = $1",
      [id],
    );
    const [row] = rows;
    if (!row) continue;
    yield { kind: "room", record: parseRecord(row.record) };
    const { rows: held } = await client.query<{ document: string; bytes: Buffer }>(
      `SELECT document, bytes FROM drawbridge_room_state WHERE room = $1
       UNION ALL (SELECT document, bytes FROM drawbridge_room_update WHERE room = $1 ORDER BY seq)`,
      [id],
    );
    for (const name of Object.values(documentsOf(id))) {
      const updates = held.filter(({ document }) => document === name).map(({ bytes }) => bytes);
      if (updates.length > 0) yield { kind: "document", name, updates };
    }
    for (const version of JSON.parse(row.versions) as RoomVersion[]) {
      const { rows: packed } = await client.query<{ bytes: Buffer }>(
        "SELECT bytes FROM drawbridge_room_version WHERE room = $1 AND id = $2",
        [id, version.id],
      );
      if (packed[0]) yield { kind: "version", room: id, version, packed: packed[0].bytes };
    }
  }
}

/** The rooms in a database, all as they are at one moment. */
export async function* snapshotOfPostgres(url: string): AsyncIterable<Entry> {
  const pool = await openPool(url, () => undefined);
  try {
    const client = await pool.connect();
    try {
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      yield* roomsOf(client);
    } finally {
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}
