/** A proof on the operator's scratch server: of a file beside the design that was read of it, or of the SQL of a design. */
import type { Ran, ScratchProgress } from "#shared/api/scratch.ts";
import { MOST_CHARACTERS } from "#shared/api/scratch-limits.ts";
import { dialectOf } from "#shared/dialects/index.ts";
import { drift, type DriftGroup } from "#shared/drift/index.ts";
import { adopt } from "#shared/model/index.ts";
import { fail, ok, problem, type Problem, type Result } from "#shared/result/index.ts";
import { prove } from "../storage/scratch.ts";
import type { Definitions } from "../workers/database.ts";

export { readScratch } from "../storage/scratch.ts";

export interface ScratchVerdict {
  /** `MariaDB 11.8.2`. */
  readonly engine: string;
  readonly seconds: number;
  /** Statements of the file that were run. */
  readonly statements: number;
  readonly refused: number;
  /** What was refused and not run of the file. */
  readonly problems: readonly Problem[];
  /** What was refused of our SQL for the design. */
  readonly ours: readonly Problem[];
  /** How what the server made of the file differs from what it made of the design. */
  readonly differences: readonly DriftGroup[];
}

const refusals = (problems: readonly Problem[]): readonly Problem[] => problems.filter(({ severity }) => severity === "error");

/** Both are printed by one server: what differs is none of its ways to write a thing. */
function differencesOf(file: Ran, design: Ran): readonly DriftGroup[] {
  const dialect = dialectOf(file.schema.dialect);
  return dialect ? drift(design.schema, adopt(file.schema, design.schema, null), dialect) : [];
}

export class ScratchProof {
  #abort: AbortController | null = null;
  #state = $state.raw<"idle" | "preparing" | "running">("idle");
  #progress = $state.raw<ScratchProgress | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #verdict = $state.raw<ScratchVerdict | null>(null);

  get state(): "idle" | "preparing" | "running" {
    return this.#state;
  }
  get progress(): ScratchProgress | null {
    return this.#progress;
  }
  /** Why the last one came to no verdict. */
  get problem(): Problem | null {
    return this.#problem;
  }
  get verdict(): ScratchVerdict | null {
    return this.#verdict;
  }

  cancel(): void {
    this.#abort?.abort();
  }

  async run(name: string, prepare: (signal: AbortSignal) => Promise<Result<Definitions>>): Promise<void> {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    this.#state = "preparing";
    this.#progress = null;
    this.#problem = null;
    this.#verdict = null;
    const definitions = await prepare(abort.signal);
    const proved =
      definitions.ok && !abort.signal.aborted ? await this.#prove(name, definitions.value, abort.signal) : definitions;
    if (this.#abort !== abort) return;
    this.#state = "idle";
    if (abort.signal.aborted) return;
    if (!proved.ok) this.#problem = proved.problem;
    else if ("seconds" in proved.value) this.#verdict = proved.value;
  }

  async #prove(name: string, { file, design }: Definitions, signal: AbortSignal): Promise<Result<ScratchVerdict>> {
    const long = Math.max(file.length, design.length);
    if (long > MOST_CHARACTERS) {
      const [size, limit] = [long, MOST_CHARACTERS].map((count) => Math.ceil(count / 1024 / 1024));
      return fail(problem("input.too-large", "error", { name, size: size ?? 0, limit: limit ?? 0 }));
    }
    this.#state = "running";
    const texts = file === design ? [design] : [file, design];
    const proved = await prove(texts, (progress) => (this.#progress = progress), signal);
    if (!proved.ok) return proved;
    const { engine, milliseconds, ran } = proved.value;
    const [first, second = first] = ran;
    if (!first || !second) return fail(problem("scratch.lost", "error"));
    return ok({
      engine,
      seconds: milliseconds / 1000,
      statements: first.statements,
      refused: first.refused,
      problems: first.problems.filter(({ code }) => code !== "import.data-set-aside"),
      ours: first === second ? [] : refusals(second.problems),
      differences: differencesOf(first, second),
    });
  }
}
