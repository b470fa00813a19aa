/** Sessions that wait a short while for the next question with the very same credentials, then close. */
import type { LiveSession } from "./session.ts";

/** Sessions that wait at a time, for one key and in all. */
const MOST_PER_KEY = 2;
const MOST = 50;

interface Waiting {
  readonly key: string;
  readonly session: LiveSession;
  readonly timer: NodeJS.Timeout;
}

export class Pool {
  #waiting: readonly Waiting[] = [];
  #closed = false;
  readonly #idleMs: number;

  /** `idleMs`: how long a session waits. */
  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  /** A session that waits under the key, or null. Whoever takes one puts it back. */
  take(key: string): LiveSession | null {
    const found = this.#waiting.find((one) => one.key === key && one.session.alive());
    if (!found) return null;
    this.#remove(found);
    return found.session;
  }

  put(key: string, session: LiveSession): void {
    const full = this.#waiting.length >= MOST || this.#waiting.filter((one) => one.key === key).length >= MOST_PER_KEY;
    if (this.#closed || full || !session.alive()) {
      session.close();
      return;
    }
    const timer = setTimeout(() => {
      this.#remove(waiting);
      session.close();
    }, this.#idleMs);
    timer.unref();
    const waiting: Waiting = { key, session, timer };
    this.#waiting = [...this.#waiting, waiting];
  }

  /** Closes what waits under the key. */
  drop(key: string): void {
    for (let session = this.take(key); session; session = this.take(key)) session.close();
  }

  /** Closes all that wait and all that are put back later. */
  close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting) {
      clearTimeout(waiting.timer);
      waiting.session.close();
    }
    this.#waiting = [];
  }

  #remove(gone: Waiting): void {
    clearTimeout(gone.timer);
    this.#waiting = this.#waiting.filter((one) => one !== gone);
  }
}
