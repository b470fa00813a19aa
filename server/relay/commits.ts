/** Updates that wait for others a few milliseconds, are merged with them and put on the disk as one. */
import * as Y from "yjs";
import type { UpdateContent } from "#shared/sync/index.ts";
import type { DocumentParts } from "./document.ts";
import { LARGE, windowOf } from "./limits.ts";
import type { Session } from "./session.ts";

/** An update that waits to be kept. */
export interface Waiting {
  readonly update: Uint8Array;
  readonly content: UpdateContent;
  readonly session: Session;
}

/** What the room is asked and told. */
interface CommitEvents {
  /** How many people there are: the more, the longer the wait. */
  readonly people: () => number;
  readonly kept: (update: Uint8Array, batch: readonly Waiting[]) => void;
  readonly lost: (error: Error) => void;
}

type CommitParts = Pick<DocumentParts, "name" | "store"> & {
  /** Milliseconds that only go up. */
  readonly clock: () => number;
};

/** The way of a room's updates to its store. */
export class Commits {
  readonly #parts: CommitParts;
  readonly #events: CommitEvents;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #scheduled = false;
  #lastFlush = 0;
  #committing = 0;
  #settled: (() => void)[] = [];

  constructor(parts: CommitParts, events: CommitEvents) {
    this.#parts = parts;
    this.#events = events;
  }

  /** True when nothing waits to be kept. */
  get isQuiet(): boolean {
    return this.#waiting.length === 0 && this.#committing === 0;
  }

  /** Bytes that are not kept yet. */
  get pending(): number {
    return this.#committing + this.#waitingBytes;
  }

  /** Resolves once nothing waits to be kept. */
  async quiet(): Promise<void> {
    if (!this.isQuiet) await new Promise<void>((resolve) => this.#settled.push(resolve));
  }

  /** Takes one more to be kept. */
  push(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#waitingBytes += waiting.update.length;
    if (this.#scheduled) return;
    this.#scheduled = true;
    const left = this.#lastFlush + windowOf(this.#events.people()) - this.#parts.clock();
    const flush = (): void => {
      this.#flush();
    };
    if (left > 1) setTimeout(flush, left);
    else setImmediate(flush);
  }

  #flush(): void {
    this.#scheduled = false;
    this.#lastFlush = this.#parts.clock();
    const batch = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    const small = batch.filter(({ update }) => update.length <= LARGE);
    if (small.length > 0) this.#commit(small);
    for (const each of batch) if (each.update.length > LARGE) this.#commit([each]);
  }

  #commit(batch: readonly Waiting[]): void {
    const [first, ...others] = batch.map((each) => each.update);
    if (!first) return;
    // A copy: the message is a view of a much larger piece of what the socket read.
    const update = others.length === 0 ? first.slice() : Y.mergeUpdates([first, ...others]);
    this.#committing += update.length;
    this.#parts.store.append(this.#parts.name, update, (failed) => {
      this.#committing -= update.length;
      if (failed) this.#events.lost(failed);
      else this.#events.kept(update, batch);
      if (this.isQuiet) for (const settled of this.#settled.splice(0)) settled();
    });
  }
}
