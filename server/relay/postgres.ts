/**
 * Rooms in PostgreSQL: the same records, states, updates and versions as rows. Updates of the same few milliseconds are one statement; the
 * database syncs it before it answers. Other servers may write the same rooms: a state is always made of what the database holds.
 */
import type { Pool, PoolClient } from "pg";
import { lazy } from "../store/once.ts";
import { inTransaction, openPool, poolHealth } from "../store/postgres.ts";
import { documentsOf, isRoomId, parseRecord, type RoomRecord, roomOf } from "./record.ts";
import type { Kept, Mark, Merge, RoomStore, RoomVersion } from "./store.ts";

const TABLES = `
  SELECT pg_advisory_xact_lock(hashtext('drawbridge rooms'));
  CREATE TABLE IF NOT EXISTS drawbridge_room (
    id text PRIMARY KEY,
    record text NOT NULL,
    versions text NOT NULL DEFAULT '[]'
  );
  CREATE TABLE IF NOT EXISTS drawbridge_room_state (
    document text PRIMARY KEY,
    room text NOT NULL REFERENCES drawbridge_room ON DELETE CASCADE,
    bytes bytea NOT NULL
  );
  CREATE TABLE IF NOT EXISTS drawbridge_room_update (
    seq bigserial PRIMARY KEY,
    document text NOT NULL,
    room text NOT NULL REFERENCES drawbridge_room ON DELETE CASCADE,
    bytes bytea NOT NULL
  );
  CREATE INDEX IF NOT EXISTS drawbridge_room_update_document ON drawbridge_room_update (document, seq);
  CREATE TABLE IF NOT EXISTS drawbridge_room_version (
    room text NOT NULL REFERENCES drawbridge_room ON DELETE CASCADE,
    id text NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (room, id)
  );`;

interface Waiting {
  readonly name: string;
  readonly update: Uint8Array;
  readonly done: (failed: Error | null) => void;
}

const ANY_MARK: Mark = { at: 0, delivered: 0 };

class PostgresRooms implements RoomStore {
  readonly shared = true;
  readonly #ready: ReturnType<typeof lazy<Pool>>;
  #queue: Waiting[] = [];
  #committing: Promise<void> | null = null;

