/** The versions of one design that are kept on this device: taken, thinned out with age, bounded in bytes. */
import { thinned } from "#shared/history/index.ts";
import { fail, ok, type Problem, problem, type Result } from "#shared/result/index.ts";
import { mint } from "../../mint.ts";
import type { StoredVersion } from "../../storage/database.ts";
import type { VersionDatabase } from "../../storage/versions.ts";
import type { Comparer } from "../../workers/history/client.ts";
import type { Moment } from "./recorder.ts";
import type { Source, Version } from "./source.ts";

/** What versions taken by themselves may weigh, of one design and of all. */
const DESIGN_BYTES = 16 * 1024 * 1024;
const DEVICE_BYTES = 128 * 1024 * 1024;
/** Named ones, which stay until a person removes them. */
const MOST_NAMED = 100;

const failed = (error: unknown): Problem =>
  problem("storage.failed", "error", { message: error instanceof Error ? error.message : String(error) });

/** An edge: what the browser's database throws is one problem. */
async function tried<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    return fail(failed(error));
  }
}

const shown = ({ id, at, name, authors, why }: StoredVersion): Version => ({
  key: `device ${id}`,
  place: "device",
  id,
  at,
  name,
  authors,
  why,
});

export class DeviceVersions implements Source {
  readonly mayName = true;
  readonly mayRemove = true;
  readonly #database: VersionDatabase;
  readonly #comparer: Comparer;
  readonly #design: string;

  constructor(database: VersionDatabase, comparer: Comparer, design: string) {
    this.#database = database;
    this.#comparer = comparer;
    this.#design = design;
  }

  list(): Promise<Result<readonly Version[]>> {
    return tried(async () => ok((await this.#database.list(this.#design)).map(shown)));
  }

  state(id: string): Promise<Result<Uint8Array>> {
    return tried(async () => {
      const state = await this.#database.state(id);
      return state ? ok(state) : fail(problem("version.gone", "error"));
    });
  }

  /** Keeps a moment, unless it is what the last version holds already; named ones are always kept. */
  keep(moment: Moment, name: string | null = null): Promise<Result<null>> {
    return this.#alone(() => tried(() => this.#keep(moment, name)));
  }

  async #keep({ state, why, authors }: Moment, name: string | null): Promise<Result<null>> {
    const all = await this.#database.list(this.#design);
    if (name !== null && all.filter((version) => version.name !== null).length >= MOST_NAMED)
      return fail(problem("version.full", "error", { most: MOST_NAMED }));
    const last = all.at(-1);
    const repeated = last !== undefined && (await this.#isSame(last, state));
    if (repeated && name === null) return ok(null);
    await this.#database.add({ id: mint(), design: this.#design, at: Date.now(), name, authors, why }, state);
    // The same moment under a name: the one without it says nothing more.
    if (repeated && last.name === null) await this.#database.remove([last.id]);
    await this.#thin();
    return ok(null);
  }

  async #isSame(last: StoredVersion, state: Uint8Array): Promise<boolean> {
    const before = await this.#database.state(last.id);
    if (!before) return false;
    const compared = await this.#comparer.compare({ key: last.id, state: before }, { key: mint(), state });
    return compared.ok && compared.value.groups.length === 0;
  }

  async #thin(): Promise<void> {
    const now = Date.now();
    const all = await this.#database.list(this.#design);
    await this.#database.remove(thinned(all, now, DESIGN_BYTES).map(({ id }) => id));
    const everywhere = (await this.#database.all()).filter(({ name }) => name === null).sort((a, b) => a.at - b.at);
    let sum = everywhere.reduce((total, { bytes }) => total + bytes, 0);
    const going: string[] = [];
    for (const { id, bytes, design } of everywhere) {
      if (sum <= DEVICE_BYTES) break;
      // What was just taken stays.
      if (design === this.#design) continue;
      going.push(id);
      sum -= bytes;
    }
    await this.#database.remove(going);
  }

  rename(id: string, name: string | null): Promise<Result<null>> {
    return this.#alone(() =>
      tried(async () => {
        const all = await this.#database.list(this.#design);
        const others = all.filter((version) => version.name !== null && version.id !== id);
        if (name !== null && others.length >= MOST_NAMED) return fail(problem("version.full", "error", { most: MOST_NAMED }));
        return (await this.#database.rename(id, name)) ? ok(null) : fail(problem("version.gone", "error"));
      }),
    );
  }

  remove(id: string): Promise<Result<null>> {
    return tried(async () => {
      await this.#database.remove([id]);
      return ok(null);
    });
  }

  /** One at a time, over all tabs: two that see the same pause would both keep it. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const isAlone = typeof navigator === "undefined" || !("locks" in navigator);
    return isAlone ? work() : navigator.locks.request(`drawbridge/versions/${this.#design}`, work);
  }
}
