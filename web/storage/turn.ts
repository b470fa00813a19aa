/**
 * Whose turn it is among the tabs of one browser, by a Web Lock: one tab has it, and when that tab is closed or dies, the browser
 * passes it on to the next.
 */
export interface Turn {
  /** Takes it from a tab that has it and does not answer. */
  take(): void;
  /** Gives it back, or stops waiting for it. */
  close(): void;
}

/** The lock manager of this page; null where the browser has none (pages that came without https). */
export const browserLocks = (): LockManager | null =>
  typeof navigator === "undefined" ? null : ((navigator as { readonly locks?: LockManager }).locks ?? null);

/** Waits for the turn. `on(true)` when it is had, `on(false)` when another tab took it, after which this one waits again. */
export function awaitTurn(locks: LockManager, name: string, on: (mine: boolean) => void): Turn {
  let closed = false;
  let release = (): void => undefined;
  let waiting = new AbortController();

  const ask = (steal: boolean): void => {
    const mine = (waiting = new AbortController());
    const hold = (): Promise<void> =>
      new Promise((resolve) => {
        if (closed || mine.signal.aborted) {
          resolve();
          return;
        }
        release = resolve;
        on(true);
      });
    locks.request(name, steal ? { steal } : { signal: mine.signal }, hold).catch(() => {
      // Given up by this tab, or taken by another.
      if (closed || mine.signal.aborted) return;
      on(false);
      ask(false);
    });
  };
  ask(false);

  return {
    take() {
      waiting.abort();
      ask(true);
    },
    close() {
      closed = true;
      waiting.abort();
      release();
    },
  };
}