  constructor(url: string, lost: (error: Error) => void) {
    const pool = lazy(() => openPool(url, lost));
    this.#ready = lazy(async () => {
      const opened = await pool.get();
      await inTransaction(opened, (client) => client.query(TABLES));
      return opened;
    });
    this.close = async () => {
      await this.#committing;
      await (await pool.opened())?.end();
    };
  }

  readonly close: () => Promise<void>;

  /** The database may come later than the server: what needs it then is refused until it is there. */
  open(): Promise<void> {
    return Promise.resolve();
  }

  unsettled(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async create(record: RoomRecord, most: number): Promise<boolean> {
    const { rowCount } = await (
      await this.#ready.get()
    ).query("INSERT INTO drawbridge_room (id, record) SELECT $1, $2 WHERE (SELECT count(*) FROM drawbridge_room) < $3::bigint", [
      record.id,
      JSON.stringify(record),
      most,
    ]);
    return rowCount === 1;
  }

  async read(room: string): Promise<RoomRecord | null> {
    if (!isRoomId(room)) return null;
    const { rows } = await (
      await this.#ready.get()
    ).query<{ record: string }>("SELECT record FROM drawbridge_room WHERE id = $1", [room]);
    return rows[0] ? parseRecord(rows[0].record) : null;
  }

  async change(room: string, edit: (record: RoomRecord) => RoomRecord | null): Promise<RoomRecord | null> {
    return inTransaction(await this.#ready.get(), async (client) => {
      const { rows } = await client.query<{ record: string }>("SELECT record FROM drawbridge_room WHERE id = $1 FOR UPDATE", [
        room,
      ]);
      const next = rows[0] ? edit(parseRecord(rows[0].record)) : null;
      if (next) await client.query("UPDATE drawbridge_room SET record = $2 WHERE id = $1", [room, JSON.stringify(next)]);
      return next;
    });
  }

  async remove(room: string): Promise<void> {
    await (await this.#ready.get()).query("DELETE FROM drawbridge_room WHERE id = $1", [room]);
  }

  async load(name: string): Promise<Kept> {
    return inTransaction(await this.#ready.get(), async (client) => held(client, name));
  }

  append(name: string, update: Uint8Array, done: (failed: Error | null) => void): void {
    this.#queue.push({ name, update, done });
    this.#committing ??= this.#run();
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // A turn of the loop lets all that has already arrived into the statement.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#queue;
      this.#queue = [];
      let failed: Error | null = null;
      try {
        await (
          await this.#ready.get()
        ).query(
          "INSERT INTO drawbridge_room_update (document, room, bytes) SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[])",
          [batch.map(({ name }) => name), batch.map(({ name }) => roomOf(name)), batch.map(({ update }) => Buffer.from(update))],
        );
      } catch (error) {
        failed = error instanceof Error ? error : new Error(String(error));
      }
      for (const { done } of batch) done(failed);
    }
    this.#committing = null;
  }

  mark(): Mark {
    return ANY_MARK;
  }

  async save(name: string, _state: Uint8Array, _mark: Mark, merge: Merge): Promise<void> {
    await inTransaction(await this.#ready.get(), async (client) => {
      // One server at a time joins a document; the room's row also keeps it from being removed meanwhile.
      const { rowCount } = await client.query("SELECT 1 FROM drawbridge_room WHERE id = $1 FOR UPDATE", [roomOf(name)]);
      const { state, updates, seqs } = await held(client, name);
      if (rowCount === 0 || seqs.length === 0) return;
      await client.query(
        "INSERT INTO drawbridge_room_state (document, room, bytes) VALUES ($1, $2, $3) ON CONFLICT (document) DO UPDATE SET bytes = excluded.bytes",
        [name, roomOf(name), Buffer.from(await merge(state ? [state, ...updates] : updates))],
      );
      await client.query("DELETE FROM drawbridge_room_update WHERE seq = ANY($1::bigint[])", [seqs]);
    });
  }

  async versions(room: string): Promise<readonly RoomVersion[]> {
    const { rows } = await (
      await this.#ready.get()
    ).query<{ versions: string }>("SELECT versions FROM drawbridge_room WHERE id = $1", [room]);
    return rows[0] ? (JSON.parse(rows[0].versions) as RoomVersion[]) : [];
  }

  async version(room: string, id: string): Promise<Uint8Array | null> {
    const { rows } = await (
      await this.#ready.get()
    ).query<{ bytes: Buffer }>("SELECT bytes FROM drawbridge_room_version WHERE room = $1 AND id = $2", [room, id]);
    return rows[0]?.bytes ?? null;
  }

  addVersion: RoomStore["addVersion"] = async (room, version, packed, keep) => {
    await this.#changeVersions(room, async (client, all) => {
      await client.query("INSERT INTO drawbridge_room_version (room, id, bytes) VALUES ($1, $2, $3)", [
        room,
        version.id,
        Buffer.from(packed),
      ]);
      return keep([...all, version]);
    });
  };

  async changeVersions(room: string, change: (all: readonly RoomVersion[]) => readonly RoomVersion[]): Promise<void> {
    await this.#changeVersions(room, (_client, all) => Promise.resolve(change(all)));
  }

  /** Changes a room's list of versions and removes those it no longer names; nothing where there is no such room. */
  async #changeVersions(
    room: string,
    change: (client: PoolClient, all: readonly RoomVersion[]) => Promise<readonly RoomVersion[]>,
  ): Promise<void> {
    await inTransaction(await this.#ready.get(), async (client) => {
      const { rows } = await client.query<{ versions: string }>("SELECT versions FROM drawbridge_room WHERE id = $1 FOR UPDATE", [
        room,
      ]);
      if (!rows[0]) return;
      const next = await change(client, JSON.parse(rows[0].versions) as RoomVersion[]);
      await client.query("UPDATE drawbridge_room SET versions = $2 WHERE id = $1", [room, JSON.stringify(next)]);
      await client.query("DELETE FROM drawbridge_room_version WHERE room = $1 AND id <> ALL($2)", [
        room,
        next.map(({ id }) => id),
      ]);
    });
  }

  async health() {
    try {
      return await poolHealth(await this.#ready.get());
    } catch {
      return { up: false, connections: null };
    }
  }
}

/** A document's state and updates, and the numbers of the latter. */
async function held(client: PoolClient, name: string): Promise<Kept & { readonly seqs: readonly string[] }> {
  const { design, comments } = documentsOf(roomOf(name));
  if (name !== design && name !== comments) throw new Error("not a document's name");
  // One statement sees one moment: an update is in the state or a row of its own, never in neither.
  const { rows } = await client.query<{ seq: string | null; bytes: Buffer }>(
    "SELECT NULL AS seq, bytes FROM drawbridge_room_state WHERE document = $1 UNION ALL (SELECT seq, bytes FROM drawbridge_room_update WHERE document = $1 ORDER BY seq)",
    [name],
  );
  const updates = rows.filter(({ seq }) => seq !== null);
  return {
    state: rows.find(({ seq }) => seq === null)?.bytes ?? null,
    updates: updates.map(({ bytes }) => bytes),
    seqs: updates.map(({ seq }) => String(seq)),
  };
}

/** Rooms in the database at `url`; its tables are made at first use. `lost` hears of broken idle connections. */
export function openPostgresRooms(url: string, lost: (error: Error) => void): RoomStore {
  return new PostgresRooms(url, lost);
}
