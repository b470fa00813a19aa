/** All documents with people in them: opened when the first comes, saved while they work, let go of a while after the last left. */
import type { CLOSE } from "#shared/api/sync.ts";
import { lazy } from "../store/once.ts";
import type { EngineParts } from "./engine.ts";
import { addVersion } from "./history.ts";
import { documentsOf, type RoomRecord, roomOf } from "./record.ts";
import { stillMay } from "./rights.ts";
import type { Room } from "./room.ts";
import type { Session } from "./session.ts";
import type { DocumentName, RoomVersion } from "./store.ts";

/** Documents that are read at the same time, when many people come at once. */
const LOADS = 8;

/** What is not covered by a saved state is saved after that long, and a save that failed is tried again, milliseconds. */
const SAVE_MS = 5 * 60_000;
const RETRY_MS = 30_000;

/** Time to save all when the server stops; what is not saved then is in the journal. */
const CLOSING_MS = 3_000;

export interface RoomsParts extends EngineParts {
  readonly now: () => Date;
}

/** Lets `most` run at a time. */
function createGate(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await run();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}

export class Rooms {
  readonly #parts: RoomsParts;
  readonly #open = new Map<DocumentName, Promise<Room>>();
  readonly #rooms = new Map<DocumentName, Room>();
  readonly #saving = new Map<DocumentName, Promise<void>>();
  readonly #gate = createGate(LOADS);
  readonly #engine = lazy(async () => (await import("./engine.ts")).createEngine(this.#parts));
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(parts: RoomsParts) {
    this.#parts = parts;
  }

