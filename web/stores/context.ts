/** The stores of the open design, handed from the app to every component below it. */
import { createContext } from "svelte";
import type { Listing } from "./listing.svelte.ts";
import type { Project } from "./project.svelte.ts";
import type { Proof } from "./proof.svelte.ts";
import type { Selection } from "./selection.svelte.ts";
import type { Settings } from "./settings.svelte.ts";
import type { Talk } from "./talk.svelte.ts";
import type { Together } from "./together.svelte.ts";
import type { View } from "./view.svelte.ts";

export interface Stores {
  readonly project: Project;
  readonly selection: Selection;
  readonly view: View;
  readonly proof: Proof;
  readonly listing: Listing;
  readonly settings: Settings;
  readonly together: Together;
  readonly talk: Talk;
}

export const [getStores, setStores] = createContext<Stores>();
