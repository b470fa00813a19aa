/** The open design beside a live database: the design as its engine prints it, then what differs. */
import type { Ddl } from "#shared/dialects/dialect.ts";
import {
  changeScript,
  type ChangeScript,
  type Difference,
  drift,
  type DriftGroup,
  nearer,
  reversed,
  withNeeds,
} from "#shared/drift/index.ts";
import { adopt, type Change, type Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
import { openClient } from "./engines.ts";
import type { Project } from "./project.svelte.ts";

export class Comparison {
  readonly #project: Project;
  readonly #abort = new AbortController();
  #state = $state.raw<"comparing" | "done" | "stopped">("comparing");
  #groups = $state.raw<readonly DriftGroup[]>([]);
  #problems = $state.raw<readonly Problem[]>([]);
  #live: Schema | null = null;
  #ddl: Ddl | null = null;

  constructor(project: Project) {
    this.#project = project;
  }

  get state(): "comparing" | "done" | "stopped" {
    return this.#state;
  }
  get groups(): readonly DriftGroup[] {
    return this.#groups;
  }
  /** Why the design was compared as it was typed instead of as its engine prints it; empty when it was not. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Compares; tables and views of the names in `left` are not looked at. */
  async run(live: Schema, left: readonly string[]): Promise<void> {
    const { dialect, schema, mint } = this.#project;
    const client = openClient(dialect.id);
    const settled = await client.settle(schema, this.#abort.signal);
    this.#ddl = await dialect.ddl();
    client.close();
    if (this.#abort.signal.aborted) {
      this.#state = "stopped";
      return;
    }
    this.#problems = settled.problems;
    this.#live = adopt(live, settled.value, mint);
    this.#groups = drift(nearer(schema, settled.value, this.#live), this.#live, dialect, left);
    this.#state = "done";
  }

  /** The differences of these keys with those that they need. */
  taken(keys: ReadonlySet<string>): readonly Difference[] {
    return withNeeds(this.#groups, keys);
  }

  /** SQL that brings the database to the design in these differences. */
  script(ours: readonly Difference[]): ChangeScript | null {
    const changes: readonly Change[] = ours.map(({ change }) => reversed(change));
    return this.#live && this.#ddl && changeScript(this.#ddl, this.#live, changes);
  }

  stop(): void {
    this.#abort.abort();
  }
}
