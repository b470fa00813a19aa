/** A dialog's code could not be fetched: it is closed, and that is said. */
import type { App } from "./app.svelte.ts";

/** For the `catch` of a template's `await`; gives the nothing that is shown in its place. */
export function fell(app: App, error: unknown): string {
  queueMicrotask(() => {
    app.dialog = null;
    app.say(`This could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
  });
  return "";
}
