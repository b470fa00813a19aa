/** Designs that were found in an archive or a folder, on their way into this device's. */
import type { Problem } from "#shared/result/index.ts";
import type { Designs } from "../stores/designs.svelte.ts";
import { makeDesign } from "../workers/designs/client.ts";
import type { BadFile, FoundDesign, FoundDesigns } from "../workers/folders/designs.ts";

/** What was found, and where. */
export interface FoundIn extends FoundDesigns {
  readonly name: string;
}

export class Found {
  readonly name: string;
  readonly designs: readonly (FoundDesign & { readonly key: string })[];
  readonly bad: readonly BadFile[];
  readonly #store: Designs;
  readonly #tell: (problem: Problem) => void;
  #done = $state.raw<number | null>(null);
  #cancelled = false;

  constructor({ name, designs, bad }: FoundIn, store: Designs, tell: (problem: Problem) => void) {
    this.name = name;
    this.designs = designs.map((design, at) => ({ ...design, key: String(at) }));
    this.bad = bad;
    this.#store = store;
    this.#tell = tell;
  }

  /** How many are kept so far; null while nothing is under way. */
  get done(): number | null {
    return this.#done;
  }

  /** Nothing more is kept. */
  cancel(): void {
    this.#cancelled = true;
  }

  /** Lays one out where it says nothing of places, stores it, and gives its id; null where that failed, which was told. */
  async keep({ name, parcel }: FoundDesign): Promise<string | null> {
    const made = await makeDesign(name, parcel, this.#tell);
    if (made.ok) return this.#store.store({ name, dialect: parcel.dialect, ...made.value });
    this.#tell(made.problem);
    return null;
  }

  /** Keeps all of them, until it is cancelled, and gives how many were. */
  async keepAll(): Promise<number> {
    let kept = 0;
    for (const [at, design] of this.designs.entries()) {
      if (this.#cancelled) break;
      this.#done = at;
      if ((await this.keep(design)) !== null) kept += 1;
    }
    this.#done = null;
    return kept;
  }
}
