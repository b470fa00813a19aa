/**
 * Keeps one open Y.Doc on the device. Of the tabs that have it open one writes, in the order of a Web Lock; the others hand it their
 * edits, and call an edit saved when the writer says that it is stored. When the writer is closed, dies or does not answer, the next
 * tab writes what is not known to be stored. Nothing depends on there being one writer only: two would store the same edit twice.
 */
import * as Y from "yjs";
import type { DesignDatabase } from "./database.ts";
import { type Line, listen, STORED, type Word } from "./line.ts";
import { awaitTurn, browserLocks } from "./turn.ts";

export { listen };

export type Saving = "saved" | "saving" | "failed";

/** After a write that failed, milliseconds before the next try; the last one repeats. */
const RETRY_AFTER = [1_000, 5_000, 15_000];
/** How long a tab waits for the writer's word before it writes itself; longer when the writer said that it cannot write. */
const PATIENCE_MS = 4_000;
const PATIENCE_FAILED_MS = 30_000;

/** Updates written before they are merged into one. */
const COMPACT_EVERY = 500;

export interface Keeper {
  /** True while this tab is the one that writes. */
  readonly writes: boolean;
  /** Resolves once everything made so far has been written, or has failed to be. */
  settled(): Promise<void>;
  close(): void;
}

interface Listener {
  readonly saving: (state: Saving) => void;
  readonly error: (message: string) => void;
}

/** Merges the stored updates of a design when they have become many. A failure costs time at the next start, nothing else. */
export async function compact(database: DesignDatabase, id: string): Promise<void> {
  await database.compact(id, (updates) => Y.mergeUpdates(updates)).catch(() => undefined);
}

const merged = (updates: readonly Uint8Array[]): Uint8Array =>
  updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates([...updates]);

/** Loads a design into an empty document. False when nothing is stored under that id. */
export async function load(database: DesignDatabase, id: string, doc: Y.Doc): Promise<boolean> {
  const updates = await database.load(id);
  if (updates.length === 0) return false;
  Y.applyUpdate(doc, merged(updates), STORED);
  return true;
}

/** Edits a design that is not open here; tabs that have it open see it. False when nothing is stored under that id. */
export async function editStored(database: DesignDatabase, id: string, edit: (doc: Y.Doc) => void): Promise<boolean> {
  const doc = new Y.Doc();
  const line = listen(id, doc);
  if (!(await load(database, id, doc))) {
    line?.close();
    return false;
  }
  let failure: string | null = null;
  const keeper = keep(database, id, doc, line, {
    saving: () => undefined,
    error: (message) => {
      failure = message;
    },
  });
  edit(doc);
  await keeper.settled();
  keeper.close();
  if (failure !== null) throw new Error(failure);
  return true;
}

/**
 * Begins to keep a document that `line` was opened for and that was loaded since. `saving` hears of every change of state, `error`
 * of a write that failed. After a failure, and where the stored past is gone (cleared by the person or the browser), the whole
 * document is written; what fails is tried again until it succeeds or the keeper is closed.
 */
export function keep(
  database: DesignDatabase,
  id: string,
  doc: Y.Doc,
  line: Line | null,
  on: Listener,
  locks: LockManager | null = browserLocks(),
): Keeper {
  return new DocumentKeeper(database, id, doc, line, on, locks);
}

class DocumentKeeper implements Keeper {
  readonly #database: DesignDatabase;
  readonly #id: string;
  readonly #doc: Y.Doc;
  readonly #line: Line | null;
  readonly #on: Listener;
  readonly #turn: ReturnType<typeof awaitTurn> | null;
  /** Names this tab's updates among all tabs. */
  readonly #self = crypto.randomUUID();
  #made = 0;
  /** This tab's updates that are not known to be stored. */
  readonly #own = new Map<string, Uint8Array>();
  #writes = false;
  #busy = false;
  #failures = 0;
  #written = 0;
  #state: Saving = "saved";
  #retry: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #waiters: (() => void)[] = [];
  #closed = false;

