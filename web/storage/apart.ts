/**
 * What was done apart, by design: the design as it was when this device and the others were last together, and what came of the
 * meeting. A small database of its own, which is opened only for designs that are worked on together.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Choice, Collision } from "#shared/merge/index.ts";

/** What someone changed. */
export interface Share {
  /** Their client of the document; null where nothing tells who it was. */
  readonly client: number | null;
  /** Empty where it is not known. */
  readonly name: string;
  /** The tables and views, by name. */
  readonly tables: readonly string[];
}

export interface MergeReport {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly mine: readonly string[];
  readonly others: readonly Share[];
  readonly collisions: readonly Collision[];
  /** What was chosen, by the collision's key. */
  readonly settled: Readonly<Record<string, Choice>>;
  /** Whether it was looked at. */
  readonly seen: boolean;
}

export interface StoredApart {
  readonly design: string;
  /** The document before the first edit that was made apart; null while there is none. */
  readonly base: Uint8Array | null;
  readonly report: MergeReport | null;
}

interface Tables extends DBSchema {
  apart: { key: string; value: StoredApart };
}

export interface ApartDatabase {
  get(design: string): Promise<StoredApart | null>;
  put(apart: StoredApart): Promise<void>;
  /** Keeps what people were together at, unless another tab has kept it before. */
  begin(design: string, base: Uint8Array): Promise<void>;
  /** Forgets what is kept of designs that are no more. */
  keepOnly(exists: (design: string) => Promise<boolean>): Promise<void>;
}

export async function openApart(name = "drawbridge-apart"): Promise<ApartDatabase> {
  const database: IDBPDatabase<Tables> = await openDB<Tables>(name, 1, {
    upgrade(created) {
      created.createObjectStore("apart", { keyPath: "design" });
    },
  });
  return {
    get: async (design) => (await database.get("apart", design)) ?? null,
    async put(apart) {
      if (apart.base === null && apart.report === null) await database.delete("apart", apart.design);
      else await database.put("apart", apart);
    },
    async begin(design, base) {
      const change = database.transaction("apart", "readwrite");
      const kept = await change.store.get(design);
      if (!kept?.base) await change.store.put({ design, base, report: kept?.report ?? null });
      await change.done;
    },
    async keepOnly(exists) {
      for (const design of await database.getAllKeys("apart"))
        if (!(await exists(design))) await database.delete("apart", design);
    },
  };
}
