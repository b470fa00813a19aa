/**
 * Rooms as files: a folder for each with its record, the states of its documents and its versions, and one journal for all. The record
 * is written first and removed first: a room without it is none.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, readBytes, readText, removeFile, type SharedFolder, writeWhole } from "../../store/folder.ts";
import { lazy } from "../../store/once.ts";
import { createQueue } from "../../store/queue.ts";
import { documentsOf, isRoomId, isVersionId, parseRecord, type RoomRecord, roomOf } from "../record.ts";
import type { Kept, RoomStore, RoomVersion } from "../store.ts";
import { type Journal, openJournal } from "./journal.ts";
import { readState, writeState } from "./state.ts";

const RECORD = "room.json";
const VERSIONS = "versions.json";

/** A file that is written to learn whether the disk takes one; as large as many edits. */
const PROBE = "probe";
const PROBE_BYTES = 64 * 1024;

/** What is open: the folder of rooms, the journal, what it gave back at start, and how many rooms there are. */
interface Opened {
  readonly rooms: string;
  readonly journal: Journal;
  readonly recovered: Map<string, readonly Uint8Array[]>;
  count: number;
}

/** Hears of records that the disk damaged. */
export type Damaged = (count: number) => void;

class FileRooms implements RoomStore {
  readonly shared = false;
  readonly #folder: SharedFolder;
  readonly #damaged: Damaged;
  readonly #queue = createQueue();
  readonly #opened = lazy(() => this.#openAll());
  /** The journal once it is open: appending and marking must not wait for a turn. */
  #journal: Journal | null = null;

  constructor(folder: SharedFolder, damaged: Damaged) {
    this.#folder = folder;
    this.#damaged = damaged;
  }