  /** Documents that are open, and people in them. */
  get counts(): { readonly documents: number; readonly sockets: number } {
    let sockets = 0;
    for (const { sessions } of this.#rooms.values()) sockets += sessions.size;
    return { documents: this.#open.size, sockets };
  }

  /** How many are in a document now. */
  sizeOf(name: DocumentName): number {
    return this.#rooms.get(name)?.sessions.size ?? 0;
  }

  /** The document, opened where it is not. */
  open(name: DocumentName): Promise<Room> {
    const found = this.#open.get(name);
    if (found) return found;
    const opening = this.#gate(() => this.#load(name));
    this.#open.set(name, opening);
    opening.catch(() => {
      this.#open.delete(name);
    });
    return opening;
  }

  /** Takes a person into a document; null when they left, or the room was removed, while it was read. */
  async join(name: DocumentName, session: Session): Promise<Room | null> {
    for (;;) {
      const opening = this.open(name);
      const room = await opening;
      if (session.ended) return null;
      // It may have been let go of, or removed, in the very turn it was given.
      if (this.#open.get(name) !== opening) {
        if ((await this.#parts.store.read(roomOf(name))) === null) session.end("missing");
        continue;
      }
      room.join(session);
      return room;
    }
  }

  async #load(name: DocumentName): Promise<Room> {
    const room = await (await this.#engine.get()).load(name);
    this.#rooms.set(name, room);
    this.#parts.spread?.opened(name, room);
    this.#timer ??= setInterval(() => {
      this.#tick();
    }, 1_000);
    this.#timer.unref();
    return room;
  }

  /** Puts what a crash left in the journal into states of their own. */
  async settle(): Promise<void> {
    for (const name of await this.#parts.store.unsettled()) {
      if (this.#closed) return;
      const room = await this.open(name);
      await this.save(name, room);
    }
  }

  #tick(): void {
    const now = this.#parts.clock();
    for (const [name, room] of this.#rooms) {
      room.tick(now);
      const { document } = room;
      const idle = room.sessions.size === 0 && now - room.emptySince >= this.#parts.limits.idleMs;
      const due = document.long || (document.unsaved && now - room.savedAt >= SAVE_MS);
      const again = now - room.savedAt >= RETRY_MS || !room.saveFailed;
      if ((idle || due) && again && !this.#saving.has(name)) void this.#saveOrLet(name, room, idle);
    }
    if (this.#rooms.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  async #saveOrLet(name: DocumentName, room: Room, idle: boolean): Promise<void> {
    try {
      await this.save(name, room);
      if (idle) this.#letGo(name, room);
    } catch (error) {
      this.#parts.events.failed("a room could not be saved", error);
    }
  }

  /** Lets go of a document, unless somebody came or something was written meanwhile. */
  #letGo(name: DocumentName, room: Room): void {
    if (room.sessions.size > 0 || !room.isQuiet || room.document.unsaved) return;
    this.#open.delete(name);
    this.#rooms.delete(name);
  }

  /** Saves a document's state, and a version of it where one is due. */
  save(name: DocumentName, room: Room): Promise<void> {
    const saving = this.#saving.get(name) ?? this.#save(name, room).finally(() => this.#saving.delete(name));
    this.#saving.set(name, saving);
    return saving;
  }

  async #save(name: DocumentName, room: Room): Promise<void> {
    room.savedAt = this.#parts.clock();
    room.saveFailed = true;
    const state = await room.document.save();
    if (room.changed && name === documentsOf(roomOf(name)).design) await this.#takeVersion(name, room, state);
    room.saveFailed = false;
  }

  async #takeVersion(name: DocumentName, room: Room, state: Uint8Array): Promise<void> {
    const { store, limits, now } = this.#parts;
    const at = now();
    const last = (await store.versions(roomOf(name))).at(-1);
    if (room.sessions.size > 0 && last && at.getTime() - Date.parse(last.at) < limits.versionMs) return;
    const authors = [...room.authors];
    room.changed = false;
    room.authors.clear();
    await addVersion(store, roomOf(name), state, { at, name: null, authors });
  }

  /** Names a version of what the design is now. */
  async nameVersion(id: string, said: { readonly name: string; readonly by: string }): Promise<RoomVersion> {
    const { store, now } = this.#parts;
    const { design } = documentsOf(id);
    const room = await this.open(design);
    const state = await room.document.save();
    const authors = new Set([...room.authors, ...(said.by === "" ? [] : [said.by])]);
    room.changed = false;
    room.authors.clear();
    return addVersion(store, id, state, { at: now(), name: said.name, authors: [...authors] });
  }

  /** The document where it is open here, or is being opened. */
  opened(name: DocumentName): Promise<Room> | null {
    return this.#open.get(name) ?? null;
  }

  /** Documents that are open here. */
  get documents(): ReadonlyMap<DocumentName, Room> {
    return this.#rooms;
  }

  /** Looks up again who may be in a room: another server has changed it. */
  async recheckStored(id: string): Promise<void> {
    const record = await this.#parts.store.read(id);
    if (record) this.recheck(record);
    else await this.drop(id);
  }

  /** Rooms that have a document open here. */
  get openRooms(): ReadonlySet<string> {
    return new Set([...this.#rooms.keys()].map(roomOf));
  }

  /** Sends those away whose secret no longer opens the room. */
  recheck(record: RoomRecord): void {
    this.#each(record.id, (session) => {
      if (!stillMay(record, session.person)) session.end("revoked");
    });
  }

  /** Sends everyone away and forgets the room's documents; what waits is done first, so that nothing is written afterwards. */
  async drop(id: string): Promise<void> {
    this.#each(id, (session) => {
      session.end("missing");
    });
    for (const name of Object.values(documentsOf(id))) {
      const room = this.#rooms.get(name);
      this.#open.delete(name);
      this.#rooms.delete(name);
      await room?.quiet();
      await this.#saving.get(name)?.catch(() => undefined);
    }
  }

  #each(id: string, visit: (session: Session) => void): void {
    for (const name of Object.values(documentsOf(id)))
      for (const session of this.#rooms.get(name)?.sessions ?? []) visit(session);
  }

  /** Keeps what waits, sends everyone away, and saves what time allows. */
  async close(why: keyof typeof CLOSE): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearInterval(this.#timer);
    const rooms = [...this.#rooms];
    for (const [, room] of rooms) {
      await room.quiet();
      room.endAll(why);
    }
    const until = this.#parts.clock() + CLOSING_MS;
    for (const [name, room] of rooms) {
      if (this.#parts.clock() > until) break;
      await this.save(name, room).catch((error: unknown) => {
        this.#parts.events.failed("a room could not be saved", error);
      });
    }
    this.#open.clear();
    this.#rooms.clear();
    await (await this.#engine.opened())?.close();
  }
}
