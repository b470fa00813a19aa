import type { Schema } from "#shared/model/index.ts";
import type { Origin } from "../../stores/connections.svelte.ts";

/** What a person took of a live database. */
export interface Taken {
  /** For a new design. */
  readonly name: string;
  readonly schema: Schema;
  /** Null where its answer was pasted: nobody here knows which server it was. */
  readonly origin: Origin | null;
}
