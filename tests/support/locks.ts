/** The browser's Web Locks for tests in Node, which has none: exclusive locks, queued, stolen, and freed when a tab is killed. */
interface Request {
  readonly tab: object;
  readonly run: () => Promise<unknown>;
  readonly refuse: (reason: unknown) => void;
  readonly end: () => void;
}

export interface TabLocks {
  readonly locks: LockManager;
  /** What the browser does when the tab dies. */
  readonly kill: () => void;
}

const aborted = (): DOMException => new DOMException("The lock was given up.", "AbortError");

/** One browser; each call of what it gives is a tab of it. */
export function browserWithLocks(): () => TabLocks {
  const queues = new Map<string, Request[]>();
  const held = new Map<string, Request>();

  const next = (name: string): void => {
    const request = held.has(name) ? undefined : queues.get(name)?.shift();
    if (!request) return;
    held.set(name, request);
    void request.run().then(() => {
      if (held.get(name) === request) held.delete(name);
      request.end();
      next(name);
    });
  };

  return () => {
    const tab = {};
    const request = (name: string, options: LockOptions, callback: () => Promise<unknown>): Promise<void> =>
      new Promise((end, refuse) => {
        const mine: Request = { tab, run: async () => callback(), refuse, end };
        const queue = queues.get(name) ?? [];
        queues.set(name, queue);
        if (options.steal === true) {
          held.get(name)?.refuse(aborted());
          held.delete(name);
          queue.unshift(mine);
        } else queue.push(mine);
        options.signal?.addEventListener("abort", () => {
          if (!queue.includes(mine)) return;
          queue.splice(queue.indexOf(mine), 1);
          refuse(aborted());
        });
        queueMicrotask(() => next(name));
      });
    const kill = (): void => {
      for (const queue of queues.values()) queue.splice(0, queue.length, ...queue.filter((each) => each.tab !== tab));
      for (const [name, request] of held)
        if (request.tab === tab) {
          held.delete(name);
          next(name);
        }
    };
    return { locks: { request } as unknown as LockManager, kill };
  };
}
