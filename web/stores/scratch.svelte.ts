/** A proof on the operator's scratch server: of a file beside the design that was read of it, or of the SQL of a design. */
import type { Ran, ScratchProgress } from "#shared/api/scratch.ts";
import { MOST_CHARACTERS } from "#shared/api/scratch-limits.ts";
import { dialectOf } from "#shared/dialects/index.ts";
import { drift, type DriftGroup } from "#shared/drift/index.ts";
import { adopt, type Schema, type Table, type Verbatim, type View } from "#shared/model/index.ts";
import { differencesButSpelling } from "#shared/proof/index.ts";
import { fail, ok, problem, type Problem, type Result } from "#shared/result/index.ts";
import { prove } from "../storage/scratch.ts";
import type { Definitions } from "../workers/database.ts";
import { unpack } from "../workers/parcel.ts";
import { openClient } from "./engines.ts";

export { readScratch } from "../storage/scratch.ts";

/** What a server's answers say of the design. */
interface Compared {
  /** What was refused of our SQL for the design, where that was run beside a file. */
  readonly ours: readonly Problem[];
  readonly differences: readonly DriftGroup[];
  /** The same as sentences, where two engines' spellings were compared. */
  readonly different: readonly Problem[];
}

/** What is run, and what comes of it. */
export interface Asked {
  readonly texts: readonly string[];
  readonly compare: (ran: readonly Ran[]) => Compared;
}

export interface ScratchVerdict extends Compared {
  /** `MariaDB 11.8.2`. */
  readonly engine: string;
  readonly seconds: number;
  /** Statements of the first text that were run. */
  readonly statements: number;
  readonly refused: number;
  /** What was refused and not run of it. */
  readonly problems: readonly Problem[];
}

const NOTHING: Compared = { ours: [], differences: [], different: [] };

/** A file beside the design that was read of it. Both are printed by one server: what differs is none of its ways to write a thing. */
export function fileBeside({ file, design }: Definitions): Asked {
  return {
    texts: [file, design],
    compare: ([first, second]) => {
      const dialect = first && dialectOf(first.schema.dialect);
      if (!first || !second || !dialect) return NOTHING;
      return {
        ...NOTHING,
        ours: second.problems.filter(({ severity }) => severity === "error"),
        differences: drift(second.schema, adopt(first.schema, second.schema, null), dialect),
      };
    },
  };
}

/**
 * A design with the server's spelling of what is kept as text, and its choice where the design leaves one to it. That text is what was
 * sent: whether the server has it is the question, not how it prints it.
 */
function spelledAs(designed: Schema, readBack: Schema): Schema {
  const { tables, views, verbatim } = adopt(readBack, designed, null);
  const options = new Map<string, Table["options"]>(tables.map((one) => [one.id, one.options]));
  const view = new Map<string, View>(views.map((one) => [one.id, one]));
  const text = new Map<string, Verbatim>(verbatim.map((one) => [one.id, one]));
  return {
    ...designed,
    tables: designed.tables.map((one) => ({ ...one, options: { ...options.get(one.id), ...one.options } })),
    views: designed.views.map((one) => {
      const { definition, columns } = view.get(one.id) ?? one;
      return { ...one, definition, columns };
    }),
    verbatim: designed.verbatim.map((one) => ({ ...one, definition: (text.get(one.id) ?? one).definition })),
  };
}

const differ = (designed: Schema, readBack: Schema): readonly Problem[] =>
  differencesButSpelling(spelledAs(designed, readBack), readBack);

/** The SQL of a design in a dialect; `schema` is null where the design is of another one: then what the SQL says is compared. */
export async function scriptOf(dialect: string, sql: string, schema: Schema | null, signal: AbortSignal): Promise<Asked> {
  const designed = schema ?? (await readScript(dialect, sql, signal));
  return {
    texts: [sql],
    compare: ([ran]) => ({ ...NOTHING, different: ran && designed ? differ(designed, ran.schema) : [] }),
  };
}

async function readScript(dialect: string, sql: string, signal: AbortSignal): Promise<Schema | null> {
  const client = openClient(dialect);
  const input = { kind: "text", name: "script", bytes: new TextEncoder().encode(sql).buffer } as const;
  const { value } = await client.importDump({ input, loadData: false }, () => undefined, signal);
  client.close();
  return value && unpack(value).schema;
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

  /** `name`: what is proved, as a person calls it. */
  async run(name: string, prepare: (signal: AbortSignal) => Promise<Result<Asked>>): Promise<void> {
    this.cancel();
    const abort = (this.#abort = new AbortController());
    this.#state = "preparing";
    this.#progress = null;
    this.#problem = null;
    this.#verdict = null;
    const asked = await prepare(abort.signal);
    const proved = asked.ok && !abort.signal.aborted ? await this.#prove(name, asked.value, abort.signal) : asked;
    if (this.#abort !== abort) return;
    this.#state = "idle";
    if (abort.signal.aborted) return;
    if (!proved.ok) this.#problem = proved.problem;
    else if ("seconds" in proved.value) this.#verdict = proved.value;
  }

  async #prove(name: string, { texts, compare }: Asked, signal: AbortSignal): Promise<Result<ScratchVerdict>> {
    const long = Math.max(...texts.map(({ length }) => length));
    if (long > MOST_CHARACTERS) {
      const [size = 0, limit = 0] = [long, MOST_CHARACTERS].map((count) => Math.ceil(count / 1024 / 1024));
      return fail(problem("input.too-large", "error", { name, size, limit }));
    }
    this.#state = "running";
    const proved = await prove(texts, (progress) => (this.#progress = progress), signal);
    if (!proved.ok) return proved;
    const { engine, milliseconds, ran } = proved.value;
    const [first] = ran;
    if (!first || ran.length < texts.length) return fail(problem("scratch.lost", "error"));
    const { statements, refused } = first;
    const problems = first.problems.filter(({ code }) => code !== "import.data-set-aside");
    return ok({ engine, seconds: milliseconds / 1000, statements, refused, problems, ...compare(ran) });
  }
}
