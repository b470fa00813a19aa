/** A signal that aborts with another one or after a time, whichever comes first. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True once the time, not the other signal, ended it. */
  readonly late: () => boolean;
  /** Lets go of timer and signal. */
  readonly clear: () => void;
}

/** Held by its timer until it is cleared: Node 20 collects `AbortSignal.any([AbortSignal.timeout()])` before it has fired. */
export function deadlineOf(other: AbortSignal | null, milliseconds: number): Deadline {
  const controller = new AbortController();
  let late = false;
  const gone = (): void => {
    controller.abort();
  };
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, milliseconds);
  if (other?.aborted) gone();
  other?.addEventListener("abort", gone, { once: true });
  return {
    signal: controller.signal,
    late: () => late,
    clear: () => {
      clearTimeout(timer);
      other?.removeEventListener("abort", gone);
    },
  };
}