  constructor(database: DesignDatabase, id: string, doc: Y.Doc, line: Line | null, on: Listener, locks: LockManager | null) {
    this.#database = database;
    this.#id = id;
    this.#doc = doc;
    this.#line = line;
    this.#on = on;
    doc.on("update", this.#edited);
    if (line) line.on = (word) => this.#hear(word);
    this.#turn = line && locks ? awaitTurn(locks, `drawbridge/${id}`, (mine) => this.#turns(mine)) : null;
    if (!this.#turn) this.#turns(true);
  }

  get writes(): boolean {
    return this.#writes;
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#report();
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#patience);
    this.#doc.off("update", this.#edited);
    this.#turn?.close();
    this.#line?.close();
  }

  readonly #edited = (update: Uint8Array, origin: unknown): void => {
    if (origin === STORED) return;
    this.#made += 1;
    const key = `${this.#self}.${String(this.#made)}`;
    this.#own.set(key, update);
    this.#report();
    if (this.#writes) void this.#write();
    else {
      this.#line?.say({ kind: "made", updates: [[key, update]] });
      this.#wait(PATIENCE_MS);
    }
  };

  #turns(mine: boolean): void {
    this.#writes = mine;
    clearTimeout(this.#patience);
    if (mine) {
      this.#failures = 0;
      this.#line?.say({ kind: "writer" });
      void compact(this.#database, this.#id);
      void this.#write();
    } else this.#handOver();
  }

  /** Says what is not stored to whoever writes. */
  #handOver(): void {
    if (this.#own.size === 0) return;
    this.#line?.say({ kind: "made", updates: [...this.#own] });
    this.#wait(PATIENCE_MS);
  }

  /** A writer that says nothing for so long is asleep or gone: this tab writes. */
  #wait(patience: number): void {
    if (this.#patience !== undefined || !this.#turn) return;
    this.#patience = setTimeout(() => {
      this.#patience = undefined;
      if (!this.#writes && this.#own.size > 0) this.#turn?.take();
    }, patience);
  }

  #hear(word: Word): void {
    if (word.kind === "made") {
      if (this.#writes) void this.#write();
      return;
    }
    clearTimeout(this.#patience);
    this.#patience = undefined;
    if (word.kind === "stored") {
      for (const [key] of word.updates) this.#own.delete(key);
      if (!this.#writes) this.#failures = 0;
    }
    if (this.#writes) return;
    if (word.kind === "failed" && this.#own.size > 0) {
      this.#failures += 1;
      this.#on.error(word.message);
    }
    if (word.kind === "writer") this.#handOver();
    else if (this.#own.size > 0) this.#wait(word.kind === "failed" ? PATIENCE_FAILED_MS : PATIENCE_MS);
    this.#report();
  }

  #report(): void {
    const state = this.#own.size === 0 ? "saved" : this.#failures > 0 ? "failed" : "saving";
    if (state !== this.#state) {
      this.#state = state;
      this.#on.saving(state);
    }
    if (state === "saving") return;
    for (const done of this.#waiters.splice(0)) done();
  }

  /** Writes what there is, as one update, until there is nothing left or it fails. */
  async #write(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#retry);
    const heard = this.#line?.heard ?? new Map<string, never>();
    while (this.#writes && this.#own.size + heard.size > 0) {
      const others = [...heard];
      const updates = [...this.#own, ...others.map(([key, { update }]) => [key, update] as const)];
      const news = [...this.#own.values(), ...others.filter(([, { news }]) => news).map(([, { update }]) => update)];
      if (!(await this.#stored(news))) break;
      for (const [key] of updates) {
        this.#own.delete(key);
        heard.delete(key);
      }
      // Told after it is stored: a tab that opens now finds it in one of the two places.
      this.#line?.say({ kind: "stored", updates });
    }
    this.#busy = false;
    this.#report();
  }

  async #stored(updates: readonly Uint8Array[]): Promise<boolean> {
    try {
      const whole = this.#failures > 0 || (updates.length > 0 && !(await this.#database.append(this.#id, merged(updates))));
      if (whole) await this.#database.append(this.#id, Y.encodeStateAsUpdate(this.#doc));
      this.#failures = 0;
      this.#written += 1;
      if (this.#written % COMPACT_EVERY === 0) await compact(this.#database, this.#id);
      return true;
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  #failed(message: string): void {
    const after = RETRY_AFTER[Math.min(this.#failures, RETRY_AFTER.length - 1)];
    if (!this.#closed) this.#retry = setTimeout(() => void this.#write(), after);
    this.#failures += 1;
    this.#on.error(message);
    // The other tabs show the edit, and hold it for the case that this one dies.
    this.#line?.say({ kind: "made", updates: [...this.#own] });
    this.#line?.say({ kind: "failed", message });
  }
}
