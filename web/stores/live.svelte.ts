/** One conversation with a live database: a look, then a reading, each with its progress, its end and a cancel. */
import type { Live } from "#shared/dialects/dialect.ts";
import { dialects } from "#shared/dialects/index.ts";
import type { Problem, Result } from "#shared/result/index.ts";
import { type Found, introspect, type Introspected, look, type Progress, readPolicy } from "../storage/live.ts";
import { type Connection, type Connections, fieldsOf, type Secrets } from "./connections.svelte.ts";

export type { Found, Introspected } from "../storage/live.ts";

/** A dialect whose databases can be reached, and how. */
export interface Reachable {
  readonly id: string;
  readonly label: string;
  readonly live: Live;
}

/** All dialects whose databases can be reached. */
export async function reachable(): Promise<readonly Reachable[]> {
  const found = await Promise.all(
    Object.values(dialects).map(async ({ id, label, live }) => (live === null ? [] : [{ id, label, live: await live() }])),
  );
  return found.flat();
}

export { readPolicy };

export class LiveReading {
  readonly #connections: Connections;
  #abort: AbortController | null = null;
  #state = $state.raw<"idle" | "looking" | "reading">("idle");
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #found = $state.raw<Found | null>(null);

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  get state(): "idle" | "looking" | "reading" {
    return this.#state;
  }
  get progress(): Progress | null {
    return this.#progress;
  }
  /** Why the last look or reading failed. */
  get problem(): Problem | null {
    return this.#problem;
  }
  /** What the last look found. */
  get found(): Found | null {
    return this.#found;
  }

  /** Forgets what the last look said: the fields have changed. */
  clear(): void {
    this.#problem = null;
    this.#found = null;
  }

  /** Tries a connection; gives what is there, or null. */
  async look(connection: Connection, type: string, secrets: Secrets): Promise<Found | null> {
    const found = await this.#run("looking", (signal) => look(fieldsOf(connection, type, secrets, []), signal));
    this.#found = found;
    return found;
  }

  /** Reads the whole model; a connection that worked is remembered, without its password. */
  async read(
    connection: Connection,
    type: string,
    secrets: Secrets,
    namespaces: readonly string[],
  ): Promise<Introspected | null> {
    const fields = fieldsOf(connection, type, secrets, namespaces);
    const read = await this.#run("reading", (signal) =>
      introspect(
        fields,
        (progress) => {
          this.#progress = progress;
        },
        signal,
      ),
    );
    if (read) this.#connections.remember({ ...connection, dialect: read.schema.dialect });
    return read;
  }

  cancel(): void {
    this.#abort?.abort();
  }

  async #run<T>(state: "looking" | "reading", work: (signal: AbortSignal) => Promise<Result<T>>): Promise<T | null> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#state = state;
    this.#progress = null;
    this.clear();
    const result = await work(abort.signal);
    // A later call has taken over.
    if (this.#abort !== abort) return null;
    this.#state = "idle";
    if (!result.ok && result.problem.code !== "live.cancelled") this.#problem = result.problem;
    return result.ok ? result.value : null;
  }
}
