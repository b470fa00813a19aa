/** A folder of migrations on its way in: recognised, replayed in its engine, a state of it taken as a design with a history. */
import type { ReplayProgress } from "#shared/migrations/index.ts";
import { problem, type Problem } from "#shared/result/index.ts";
import { mint } from "../mint.ts";
import { openVersions } from "../storage/versions.ts";
import type { Designs } from "../stores/designs.svelte.ts";
import { openClient } from "../stores/engines.ts";
import type { Settings } from "../stores/settings.svelte.ts";
import type { DatabaseClient, ReplayTold, StepTold } from "../workers/database.ts";
import { makeDesign, makeOthers } from "../workers/designs/client.ts";
import { readFolder } from "../workers/folders/client.ts";
import type { FolderRead, MigrationsRead } from "../workers/folders/service.ts";
import type { Parcel } from "../workers/parcel.ts";
import { type Folder, readFiles } from "./folders.ts";

/** So many of the last states become versions; a person may name as many again. */
const MOST_VERSIONS = 50;
const SECOND = 1000;

/** A step as it is shown. */
export interface ShownStep extends StepTold {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly when: string | null;
  readonly path: string;
}

/** What a version or a sentence calls a migration. */
const calledOf = ({ version, name }: Pick<ShownStep, "version" | "name">): string =>
  [version, name].filter((part, at, all) => part !== "" && all.indexOf(part) === at).join(" ");

/** What a folder may hold instead. */
export type Other = Exclude<FolderRead, MigrationsRead>;

export class Migrating {
  readonly name: string;
  readonly #folder: Folder;
  readonly #designs: Designs;
  readonly #settings: Pick<Settings, "importDialect" | "setImportDialect">;
  #abort = new AbortController();
  #client: DatabaseClient | null = null;
  #state = $state.raw<"reading" | "running" | "done" | "failed">("reading");
  readonly #onother: (other: Other) => void;
  #read = $state.raw<MigrationsRead | null>(null);
  #progress = $state.raw<ReplayProgress | null>(null);
  #replayed = $state.raw<ReplayTold | null>(null);
  #problems = $state.raw<readonly Problem[]>([]);
  readonly #steps = $derived.by((): readonly ShownStep[] =>
    (this.#replayed?.steps ?? []).map((told, at) => {
      const { name = "", version = "", when = null, path = "" } = this.#read?.set.steps[at] ?? {};
      return { ...told, key: String(at), name, version, when, path };
    }),
  );

  /** `onother`: hears of what is there where no migrations are. */
  constructor(
    folder: Folder,
    designs: Designs,
    settings: Pick<Settings, "importDialect" | "setImportDialect">,
    onother: (other: Other) => void,
  ) {
    this.name = folder.name;
    this.#folder = folder;
    this.#designs = designs;
    this.#settings = settings;
    this.#onother = onother;
  }

  get state(): "reading" | "running" | "done" | "failed" {
    return this.#state;
  }
  /** `Prisma`; null while it is not recognised. */
  get tool(): string | null {
    return this.#read?.set.label ?? null;
  }
  get base(): string {
    return this.#read?.set.base ?? "";
  }
  /** How many migrations there are. */
  get count(): number {
    return this.#read?.set.steps.length ?? 0;
  }
  get dialect(): string | null {
    return this.#read?.dialect ?? null;
  }
  /** The engine that they were run in; null where none of the dialect runs here. */
  get engine(): string | null {
    return this.#replayed?.engine ?? null;
  }
  get progress(): ReplayProgress | null {
    return this.#progress;
  }
  get steps(): readonly ShownStep[] {
    return this.#steps;
  }
  /** Of the folder as a whole; why it failed, where it did. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** `dialect`: what a person says they are of; null to recognise it. */
  async run(dialect: string | null): Promise<void> {
    this.cancel();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#state = "reading";
    this.#progress = null;
    this.#replayed = null;
    if (dialect !== null) this.#settings.setImportDialect(dialect);
    const input = await readFiles(this.#folder, signal);
    if (signal.aborted) return;
    if (!input.ok) return this.#fail([input.problem]);
    const { value, problems } = await readFolder(input.value, { dialect, chosen: this.#settings.importDialect }, signal);
    if (signal.aborted) return;
    this.#problems = problems;
    if (!value) return this.#fail(problems);
    if (value.kind !== "migrations") return this.#onother(value);
    this.#read = value;
    await this.#replay(value, problems, signal);
  }

  async #replay({ set, dialect }: MigrationsRead, problems: readonly Problem[], signal: AbortSignal): Promise<void> {
    this.#state = "running";
    const client = (this.#client = openClient(dialect));
    const replayed = await client.replay(
      set.steps,
      (progress) => {
        if (!signal.aborted) this.#progress = progress;
      },
      signal,
    );
    if (signal.aborted) return;
    if (!replayed.ok) return this.#fail([replayed.problem]);
    this.#replayed = replayed.value;
    this.#problems = [...problems, ...replayed.value.problems];
    this.#state = "done";
  }

  #fail(problems: readonly Problem[]): void {
    this.#problems = problems;
    this.#state = "failed";
  }

  /** Ends what is under way, and lets go of the states. */
  cancel(): void {
    this.#abort.abort();
    this.#client?.close();
    this.#client = null;
  }

  /**
   * Stores the state after a step as a design, and gives its id; null where that failed, which `tell` hears of. `history`: the states
   * before become versions of it, each named by its migration.
   */
  async finish(at: number, history: boolean, tell: (problem: Problem) => void): Promise<string | null> {
    const places = history ? this.#versionsUpTo(at) : [];
    const states = await this.#client?.states([at, ...places]);
    const [parcel, ...others] = states?.ok ? states.value : [];
    if (!parcel) {
      if (states && !states.ok) tell(states.problem);
      return null;
    }
    const name = this.name.replace(/\.zip$/i, "") || "Untitled";
    const made = await makeDesign(name, parcel, tell);
    if (!made.ok) {
      tell(made.problem);
      return null;
    }
    const id = await this.#designs.store({ name, dialect: parcel.dialect, ...made.value });
    const lost = await this.#keep(id, { name, update: made.value.update, parcels: others, places });
    if (lost) tell(lost);
    return id;
  }

  /** The steps that changed something, up to one of them: the last ones. */
  #versionsUpTo(at: number): readonly number[] {
    return this.#steps
      .flatMap(({ comparison }, place) => (place <= at && comparison.groups.length > 0 ? [place] : []))
      .slice(-MOST_VERSIONS);
  }

  /** Keeps states as versions on this device, in their order; the design is there whether that works or not. */
  async #keep(
    design: string,
    of: {
      readonly name: string;
      readonly update: Uint8Array;
      readonly parcels: readonly Parcel[];
      readonly places: readonly number[];
    },
  ): Promise<Problem | null> {
    if (of.places.length === 0) return null;
    const made = await makeOthers(of.name, of.update, of.parcels);
    if (!made.ok) return made.problem;
    const versions = openVersions();
    const now = Date.now();
    try {
      for (const [at, state] of made.value.entries()) {
        const step = this.#steps[of.places[at] ?? -1];
        // A second apart, so that they stand in the order of their migrations.
        const taken = now - (made.value.length - at) * SECOND;
        const name = step ? calledOf(step).slice(0, 200) : "";
        await versions.add({ id: mint(), design, at: taken, name, authors: [], why: "migration" }, state);
      }
      return null;
    } catch (error) {
      // An edge: what the browser's database throws is one problem.
      return problem("storage.failed", "error", { message: error instanceof Error ? error.message : String(error) });
    }
  }
}
