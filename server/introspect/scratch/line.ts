/**
 * Who waits for the scratch server. One file is on it at a time: nothing of another person's is there to be found while a stranger's
 * file is run. A person stands in the line once.
 */

/** Most that wait. */
const MOST = 8;

export interface Turn {
  /** Resolves when nobody is before. */
  readonly come: Promise<void>;
  readonly leave: () => void;
}

export class Line {
  readonly #callers = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  get empty(): boolean {
    return this.#callers.size === 0;
  }

  /** A place in the line; null where the caller has one, or it is full. Whoever has one leaves it. */
  enter(caller: string): Turn | null {
    if (this.#callers.has(caller) || this.#callers.size > MOST) return null;
    this.#callers.add(caller);
    const come = this.#last;
    let leave = (): void => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    this.#last = come.then(() => left);
    return {
      come,
      leave: () => {
        this.#callers.delete(caller);
        leave();
      },
    };
  }
}
