/** How the list at the left is laid out: by what its tables are grouped, and which groups are folded. Remembered on this device. */
import type { Preferences } from "../storage/preferences.ts";

export type Grouping = "area" | "namespace";

const GROUPING = "list-grouping";

export class Listing {
  readonly #preferences: Preferences;
  readonly #key: string;
  #chosen = $state.raw<Grouping>("area");
  #folded = $state.raw<ReadonlySet<string>>(new Set());

  constructor(preferences: Preferences, designId: string) {
    this.#preferences = preferences;
    this.#key = `folded.${designId}`;
    if (preferences.get(GROUPING) === "namespace") this.#chosen = "namespace";
    const folded = preferences.get(this.#key);
    if (Array.isArray(folded)) this.#folded = new Set(folded.filter((key) => typeof key === "string"));
  }

  /** What the person prefers; a diagram without areas is grouped by namespace all the same. */
  get grouping(): Grouping {
    return this.#chosen;
  }
  group(by: Grouping): void {
    this.#chosen = by;
    this.#preferences.set(GROUPING, by);
  }

  /** Keys of the groups that show their header alone. */
  get folded(): ReadonlySet<string> {
    return this.#folded;
  }
  fold(keys: Iterable<string>, on: boolean): void {
    const folded = new Set(this.#folded);
    for (const key of keys) {
      if (on) folded.add(key);
      else folded.delete(key);
    }
    this.#folded = folded;
    this.#preferences.set(this.#key, [...folded]);
  }
}
