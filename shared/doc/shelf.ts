/** Entities of one kind by id, and their list by name, which is kept sorted as they change. */
import type { Identified } from "../model/index.ts";
import { byName, nameOf } from "./read.ts";

/** Above this many changes at once the list is sorted anew. */
const FEW = 32;

export class Shelf<T extends Identified> {
  readonly #byId = new Map<string, T>();
  #list: readonly T[] = [];

  get byId(): ReadonlyMap<string, T> {
    return this.#byId;
  }

  /** By name, ties by id; a new array whenever something changed. */
  get list(): readonly T[] {
    return this.#list;
  }

  /** Takes what changed; null for what is gone. */
  put(changes: ReadonlyMap<string, T | null>): void {
    const few = changes.size <= FEW;
    for (const [id, item] of changes) {
      const old = this.#byId.get(id);
      if (item) this.#byId.set(id, item);
      else this.#byId.delete(id);
      if (few && old !== item) this.#list = replaced(this.#list, old, item);
    }
    if (!few) this.#list = [...this.#byId.values()].sort(byName);
  }
}

function replaced<T extends Identified>(list: readonly T[], old: T | undefined, item: T | null): readonly T[] {
  if (old && item && nameOf(old) === nameOf(item)) return list.map((one) => (one === old ? item : one));
  const rest = list.filter((one) => one !== old);
  if (!item) return rest;
  const at = rest.findIndex((one) => byName(item, one) < 0);
  return at < 0 ? [...rest, item] : [...rest.slice(0, at), item, ...rest.slice(at)];
}
