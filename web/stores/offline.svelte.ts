/** "Make available offline": how much of the app is on this device, and fetching the rest. The caches are the truth, not a note. */
import { canKeep, enginesKept, fetchEngine, type OfflinePlan, readPlan, room, shellKept } from "../storage/offline.ts";
import type { Preferences } from "../storage/preferences.ts";

/** Set while a person wants all of it: after an update, what is new is fetched without being asked for again. */
const WANTED = "offline";

export type OfflineState =
  | { readonly kind: "looking" | "unsupported" | "partly" | "complete" }
  /** The page is not kept yet: the first visit has just begun, or the network is away. */
  | { readonly kind: "unknown" }
  | { readonly kind: "fetching" }
  | { readonly kind: "no-room"; readonly missing: number; readonly free: number | null }
  | { readonly kind: "failed" };

export class Offline {
  readonly #preferences: Preferences;
  #plan: OfflinePlan | null = null;
  #abort: AbortController | null = null;
  #state = $state.raw<OfflineState>({ kind: "looking" });
  #total = $state.raw(0);
  #done = $state.raw(0);

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
  }

  get state(): OfflineState {
    return this.#state;
  }
  /** Bytes of the whole app. */
  get total(): number {
    return this.#total;
  }
  /** Bytes that are on this device, those of files under way included. */
  get done(): number {
    return this.#done;
  }
  /** Did a person ask for all of it? */
  get wanted(): boolean {
    return this.#preferences.get(WANTED) === true;
  }

  /** Looks at what is there; gives the files that are missing. */
  async look(): Promise<OfflinePlan["engines"]> {
    if (!canKeep()) {
      this.#state = { kind: "unsupported" };
      return [];
    }
    this.#plan ??= await readPlan();
    if (!this.#plan || !(await shellKept())) {
      this.#state = { kind: "unknown" };
      return [];
    }
    const kept = await enginesKept();
    const { shell, engines } = this.#plan;
    const missing = engines.filter(([path]) => !kept.has(path));
    const size = (files: OfflinePlan["engines"]): number => files.reduce((sum, [, bytes]) => sum + bytes, 0);
    this.#total = shell + size(engines);
    this.#done = this.#total - size(missing);
    this.#state = { kind: missing.length === 0 ? "complete" : "partly" };
    return missing;
  }

  /** Fetches what is missing; files that are there already stay, so that a later call goes on where this one ended. */
  async fetchAll(): Promise<void> {
    if (this.#abort) return;
    const missing = await this.look();
    if (missing.length === 0) return;
    this.#preferences.set(WANTED, true);
    const [needed, free] = [this.#total - this.#done, await room()];
    if (free !== null && free < needed) {
      this.#state = { kind: "no-room", missing: needed, free };
      return;
    }
    const { signal } = (this.#abort = new AbortController());
    this.#state = { kind: "fetching" };
    try {
      for (const [path] of missing) {
        await fetchEngine(path, (bytes) => (this.#done += bytes), signal);
      }
      await this.look();
    } catch (error) {
      await this.#ended(error, signal.aborted);
    } finally {
      this.#abort = null;
    }
  }

  /** Says truthfully what is there after it ended early, and why it did. */
  async #ended(error: unknown, cancelled: boolean): Promise<void> {
    await this.look();
    if (cancelled) return;
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    this.#state = full ? { kind: "no-room", missing: this.#total - this.#done, free: await room() } : { kind: "failed" };
  }

  /** Stops; what has been fetched stays, and the rest is no longer wanted. */
  cancel(): void {
    this.#preferences.set(WANTED, false);
    this.#abort?.abort();
  }
}
