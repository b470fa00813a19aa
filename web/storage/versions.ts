/** The versions of designs that this device took: a list, and apart from it the packed state of each. */
import { connection, type StoredVersion } from "./database.ts";

export interface VersionDatabase {
  /** A design's versions, oldest first. */
  list(design: string): Promise<StoredVersion[]>;
  /** Those of all designs. */
  all(): Promise<StoredVersion[]>;
  /** The state of a version, as one update; null when it is no longer there. */
  state(id: string): Promise<Uint8Array | null>;
  /** Keeps a version; `bytes` is counted here. */
  add(version: Omit<StoredVersion, "bytes">, state: Uint8Array): Promise<StoredVersion>;
  /** Names a version, or (null) takes its name; false when it is no longer there. */
  rename(id: string, name: string | null): Promise<boolean>;
  remove(ids: readonly string[]): Promise<void>;
}

/** What gzip begins with. A state that could not be packed begins otherwise. */
const PACKED = [0x1f, 0x8b] as const;

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const piped = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

const pack = (state: Uint8Array): Promise<Uint8Array> => through(state, new CompressionStream("gzip"));

const unpack = (stored: Uint8Array): Promise<Uint8Array> =>
  stored[0] === PACKED[0] && stored[1] === PACKED[1] ? through(stored, new DecompressionStream("gzip")) : Promise.resolve(stored);

/** Opens them; every call rejects where the browser refuses. */
export function openVersions(name = "drawbridge"): VersionDatabase {
  const connect = connection(name);
  return {
    async list(design) {
      const found = await (await connect()).getAllFromIndex("versions", "design", design);
      return found.sort((a, b) => a.at - b.at);
    },
    all: async () => (await connect()).getAll("versions"),
    async state(id) {
      const stored = await (await connect()).get("states", id);
      return stored ? unpack(stored) : null;
    },
    async add(version, state) {
      const packed = await pack(state);
      const kept = { ...version, bytes: packed.length };
      const change = (await connect()).transaction(["designs", "versions", "states"], "readwrite");
      // A design that was removed for good meanwhile leaves nothing behind.
      if (await change.objectStore("designs").get(version.design)) {
        await change.objectStore("versions").put(kept);
        await change.objectStore("states").put(packed, version.id);
      }
      await change.done;
      return kept;
    },
    async rename(id, name) {
      const change = (await connect()).transaction("versions", "readwrite");
      const found = await change.store.get(id);
      if (found) await change.store.put({ ...found, name });
      await change.done;
      return found !== undefined;
    },
    async remove(ids) {
      const change = (await connect()).transaction(["versions", "states"], "readwrite");
      for (const id of ids) {
        await change.objectStore("versions").delete(id);
        await change.objectStore("states").delete(id);
      }
      await change.done;
    },
  };
}