  async #openAll(): Promise<Opened> {
    const { path } = await this.#folder.get();
    const rooms = join(path, "rooms");
    await makeFolder(rooms);
    const journal = await openJournal(join(path, "journal"));
    if (journal.recovered.damaged > 0) this.#damaged(journal.recovered.damaged);
    this.#journal = journal;
    const recovered = new Map(journal.recovered.updates);
    const names = (await readdir(rooms)).filter(isRoomId);
    // A room that was removed may still have updates in the journal.
    const there = new Set(names);
    for (const name of recovered.keys()) {
      if (there.has(roomOf(name))) continue;
      recovered.delete(name);
      journal.forget(name);
    }
    return { rooms, journal, recovered, count: names.length };
  }

  async #path(room: string, ...parts: readonly string[]): Promise<string> {
    // A path is never made of anything but an id of ours.
    if (!isRoomId(room)) throw new Error("not a room's id");
    return join((await this.#opened.get()).rooms, room, ...parts);
  }

  /** The file of a document's state. */
  #statePath(name: string): Promise<string> {
    const room = roomOf(name);
    const { design, comments } = documentsOf(room);
    if (name !== design && name !== comments) throw new Error("not a document's name");
    return this.#path(room, name === design ? "design.state" : "comments.state");
  }

  async open(): Promise<void> {
    await this.#opened.get();
  }

  async unsettled(): Promise<readonly string[]> {
    return [...((await this.#opened.opened())?.recovered.keys() ?? [])];
  }

  async create(record: RoomRecord, most: number): Promise<boolean> {
    const opened = await this.#opened.get();
    if (opened.count >= most) return false;
    opened.count += 1;
    try {
      const folder = await this.#path(record.id);
      await makeFolder(folder);
      await writeWhole(join(folder, RECORD), JSON.stringify(record));
    } catch (error) {
      opened.count -= 1;
      throw error;
    }
    return true;
  }

  async read(room: string): Promise<RoomRecord | null> {
    const text = await readText(await this.#path(room, RECORD));
    return text === null ? null : parseRecord(text);
  }

  change(room: string, edit: (record: RoomRecord) => RoomRecord | null): Promise<RoomRecord | null> {
    return this.#queue(room, async () => {
      const record = await this.read(room);
      const next = record && edit(record);
      if (next) await writeWhole(await this.#path(room, RECORD), JSON.stringify(next));
      return next;
    });
  }

  remove(room: string): Promise<void> {
    return this.#queue(room, async () => {
      const opened = await this.#opened.get();
      const folder = await this.#path(room);
      if (await removeFile(join(folder, RECORD))) opened.count -= 1;
      for (const name of Object.values(documentsOf(room))) {
        opened.recovered.delete(name);
        opened.journal.forget(name);
      }
      await rm(folder, { recursive: true, force: true });
    });
  }

  async load(name: string): Promise<Kept> {
    const state = await readState(await this.#statePath(name));
    return { state, updates: (await this.#opened.get()).recovered.get(name) ?? [] };
  }

  append(name: string, update: Uint8Array, done: (failed: Error | null) => void): void {
    if (this.#journal) this.#journal.append(name, update, done);
    else done(new Error("the store is not open"));
  }

  mark(name: string) {
    return this.#journal?.mark(name) ?? { at: 0, delivered: 0 };
  }

  async save(name: string, state: Uint8Array, mark: ReturnType<Journal["mark"]>): Promise<void> {
    const { journal, recovered } = await this.#opened.get();
    await this.#queue(roomOf(name), async () => {
      // A removed room is not written again.
      if ((await readText(await this.#path(roomOf(name), RECORD))) !== null) await writeState(await this.#statePath(name), state);
    });
    recovered.delete(name);
    await journal.settle(name, mark);
  }

  async versions(room: string): Promise<readonly RoomVersion[]> {
    const text = await readText(await this.#path(room, VERSIONS));
    return text === null ? [] : (JSON.parse(text) as RoomVersion[]);
  }

  async version(room: string, id: string): Promise<Uint8Array | null> {
    return isVersionId(id) ? readBytes(await this.#path(room, `${id}.version`)) : null;
  }

  addVersion: RoomStore["addVersion"] = (room, version, packed, keep) =>
    this.#queue(room, async () => {
      if ((await this.read(room)) === null) return;
      await writeWhole(await this.#path(room, `${version.id}.version`), packed);
      await this.#writeVersions(room, keep([...(await this.versions(room)), version]));
    });

  changeVersions: RoomStore["changeVersions"] = (room, change) =>
    this.#queue(room, async () => {
      if ((await this.read(room)) === null) return;
      const all = await this.versions(room);
      const next = change(all);
      if (next !== all) await this.#writeVersions(room, next);
    });

  /** Writes the list, then sweeps the files it does not name: those dropped, and one left over by a crash. */
  async #writeVersions(room: string, versions: readonly RoomVersion[]): Promise<void> {
    await writeWhole(await this.#path(room, VERSIONS), JSON.stringify(versions));
    const kept = new Set(versions.map(({ id }) => `${id}.version`));
    for (const name of await readdir(await this.#path(room))) {
      if (name.endsWith(".version") && !kept.has(name)) await rm(await this.#path(room, name), { force: true });
    }
  }

  async health() {
    try {
      const { rooms, journal } = await this.#opened.get();
      // The journal is written again when someone edits; who asks before that shall know whether it would be in vain.
      if (journal.failing) {
        const probe = join(rooms, PROBE);
        await writeWhole(probe, Buffer.alloc(PROBE_BYTES));
        await rm(probe);
      }
      return { up: true, connections: null };
    } catch {
      return { up: false, connections: null };
    }
  }

  async close(): Promise<void> {
    const opened = await this.#opened.opened();
    this.#journal = null;
    await opened?.journal.close();
  }
}

/** A store of rooms in the server's folder; the caller closes the folder. */
export function openFileRooms(folder: SharedFolder, damaged: Damaged): RoomStore {
  return new FileRooms(folder, damaged);
}
