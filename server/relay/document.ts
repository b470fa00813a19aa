/**
 * A document while people are in it: its state as one update, what was committed since, and what it is known to hold. There is no
 * Y.Doc; one exists for the moment of compacting only.
 */
import * as Y from "yjs";
import { Known, type UpdateContent } from "#shared/sync/index.ts";
import type { Compactor } from "./compactor/api.ts";
import type { DocumentName, Mark, RoomStore } from "./store.ts";

/** With more updates or bytes since the last state, a new state is made. */
const TAIL_COUNT = 2_000;
const TAIL_BYTES = 1024 * 1024;

/** A tail up to this many updates is joined to an answer in place. */
const SHORT_TAIL = 64;

/** An answer that would be larger than this is sent apart from the tail: joining them would rewrite it. */
const LARGE_ANSWER = 64 * 1024;

/** Answers kept for clients that come with the same state vector. */
const MOST_ANSWERS = 16;

const NOTHING = new Uint8Array([0, 0]);

/** What a client lacks: what is in `later` is to be sent before `missing`, after which a client holds itself for synced. */
export interface Lacking {
  readonly later: readonly Uint8Array[];
  readonly missing: Uint8Array;
}

export interface DocumentParts {
  readonly name: DocumentName;
  readonly store: RoomStore;
  readonly compactor: Compactor;
}

export class LiveDocument {
  readonly #parts: DocumentParts;
  readonly known: Known;
  #base: Uint8Array;
  #tail: Uint8Array[] = [];
  #tailBytes = 0;
  #folding: Promise<void> | null = null;
  #answers = new Map<string, Promise<Uint8Array>>();
  /** How many updates the store was given, how many of them the last state holds, and how many the store's own state does. */
  #pushed: number;
  #folded: { readonly state: Uint8Array; readonly mark: Mark; readonly pushed: number } | null = null;
  #saved = 0;
  /** Goes up with every update. */
  revision = 0;
  #saving: Promise<void> | null = null;

  private constructor(parts: DocumentParts, base: Uint8Array, content: UpdateContent, unsaved: number) {
    this.#parts = parts;
    this.#base = base;
    this.#pushed = unsaved;
    this.known = new Known();
    this.known.add(content);
  }

  /** Loads all of a document. */
  static async load(parts: DocumentParts): Promise<LiveDocument> {
    const { state, updates } = await parts.store.load(parts.name);
    const base = state ?? NOTHING;
    // A state of ours was compacted when it was written; reading what it holds is enough.
    const content = updates.length === 0 ? await parts.compactor.read(base) : null;
    if (content) return new LiveDocument(parts, base, content, 0);
    const compacted = await parts.compactor.compact([base, ...updates]);
    return new LiveDocument(parts, compacted.state, compacted.content, updates.length);
  }

  /** Its length in bytes, at most: what was deleted since the last state still counts. */
  get size(): number {
    return this.#base.length + this.#tailBytes;
  }

  /** Takes in an update that is on the disk, written by this server or, on which its own state need not wait, by `another`. */
  push(update: Uint8Array, contents: readonly UpdateContent[], by: "us" | "another" = "us"): void {
    this.#tail.push(update);
    this.#tailBytes += update.length;
    if (by === "us") this.#pushed += 1;
    this.revision += 1;
    for (const content of contents) this.known.add(content);
  }

  /** True when a new state is due. */
  get long(): boolean {
    return this.#tail.length > TAIL_COUNT || this.#tailBytes > TAIL_BYTES;
  }

  /** True while the store holds updates that its state does not cover. */
  get unsaved(): boolean {
    return this.#pushed !== this.#saved;
  }

  /** What a client with this state vector lacks of what is committed now. */
  async lacking(vector: Uint8Array): Promise<Lacking> {
    if (this.#tail.length > SHORT_TAIL) await this.fold();
    const tail = [...this.#tail];
    const bytes = this.#tailBytes;
    const missing = await this.#answer(vector);
    if (tail.length === 0 || missing.length + bytes > LARGE_ANSWER) return { later: tail, missing };
    return { later: [], missing: Y.mergeUpdates([missing, ...tail]) };
  }

  #answer(vector: Uint8Array): Promise<Uint8Array> {
    if (vector.length <= 1) return Promise.resolve(this.#base);
    const key = Buffer.from(vector).toString("latin1");
    const kept = this.#answers.get(key);
    if (kept) return kept;
    const answer = this.#parts.compactor.diff(this.#base, vector);
    if (this.#answers.size >= MOST_ANSWERS) this.#answers.clear();
    this.#answers.set(key, answer);
    return answer;
  }

  /** Takes in what the store holds and this copy does not: one update, or null when there is nothing. */
  async catchUp(): Promise<Uint8Array | null> {
    const { name, store, compactor } = this.#parts;
    const { state, updates } = await store.load(name);
    const all = state ? [state, ...updates] : updates;
    if (all.length === 0) return null;
    const whole = await compactor.compact(all);
    const update = await compactor.diff(whole.state, this.known.vector());
    const content = await compactor.read(update);
    if (!content || this.known.holds(content)) return null;
    this.push(update, [content], "another");
    return update;
  }

  /** Makes one state of all that is committed. */
  async fold(): Promise<void> {
    this.#folding ??= this.#fold().finally(() => {
      this.#folding = null;
    });
    await this.#folding;
  }

  async #fold(): Promise<void> {
    const { name, store, compactor } = this.#parts;
    const [covered, mark, pushed] = [this.#tail.length, store.mark(name), this.#pushed];
    if (covered > 0) this.#base = (await compactor.compact([this.#base, ...this.#tail])).state;
    this.#tail = this.#tail.slice(covered);
    this.#tailBytes = this.#tail.reduce((sum, update) => sum + update.length, 0);
    this.#answers.clear();
    this.#folded = { state: this.#base, mark, pushed };
  }

  /** Folds and writes the state to the store; gives it. */
  async save(): Promise<Uint8Array> {
    this.#saving ??= this.#save().finally(() => {
      this.#saving = null;
    });
    await this.#saving;
    return this.#base;
  }

  async #save(): Promise<void> {
    const { name, store, compactor } = this.#parts;
    await this.fold();
    const folded = this.#folded;
    if (!folded || folded.pushed === this.#saved) return;
    await store.save(name, folded.state, folded.mark, async (updates) => (await compactor.compact(updates)).state);
    this.#saved = folded.pushed;
  }
}
