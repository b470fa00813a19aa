/**
 * When a version of the open design is taken by itself: every ten minutes of editing, when editing pauses, when the page is left, and
 * before a large step. It only decides and hands over the bytes of the moment; it never waits and nobody waits for it.
 */
import * as Y from "yjs";

/** What a version was taken for. */
export type Why = "first" | "working" | "pause" | "leaving" | "import" | "database" | "restore" | "named";

const EVERY_MS = 10 * 60_000;
const PAUSE_MS = 3 * 60_000;
/** Who looks at another tab after a few seconds of work has not ended it. */
const LEAVING_MS = 60_000;

/** The bytes of a moment, and who wrote since the last one: empty for a person of this device without a name. */
export interface Moment {
  readonly state: Uint8Array;
  readonly why: Why;
  readonly authors: readonly string[];
}

export interface RecorderParts {
  readonly doc: Y.Doc;
  /** What the person of this device is called; empty without a name. */
  readonly me: () => string;
  /** The name of someone else by their client of the document; null for one who is not known. */
  readonly nameOf: (client: number) => string | null;
  readonly keep: (moment: Moment) => Promise<void>;
  /** Runs it when the page has nothing better to do. */
  readonly whenIdle: (run: () => void) => void;
}

export class Recorder {
  readonly #parts: RecorderParts;
  readonly #authors = new Set<string>();
  #dirty = false;
  /** When the first edit was made that no version holds. */
  #since = 0;
  #waiting = false;
  #closed = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    parts.doc.on("update", this.#edited);
  }

  readonly #edited = (
    _update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    { local, beforeState, afterState }: Y.Transaction,
  ): void => {
    if (!this.#dirty) this.#since = Date.now();
    this.#dirty = true;
    this.#sign(local, origin, beforeState, afterState);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#soon("pause"), PAUSE_MS);
    if (Date.now() - this.#since >= EVERY_MS) this.#soon("working");
  };

  /** Edits carry the clients that made them. Another tab of this browser hands over what it stored under a symbol. */
  #sign(local: boolean, origin: unknown, before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): void {
    const { doc, me, nameOf } = this.#parts;
    if (local) return void this.#authors.add(me());
    for (const [client, clock] of after) {
      if (clock === (before.get(client) ?? 0)) continue;
      const name = client === doc.clientID || typeof origin === "symbol" ? me() : nameOf(client);
      if (name !== null) this.#authors.add(name);
    }
  }

  #soon(why: Why): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#parts.whenIdle(() => {
      this.#waiting = false;
      if (this.#dirty && !this.#closed) void this.take(why);
    });
  }

  /** Takes the moment, whether anything was edited or not: whoever keeps it knows whether it is another one. */
  take(why: Why): Promise<void> {
    clearTimeout(this.#pause);
    const authors = [...this.#authors];
    this.#authors.clear();
    this.#dirty = false;
    return this.#parts.keep({ state: Y.encodeStateAsUpdate(this.#parts.doc), why, authors });
  }

  /** The page is not seen any more: it may not come back. */
  hidden(): void {
    if (this.#dirty && Date.now() - this.#since >= LEAVING_MS) void this.take("leaving");
  }

  /** Takes what was edited last; the document may go at once. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const last = this.#dirty ? this.take("leaving") : null;
    this.#closed = true;
    clearTimeout(this.#pause);
    this.#parts.doc.off("update", this.#edited);
    await last;
  }
}
