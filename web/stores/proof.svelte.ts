/** The engine's verdict on the open design, always on its newest state. */
import type { Schema } from "#shared/model/index.ts";
import type { Problem } from "#shared/result/index.ts";
import type { DatabaseClient } from "../workers/database.ts";
import type { ProofStore, Refusal } from "./api.ts";

export class Proof implements ProofStore {
  readonly #client: DatabaseClient;
  #state = $state.raw<ProofStore["state"]>("idle");
  #engine = $state.raw<string | null>(null);
  #ms = $state.raw<number | null>(null);
  #refusals = $state.raw<readonly Refusal[]>([]);
  #problem = $state.raw<Problem | null>(null);
  readonly #byId = $derived(index(this.#refusals));
  #wanted: Schema | null = null;
  #last: Schema | null = null;
  #running = false;

  constructor(client: DatabaseClient) {
    this.#client = client;
  }

  get state(): ProofStore["state"] {
    return this.#state;
  }
  get engine(): string | null {
    return this.#engine;
  }
  get ms(): number | null {
    return this.#ms;
  }
  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  about(id: string): readonly Refusal[] {
    return this.#byId.get(id) ?? [];
  }

  /** Asks for a verdict. While one is under way only the newest design waits. */
  prove(schema: Schema): void {
    if (schema === this.#last && this.#state !== "unavailable") return;
    this.#wanted = schema;
    if (!this.#running) void this.#run();
  }

  retry(): void {
    this.#wanted ??= this.#last;
    if (!this.#running) void this.#run();
  }

  close(): void {
    this.#wanted = null;
    this.#client.close();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let schema = this.#take(); schema; schema = this.#take()) {
      this.#state = this.#engine === null ? "starting" : "running";
      let answer = await this.#client.prove(schema);
      let crash: Problem | null = null;
      if (!answer.ok && answer.problem.code === "engine.crashed") {
        // Started again at once, with what is newest; a second crash is the design's.
        crash = answer.problem;
        schema = this.#take() ?? schema;
        answer = await this.#client.prove(schema);
      }
      this.#last = schema;
      if (!answer.ok) {
        this.#problem = crash ? { ...answer.problem, code: "engine.crashed-again" } : answer.problem;
        this.#engine = null;
        this.#state = answer.problem.code === "engine.absent" ? "absent" : "unavailable";
        continue;
      }
      const { engine, ms, refusals } = answer.value;
      this.#problem = crash;
      this.#engine = engine;
      this.#ms = ms;
      this.#refusals = refusals;
      this.#state = refusals.length === 0 ? "accepted" : "refused";
      performance.mark("design-proved", { detail: { ok: refusals.length === 0, ms } });
    }
    this.#running = false;
  }

  #take(): Schema | null {
    const schema = this.#wanted;
    this.#wanted = null;
    return schema;
  }
}

/** Refusals by the entity they are about, and by the table it belongs to. */
function index(refusals: readonly Refusal[]): ReadonlyMap<string, readonly Refusal[]> {
  const found = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    const about = refusal.problem.about ?? refusal.about;
    for (const id of new Set([about?.id, about?.ownerId, refusal.about?.id, refusal.about?.ownerId])) {
      if (id === null || id === undefined) continue;
      const list = found.get(id);
      if (list) list.push(refusal);
      else found.set(id, [refusal]);
    }
  }
  return found;
}
