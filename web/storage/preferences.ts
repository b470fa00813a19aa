/** Small choices that are remembered on this device. Where storage is blocked they last as long as the page. */
export interface Preferences {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export function browserPreferences(prefix = "drawbridge."): Preferences {
  const session = new Map<string, unknown>();
  return {
    get(key) {
      if (session.has(key)) return session.get(key);
      try {
        const text = localStorage.getItem(prefix + key);
        return text === null ? null : (JSON.parse(text) as unknown);
      } catch {
        return null;
      }
    },
    set(key, value) {
      session.set(key, value);
      try {
        localStorage.setItem(prefix + key, JSON.stringify(value));
      } catch {
        // Blocked or full: the choice lasts as long as the page.
      }
    },
  };
}

/** Asks the browser to keep what is stored here. False when it does not promise to. */
export async function askToPersist(): Promise<boolean> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  if (!storage?.persist) return false;
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return false;
  }
}
