/** What a browser offers a page that may be an app of the device: to install it, and a newer version of it. Small: loaded at once. */
import type { App } from "./app.svelte.ts";
import type { Source } from "./importing.svelte.ts";

interface InstallPrompt extends Event {
  readonly prompt: () => Promise<unknown>;
}

export class Device {
  #prompt = $state.raw<InstallPrompt | null>(null);
  /** Loads the newer version that waits; null while there is none. */
  update = $state.raw<(() => void) | null>(null);

  constructor() {
    window.addEventListener("beforeinstallprompt", (event) => {
      // The browser's own banner stays away: the menu and the start page have an entry instead.
      event.preventDefault();
      this.#prompt = event as InstallPrompt;
    });
    window.addEventListener("appinstalled", () => (this.#prompt = null));
  }

  /** Asks the browser to install the app; null where it is installed, or the browser does not offer it. */
  get install(): (() => void) | null {
    const prompt = this.#prompt;
    return (
      prompt &&
      (() => {
        // It may be asked once; the browser offers it again when it likes.
        this.#prompt = null;
        void prompt.prompt();
      })
    );
  }
}

/** https://developer.mozilla.org/en-US/docs/Web/API/LaunchQueue */
interface LaunchQueue {
  readonly setConsumer: (consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void) => void;
}

/** After the start, before the service worker is seen to: the first screen comes first. */
const AFTER_MS = 1_000;

/** Reads what comes from outside the window, now and later, and keeps the app on the device. `take` is where a drop ends. */
export function attendDevice(app: App, take: (files: readonly File[]) => Promise<void>, begin: (source: Source) => void): void {
  const arrive = async (files: readonly FileSystemFileHandle[]): Promise<void> => {
    const { attend } = await import("./arrivals.ts");
    await attend(app, files, take, begin);
  };
  (window as { readonly launchQueue?: LaunchQueue }).launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void arrive(files);
  });
  if (location.search !== "") void arrive([]);
  setTimeout(() => {
    // Not to be had: the app works, with network, and tries again at the next visit.
    import("./offline.ts").then(
      ({ keepOffline }) => keepOffline(app),
      () => undefined,
    );
  }, AFTER_MS);
}
