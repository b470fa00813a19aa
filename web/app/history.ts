/** The history of the open design, and a version of it shown in its place. Loaded once a design is on screen. */
import type { DesignDoc } from "#shared/doc/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { openVersions } from "../storage/versions.ts";
import type { Stores } from "../stores/context.ts";
import { History, type Version } from "../stores/history/history.svelte.ts";
import { Selection } from "../stores/selection.svelte.ts";
import type { App } from "./app.svelte.ts";

/** A version that is shown in the place of the design: the same editor over it, where nothing can be changed. */
export interface Looking {
  readonly version: Version;
  readonly stores: Stores;
  readonly close: () => void;
}

/** Opens the history of a design and begins to take versions. */
export function openHistory(app: App, { project, together }: Stores): History {
  const history = new History(project, together, openVersions());
  const updated = app.designs?.all.find(({ id }) => id === project.id)?.updated ?? 0;
  requestIdleCallback(() => void history.begin(updated), { timeout: 10_000 });
  return history;
}

/** Shows a version in the place of the design, which goes on behind it. */
export async function look(app: App, history: History, version: Version): Promise<Problem | null> {
  const opened = await history.open(version);
  if (!opened.ok) return opened.problem;
  const real = app.design;
  if (real?.project !== history.project) return null;
  // What could be undone there is not what is seen now.
  app.silence();
  app.look({ version, ...shownIn(real, opened.value) });
  return null;
}

function shownIn(real: Stores, design: DesignDoc): Omit<Looking, "version"> {
  const project = real.project.version(design);
  const together = real.together.nobody(project);
  // The camera stays where it is, so that what changed can be seen; the engine goes on from what it proved last.
  return { stores: { ...real, project, together, selection: new Selection() }, close: () => void project.close() };
}
