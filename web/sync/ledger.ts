/**
 * Which edits the server has on its disk. It says so by its first state vector, its answer to ours, and the echo of every update; an
 * edit counts as sent only when those cover all of it, deletions included.
 */
import * as Y from "yjs";
import { Known, readUpdate, type UpdateContent } from "#shared/sync/index.ts";

export class Ledger {
  #known = new Known();
  /** Edits that are not covered; null where what they hold is not known yet: made before this page was opened. */
  #waiting: (UpdateContent | null)[];
  /** What went up in one piece after the last comparison; it may hold edits that nobody counted. */
  #rest: UpdateContent | null = null;

  /** `carried`: how many edits an earlier page left unsent. */
  constructor(carried: number) {
    this.#waiting = Array<UpdateContent | null>(carried).fill(null);
  }

  get waiting(): number {
    return this.#waiting.length > 0 || !this.#rest ? this.#waiting.length : 1;
  }

  /** A new connection: only what this server says counts, from its first state vector on. */
  restart(vector: Uint8Array): void {
    this.#known = new Known();
    const structs = [...Y.decodeStateVector(vector)].map(([client, length]) => ({ client, clock: 0, length }));
    this.#known.add({ structs, deletes: [] });
  }

  /** An edit was made here. */
  made(update: Uint8Array): void {
    const content = readUpdate(update);
    // What another tab sent may have come back from the server before that tab told us.
    if (content && !this.#known.holds(content)) this.#waiting.push(content);
  }

  /** The server says that it has an update. */
  kept(update: Uint8Array): void {
    const content = readUpdate(update);
    if (content) this.#known.add(content);
    this.#settle();
  }

  /** The server has told all it had: `rest` is what it lacks of the document. True when that is nothing. */
  compare(rest: Uint8Array): boolean {
    const content = readUpdate(rest);
    this.#rest = content && !this.#known.holds(content) ? content : null;
    this.#waiting = this.#rest ? this.#waiting.map((each) => each ?? content) : [];
    this.#settle();
    return this.#rest === null;
  }

  #settle(): void {
    if (this.#rest && this.#known.holds(this.#rest)) this.#rest = null;
    this.#waiting = this.#waiting.filter((each) => each === null || !this.#known.holds(each));
  }
}
