/** The stores of one design: made when it is opened, closed in the order in which none misses another. */
import type { DesignDatabase } from "../storage/database.ts";
import type { Preferences } from "../storage/preferences.ts";
import type { Stores } from "../stores/context.ts";
import { openClient } from "../stores/engines.ts";
import { Listing } from "../stores/listing.svelte.ts";
import type { Person } from "../stores/person.svelte.ts";
import type { Project } from "../stores/project.svelte.ts";
import { Proof } from "../stores/proof.svelte.ts";
import { Selection } from "../stores/selection.svelte.ts";
import type { Settings } from "../stores/settings.svelte.ts";
import { Talk } from "../stores/talk.svelte.ts";
import { Together } from "../stores/together.svelte.ts";
import { View } from "../stores/view.svelte.ts";

/** What all designs of the device share. */
interface Shared {
  readonly preferences: Preferences;
  readonly settings: Settings;
  readonly person: Person;
}

/** Those of a design that was opened. */
export async function openStores(database: DesignDatabase, project: Project, shared: Shared): Promise<Stores> {
  const { preferences, settings, person } = shared;
  const together = new Together(database, project, person);
  await together.open();
  const [selection, view] = [new Selection(), new View(preferences, project.id)];
  return {
    project,
    together,
    selection,
    view,
    talk: new Talk(settings, async () => {
      const { Comments } = await import("../stores/comments.svelte.ts");
      return Comments.open({ database, preferences, project, together, selection, view });
    }),
    proof: new Proof(openClient(project.dialect.id)),
    listing: new Listing(preferences, project.id),
    settings,
  };
}

/** Ends them; what is not on the device yet is written first. */
export async function closeStores({ proof, talk, together, project }: Stores): Promise<void> {
  proof.close();
  await talk.close();
  together.close();
  await project.close();
}
