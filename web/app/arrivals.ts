/** What reaches the app from outside its window: files that the device opens with it, what is shared with it, its shortcuts. */
import type { App, DialogName } from "./app.svelte.ts";
import type { Source } from "./importing.svelte.ts";

const SHORTCUTS: readonly DialogName[] = ["import", "connect", "designs"];

/** Reads what came, files or what the address asks for, as if it had been dropped. `take` is where a drop ends. */
export async function attend(
  app: App,
  files: readonly FileSystemFileHandle[],
  take: (files: readonly File[]) => Promise<void>,
  begin: (source: Source) => void,
): Promise<void> {
  if (files.length > 0) {
    await Promise.all(files.map((handle) => handle.getFile())).then(take, () =>
      app.say("The file that was opened cannot be read. Was it moved or deleted?"),
    );
    return;
  }
  const asked = new URLSearchParams(location.search);
  const [opened, shortcut] = [asked.get("opened"), asked.get("do")];
  if (opened === null && shortcut === null) return;
  // Once: a reload does not ask again.
  history.replaceState(history.state, "", `/${location.hash}`);
  if (shortcut !== null) app.dialog = SHORTCUTS.find((name) => name === shortcut) ?? app.dialog;
  if (opened !== null) await takeShared(app, opened, begin);
}

/** What the service worker laid aside of a share. */
async function takeShared(app: App, id: string, begin: (source: Source) => void): Promise<void> {
  const shared = id === "nothing" || !("caches" in globalThis) ? undefined : await caches.match(`/opened/${id}`);
  if (!shared) {
    app.say("Nothing was shared that can be read here: share a file, or SQL as text.");
    return;
  }
  const name = decodeURIComponent(shared.headers.get("x-name") ?? "shared.sql");
  begin({ name, bytes: await shared.arrayBuffer() });
  if (Number(shared.headers.get("x-count")) > 1) app.say(`One file at a time: this is ${name}.`);
  await caches.delete("opened");
}
