/** `drawbridge check`: the engine's word on a file. */
import { type Dialect } from "#shared/dialects/dialect.ts";
import { type DialectId, dialects } from "#shared/dialects/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { Prover } from "#shared/proof/index.ts";
import { problem, type Problem } from "#shared/result/index.ts";
import { openEngine } from "../engines/index.ts";
import type { Command } from "./args.ts";
import { counts, hasErrors, lines, plain } from "./report.ts";
import { readSource } from "./source.ts";
import type { Streams } from "./streams.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";

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
  const text = await wholeScript(dialect, schema);
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
  const read = await readSource(command.input, command.from, command.at);
  const schema = read.design?.schema ?? null;
  const verdict = schema ? await prove(schema) : null;
  const parts = [...read.parts, { name: read.name, problems: verdict?.problems ?? [] }];
  const problems = parts.flatMap((part) => part.problems);
  const accepted = schema !== null && !hasErrors(problems);
  if (command.json) {
    const report = {
      accepted,
      kind: read.kind,
      dialect: schema?.dialect ?? null,
      engine: verdict?.engine ?? null,
      counts: schema && counts(schema),
      problems: parts.flatMap((part) => part.problems.map((problem) => ({ file: part.name, ...plain(problem, schema) }))),
    };
    await streams.print(`${JSON.stringify(report, null, 2)}\n`);
    return accepted ? 0 : 1;
  }
  const { name } = read;
  streams.tell([...parts.flatMap((part) => lines(part.problems, part.name, schema)), ...read.told]);
  if (schema && verdict) {
    const word = accepted ? "accepted by" : "NOT accepted by";
    const outcome = verdict.engine === null ? "read, NOT proved" : `${word} ${verdict.engine}`;
    await streams.print(`${name}: ${told(counts(schema))}; ${outcome}.\n`);
  }
  return accepted ? 0 : 1;
}
