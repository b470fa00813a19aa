/** Replays migrations in one engine, each on what those before it left, and tells what each has changed. */
import type { Dialect, Engine } from "../dialects/dialect.ts";
import { compareVersions, type Comparison } from "../history/index.ts";
import { adopt, type Diagram, type DiagramId, emptySchema, type Mint, type NamespaceId, type Schema } from "../model/index.ts";
import type { Problem } from "../result/index.ts";
import { sharing } from "./sharing.ts";
import type { Step } from "./types.ts";

export interface ReplayProgress {
  /** Steps that are through. */
  readonly done: number;
  readonly total: number;
  /** The one under way. */
  readonly name: string;
  readonly statements: number;
  readonly refused: number;
}

export interface ReplayedStep {
  readonly step: Step;
  /** What the design is after it, under ids that last from step to step. */
  readonly schema: Schema;
  /** What it changed. */
  readonly comparison: Comparison;
  /** Places are lines of its file. */
  readonly problems: readonly Problem[];
}

export interface Replayed {
  /** False when it was cancelled: the steps are those that were through. */
  readonly done: boolean;
  readonly steps: readonly ReplayedStep[];
  /** What reading the last state had to say. */
  readonly problems: readonly Problem[];
}

export interface ReplayOptions {
  readonly mint: Mint;
  /** May be async, and the replay waits for it. */
  readonly onProgress: (progress: ReplayProgress) => void | Promise<void>;
  readonly cancelled: () => boolean;
}

const NOWHERE: Diagram = { id: "" as DiagramId, name: "", positions: new Map(), tints: new Map(), areas: [], notes: [] };
const UNCHANGED: Comparison = { groups: [], short: "" };

/** What changed from one state to the next, in words; where tables stand is no part of it. */
const changesBetween = (before: Schema, after: Schema): Comparison =>
  before === after
    ? UNCHANGED
    : compareVersions({ name: "", schema: before, diagram: NOWHERE }, { name: "", schema: after, diagram: NOWHERE });

const isError = ({ severity }: Problem): boolean => severity === "error";

/** In the lines of the file that a step is a part of. */
function inFile(problems: readonly Problem[], line: number): readonly Problem[] {
  return line === 1
    ? problems
    : problems.map((one) => (one.at ? { ...one, at: { ...one.at, line: one.at.line + line - 1 } } : one));
}

/** What an engine holds before anything was run: the namespace that new tables go to. */
function empty({ id, features }: Dialect): Schema {
  const name = features.defaultNamespace;
  return { ...emptySchema(id), namespaces: [{ id: `namespace:${name}` as NamespaceId, name, comment: null }] };
}

/** Runs the steps in an empty engine of the dialect. */
export async function replay(
  steps: readonly Step[],
  dialect: Dialect,
  engine: Engine,
  options: ReplayOptions,
): Promise<Replayed> {
  const { mint, onProgress, cancelled } = options;
  const session = await dialect.importer.session(engine);
  const through: ReplayedStep[] = [];
  let [statements, refused] = [0, 0];
  let schema = empty(dialect);
  let remarks: readonly Problem[] = [];
  for (const step of steps) {
    const tell = (more: number, bad: number): void | Promise<void> =>
      onProgress({
        done: through.length,
        total: steps.length,
        name: step.name,
        statements: statements + more,
        refused: refused + bad,
      });
    await tell(0, 0);
    if (cancelled()) return { done: false, steps: through, problems: remarks };
    const ran = await session.run(step.text, {
      loadData: false,
      onProgress: (progress) => tell(progress.statements, progress.refused),
      cancelled,
    });
    if (!ran.done) return { done: false, steps: through, problems: remarks };
    statements += ran.statements;
    refused += ran.problems.filter(isError).length;
    const before = schema;
    if (ran.statements > 0) {
      const read = await session.read();
      remarks = read.problems;
      schema = sharing(adopt(read.value, before, mint), before);
    }
    const comparison = changesBetween(before, schema);
    through.push({ step, schema, comparison, problems: inFile(ran.problems, step.line) });
  }
  return { done: true, steps: through, problems: remarks };
}
