/**
 * The page's end of any worker: what is asked of it ends in one of four ways, none of them a throw. Whoever opened a line ends it;
 * after anything but an answer the worker cannot be trusted and must be ended.
 */
import { wrap } from "comlink";

/** `Remote` is the service as it is called from here: every method gives a promise. */
export interface Line<Remote> {
  readonly remote: Remote;
  /** Resolves with the reason when the worker dies. */
  readonly died: Promise<string>;
  /** Ends the worker at once, whatever it is doing. */
  end(): void;
}

export type Ending<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "crashed"; readonly message: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "silent"; readonly seconds: number };

export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** How long an answer may take, milliseconds. */
  readonly ms?: number | undefined;
}

export function openLine<Remote>(start: () => Worker): Line<Remote> {
  const worker = start();
  const died = new Promise<string>((resolve) => {
    worker.addEventListener("error", (event) => resolve(event.message || "the worker could not be loaded"));
    worker.addEventListener("messageerror", () => resolve("a message could not be read"));
  });
  return { remote: wrap(worker) as unknown as Remote, died, end: () => worker.terminate() };
}

/** Runs a task on a line until it answers, the worker dies, the caller gives up, or the time is over. */
export async function ask<Remote, T>(
  { remote, died }: Line<Remote>,
  task: (remote: Remote) => Promise<T>,
  { signal, ms }: Patience = {},
): Promise<Ending<T>> {
  if (signal?.aborted) return { kind: "cancelled" };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp: (() => void) | undefined;
  const stopped = new Promise<Ending<T>>((resolve) => {
    giveUp = () => resolve({ kind: "cancelled" });
    signal?.addEventListener("abort", giveUp);
    if (ms !== undefined) timer = setTimeout(() => resolve({ kind: "silent", seconds: ms / 1000 }), ms);
  });
  const crashed = died.then((message): Ending<T> => ({ kind: "crashed", message }));
  try {
    const answered = task(remote).then((value): Ending<T> => ({ kind: "answered", value }));
    return await Promise.race([answered, crashed, stopped]);
  } catch (error) {
    // A service returns what it expects to fail; what it throws is its end.
    return { kind: "crashed", message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
    if (giveUp) signal?.removeEventListener("abort", giveUp);
  }
}

/** One task in a worker of its own, which ends with it. */
export async function askOnce<Remote, T>(
  start: () => Worker,
  task: (remote: Remote) => Promise<T>,
  patience: Patience = {},
): Promise<Ending<T>> {
  if (patience.signal?.aborted) return { kind: "cancelled" };
  const line = openLine<Remote>(start);
  try {
    return await ask(line, task, patience);
  } finally {
    line.end();
  }
}
