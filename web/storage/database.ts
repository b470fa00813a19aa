/** The browser's database of designs: a list, and for each design its updates in the order they were made, its room and versions. */
import type { Role } from "#shared/api/rooms.ts";
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface StoredDesign {
  readonly id: string;
  readonly name: string;
  readonly dialect: string;
  readonly tables: number;
  /** Milliseconds since 1970. */
  readonly updated: number;
  /** When it was put into the bin; null while it is listed. */
  readonly deleted: number | null;
}

/** What opens the room of a design that is worked on together. It stays on this device, beside the design and never in it. */
export interface StoredRoom {
  readonly design: string;
  readonly room: string;
  readonly role: Role;
  readonly secret: string;
  /** The secrets of the links an owner gives away; a role that was closed has none. */
  readonly given: Readonly<Partial<Record<Role, string>>>;
  /** Edits that were not known to be on the server when that was last written. */
  readonly unsent: number;
}

/** Under which id the comments on a design are kept: a document of their own. */
export const commentsOf = (design: string): string => `${design}/comments`;

interface StoredUpdate {
  readonly design: string;
  readonly update: Uint8Array;
}

/** A version of a design, taken on this device; `versions.ts` keeps them. */
export interface StoredVersion {
  readonly id: string;
  readonly design: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null for one that was taken by itself. */
  readonly name: string | null;
  /** Who wrote since the version before; empty for the person of this device who never gave a name. */
  readonly authors: readonly string[];
  /** What it was taken for. */
  readonly why: string;
  /** Length of its state as it is stored. */
  readonly bytes: number;
}

export interface Tables extends DBSchema {
  designs: { key: string; value: StoredDesign };
  updates: { key: number; value: StoredUpdate; indexes: { design: string } };
  rooms: { key: string; value: StoredRoom; indexes: { room: string } };
  versions: { key: string; value: StoredVersion; indexes: { design: string } };
  states: { key: string; value: Uint8Array };
}

/** Updates of one design before they are merged into one when it is opened. */
const COMPACT_ABOVE = 64;
const BIN_DAYS = 30;
/** 2: rooms; 3: versions and their states. */
const VERSION = 3;
const DAY = 86_400_000;

export interface DesignDatabase {
  list(): Promise<StoredDesign[]>;
  get(id: string): Promise<StoredDesign | null>;
  put(design: StoredDesign): Promise<void>;
  /** Removes a design, its updates, its versions and the comments on it for good. */
  purge(id: string): Promise<void>;
  load(id: string): Promise<Uint8Array[]>;
  /** False when nothing was stored of the design before: a document that was open has lost its past on the device. */
  append(id: string, update: Uint8Array): Promise<boolean>;
  /** Puts one update in the place of many: what is stored at that moment, by this tab or another, merged. */
  compact(id: string, merge: (updates: Uint8Array[]) => Uint8Array): Promise<void>;
  /** The room of a design. */
  room(design: string): Promise<StoredRoom | null>;
  /** The room of that id, with the design that it is here. */
  roomNamed(room: string): Promise<StoredRoom | null>;
  putRoom(room: StoredRoom): Promise<void>;
  /** Forgets the room; the design stays. */
  forgetRoom(design: string): Promise<void>;
}

/**
 * A connection that is made anew when it is lost: the browser cuts it when it clears storage, and it is given up for a newer
 * version of the app in another tab.
 */
export function connection(name: string): () => Promise<IDBPDatabase<Tables>> {
  let open: Promise<IDBPDatabase<Tables>> | null = null;
  const lost = (): void => {
    open = null;
  };
  return async () => {
    open ??= openDB<Tables>(name, VERSION, {
      upgrade(created, before) {
        if (before < 1) {
          created.createObjectStore("designs", { keyPath: "id" });
          created.createObjectStore("updates", { autoIncrement: true }).createIndex("design", "design");
        }
        if (before < 2) created.createObjectStore("rooms", { keyPath: "design" }).createIndex("room", "room");
        if (before < 3) {
          created.createObjectStore("versions", { keyPath: "id" }).createIndex("design", "design");
          created.createObjectStore("states");
        }
      },
      blocking(_current, _wanted, event) {
        lost();
        (event.target as IDBDatabase).close();
      },
      terminated: lost,
    });
    try {
      return await open;
    } catch (error) {
      lost();
      if (error instanceof DOMException && error.name === "VersionError")
        throw new Error("a newer version of Drawbridge is open in this browser; reload this page", { cause: error });
      throw error;
    }
  };
}

/** Opens it; rejects where the browser refuses (private windows, no space). */
export async function openDatabase(name = "drawbridge"): Promise<DesignDatabase> {
  const connect = connection(name);
  await connect();

  const purge = async (id: string): Promise<void> => {
    const change = (await connect()).transaction(["designs", "updates", "rooms", "versions", "states"], "readwrite");
    await change.objectStore("designs").delete(id);
    await change.objectStore("rooms").delete(id);
    for (const document of [id, commentsOf(id)])
      for (const key of await change.objectStore("updates").index("design").getAllKeys(document))
        await change.objectStore("updates").delete(key);
    for (const key of await change.objectStore("versions").index("design").getAllKeys(id)) {
      await change.objectStore("versions").delete(key);
      await change.objectStore("states").delete(key);
    }
    await change.done;
  };

  return {
    async list() {
      const all = await (await connect()).getAll("designs");
      const old = all.filter(({ deleted }) => deleted !== null && deleted < Date.now() - BIN_DAYS * DAY);
      for (const { id } of old) await purge(id);
      return all.filter(({ deleted }) => deleted === null).sort((a, b) => b.updated - a.updated);
    },
    get: async (id) => (await (await connect()).get("designs", id)) ?? null,
    async put(design) {
      await (await connect()).put("designs", design);
    },
    purge,
    async load(id) {
      const stored = await (await connect()).getAllFromIndex("updates", "design", id);
      return stored.map(({ update }) => update);
    },
    async append(id, update) {
      const change = (await connect()).transaction("updates", "readwrite");
      const before = await change.store.index("design").getKey(id);
      await change.store.add({ design: id, update });
      await change.done;
      return before !== undefined;
    },
    async compact(id, merge) {
      const change = (await connect()).transaction("updates", "readwrite");
      const keys = await change.store.index("design").getAllKeys(id);
      if (keys.length > COMPACT_ABOVE) {
        const stored = await change.store.index("design").getAll(id);
        await change.store.add({ design: id, update: merge(stored.map(({ update }) => update)) });
        for (const key of keys) await change.store.delete(key);
      }
      await change.done;
    },
    room: async (design) => (await (await connect()).get("rooms", design)) ?? null,
    roomNamed: async (room) => (await (await connect()).getFromIndex("rooms", "room", room)) ?? null,
    async putRoom(room) {
      await (await connect()).put("rooms", room);
    },
    async forgetRoom(design) {
      await (await connect()).delete("rooms", design);
    },
  };
}
