/** A version of the open design is taken before something large is done to it. */
import type { Why } from "../stores/history/recorder.ts";
import type { App } from "./app.svelte.ts";

/** Waits for nothing but the bytes of the moment; where there is no history, the step is taken all the same. */
export async function keepBefore(app: App, why: Why): Promise<void> {
  const history = await app.history()?.catch(() => null);
  history?.before(why);
}
