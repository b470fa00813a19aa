/** `drawbridge check`: the engine's word on a file. */
import { type Dialect } from "#shared/dialects/dialect.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { Prover } from "#shared/proof/index.ts";
import { problem, type Problem } from "#shared/result/index.ts";
import { openEngine } from "../engines/index.ts";
import type { Command } from "./args.ts";
import { readAny, readInput } from "./input.ts";
import { counts, hasErrors, lines, plain } from "./report.ts";
import type { Streams } from "./streams.ts";

type Check = Extract<Command, { readonly command: "check" }>;

interface Verdict {
  /** Null where no engine of the dialect runs here. */
  readonly engine: string | null;
  readonly problems: readonly Problem[];
}

/** Runs a design in a fresh engine. A dump has been run already while it was read. */
async function prove(schema: Schema): Promise<Verdict> {
  const id = schema.dialect as DialectId;
  const dialect: Dialect = dialects[id];
  if (!dialect.features.engine) return { engine: null, problems: [problem("engine.absent", "note", { engine: dialect.label })] };
  const text = dialect.ddl.script(dialect.ddl.create(schema));
  const { engine, close } = await openEngine(id, dialect.needs(text));
  try {
    const refused = await new Prover(dialect, engine).prove(schema);
    return { engine: engine.version, problems: refused.map(({ problem }) => problem) };
  } finally {
    await close();
  }
}

function told(count: Readonly<Record<string, number>>): string {
  const words = { tables: "tables", columns: "columns", foreignKeys: "foreign keys", indexes: "indexes", views: "views" };
  return Object.entries(words)
    .map(([key, word]) => `${String(count[key] ?? 0)} ${word}`)
    .join(", ");
}

/** Runs the command; gives the exit code. */
export async function check(command: Check, streams: Streams): Promise<number> {
  const input = await readInput(command.input);
  const read = input.ok ? await readAny(input.value, command.from) : null;
  const schema = read?.value.design?.schema ?? null;
  const verdict = schema ? await prove(schema) : null;
  const problems = [...(input.ok ? [] : [input.problem]), ...(read?.problems ?? []), ...(verdict?.problems ?? [])];
  const accepted = schema !== null && !hasErrors(problems);
  if (command.json) {
    const report = {
      accepted,
      kind: read?.value.kind ?? null,
      dialect: schema?.dialect ?? null,
      engine: verdict?.engine ?? null,
      counts: schema && counts(schema),
      problems: problems.map((problem) => plain(problem, schema)),
    };
    await streams.print(`${JSON.stringify(report, null, 2)}\n`);
    return accepted ? 0 : 1;
  }
  const name = input.ok ? input.value.name : command.input;
  streams.tell(lines(problems, name, schema));
  if (schema && verdict) {
    const word = accepted ? "accepted by" : "NOT accepted by";
    const outcome = verdict.engine === null ? "read, NOT proved" : `${word} ${verdict.engine}`;
    await streams.print(`${name}: ${told(counts(schema))}; ${outcome}.\n`);
  }
  return accepted ? 0 : 1;
}
