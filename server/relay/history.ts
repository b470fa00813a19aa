/**
 * Versions of a room's design: some that people name, and some the server takes by itself while they work and when they leave. Of the
 * latter the newest stay, and the older they are the further apart.
 */
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { RoomStore, RoomVersion } from "./store.ts";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Versions that stay: taken by the server, and named. */
const MOST_TAKEN = 60;
export const MOST_NAMED = 100;

/** The newest of those taken that are never thinned out. */
const NEWEST = 12;

/** Leaves out taken versions, those first that are closest to the one before them. */
export function thinned(versions: readonly RoomVersion[]): readonly RoomVersion[] {
  const taken = versions.filter(({ name }) => name === null);
  while (taken.length > MOST_TAKEN) {
    const ages = taken.map(({ at }) => Date.parse(at));
    let [closest, gap] = [0, Infinity];
    for (let index = 1; index < taken.length - NEWEST; index += 1) {
      const between = (ages[index] ?? 0) - (ages[index - 1] ?? 0);
      if (between < gap) [closest, gap] = [index, between];
    }
    taken.splice(closest, 1);
  }
  const kept = new Set(taken);
  return versions.filter((version) => version.name !== null || kept.has(version));
}

/** Keeps a state as a version. */
export async function addVersion(
  store: RoomStore,
  room: string,
  state: Uint8Array,
  said: { readonly at: Date; readonly name: string | null; readonly authors: readonly string[] },
): Promise<RoomVersion> {
  const { at, name, authors } = said;
  const version: RoomVersion = {
    id: randomBytes(8).toString("hex"),
    at: at.toISOString(),
    name,
    authors: [...authors].slice(0, 50),
    bytes: state.length,
  };
  await store.addVersion(room, version, await pack(state), thinned);
  return version;
}

/** Removes a version; false when there is none. */
export async function removeVersion(store: RoomStore, room: string, id: string): Promise<boolean> {
  let removed = false;
  await store.changeVersions(room, (all) => {
    const left = all.filter((version) => version.id !== id);
    removed = left.length < all.length;
    return removed ? left : all;
  });
  return removed;
}

/** Names a version, or takes its name; `full` where as many are named as may be, null when there is none. */
export async function renameVersion(
  store: RoomStore,
  room: string,
  id: string,
  name: string | null,
): Promise<RoomVersion | "full" | null> {
  let outcome: RoomVersion | "full" | null = null;
  await store.changeVersions(room, (all) => {
    const found = all.find((version) => version.id === id);
    if (!found) return all;
    const named = all.filter((version) => version.name !== null).length;
    outcome = name !== null && found.name === null && named >= MOST_NAMED ? "full" : { ...found, name };
    if (outcome === "full") return all;
    const renamed = outcome;
    return thinned(all.map((version) => (version === found ? renamed : version)));
  });
  return outcome;
}

/** The state of a version, or null. */
export async function readVersion(store: RoomStore, room: string, id: string): Promise<Uint8Array | null> {
  const packed = await store.version(room, id);
  return packed && (await unpack(packed));
}
