/** Opens something on first use and once; a failure is tried again at the next use. */
export interface Lazy<T> {
  readonly get: () => Promise<T>;
  /** What was opened, if it was. */
  readonly opened: () => Promise<T | null>;
}

/** Makes a lazy value of `open`. */
export function lazy<T>(open: () => Promise<T>): Lazy<T> {
  let current: Promise<T> | null = null;
  return {
    get: () => {
      current ??= open().catch((error: unknown) => {
        current = null;
        throw error;
      });
      return current;
    },
    opened: async () => current,
  };
}
