/** The browser's database of designs: a list, and for each design its updates in the order they were made. */
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

interface StoredUpdate {
  readonly design: string;
  readonly update: Uint8Array;
}

interface Tables extends DBSchema {
  designs: { key: string; value: StoredDesign };
  updates: { key: number; value: StoredUpdate; indexes: { design: string } };
}

/** Updates of one design before they are merged into one when it is opened. */
const COMPACT_ABOVE = 64;
const BIN_DAYS = 30;
const DAY = 86_400_000;

export interface DesignDatabase {
  list(): Promise<StoredDesign[]>;
  get(id: string): Promise<StoredDesign | null>;
  put(design: StoredDesign): Promise<void>;
  /** Removes a design and its updates for good. */
  purge(id: string): Promise<void>;
  load(id: string): Promise<Uint8Array[]>;
  append(id: string, update: Uint8Array): Promise<void>;
  /** Puts one update in the place of many: what is stored at that moment, by this tab or another, merged. */
  compact(id: string, merge: (updates: Uint8Array[]) => Uint8Array): Promise<void>;
}

/** Opens it; rejects where the browser refuses (private windows, no space). */
export async function openDatabase(name = "drawbridge"): Promise<DesignDatabase> {
  const db: IDBPDatabase<Tables> = await openDB<Tables>(name, 1, {
    upgrade(created) {
      created.createObjectStore("designs", { keyPath: "id" });
      created.createObjectStore("updates", { autoIncrement: true }).createIndex("design", "design");
    },
    blocking() {
      db.close();
    },
  });

  const purge = async (id: string): Promise<void> => {
    const change = db.transaction(["designs", "updates"], "readwrite");
    await change.objectStore("designs").delete(id);
    for (const key of await change.objectStore("updates").index("design").getAllKeys(id))
      await change.objectStore("updates").delete(key);
    await change.done;
  };

  return {
    async list() {
      const all = await db.getAll("designs");
      const old = all.filter(({ deleted }) => deleted !== null && deleted < Date.now() - BIN_DAYS * DAY);
      for (const { id } of old) await purge(id);
      return all.filter(({ deleted }) => deleted === null).sort((a, b) => b.updated - a.updated);
    },
    get: async (id) => (await db.get("designs", id)) ?? null,
    async put(design) {
      await db.put("designs", design);
    },
    purge,
    load: async (id) => (await db.getAllFromIndex("updates", "design", id)).map(({ update }) => update),
    async append(id, update) {
      await db.add("updates", { design: id, update });
    },
    async compact(id, merge) {
      const change = db.transaction("updates", "readwrite");
      const keys = await change.store.index("design").getAllKeys(id);
      if (keys.length > COMPACT_ABOVE) {
        const stored = await change.store.index("design").getAll(id);
        await change.store.add({ design: id, update: merge(stored.map(({ update }) => update)) });
        for (const key of keys) await change.store.delete(key);
      }
      await change.done;
    },
  };
}
