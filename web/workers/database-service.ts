/**
 * What a database worker does, for any dialect whose engine can be opened here: import, prove, export. No comlink, no Svelte: it
 * runs in Node as it does in a worker.
 */
import type { Dialect, Engine, ImportProgress } from "#shared/dialects/dialect.ts";
import { decode } from "#shared/dialects/kit/decode.ts";
import { countRows } from "#shared/dialects/kit/rows.ts";
import { withoutRows } from "#shared/dialects/kit/rowless.ts";
import { wholeScript } from "#shared/dialects/kit/whole.ts";
import { replay, type Replayed, type ReplayProgress, type Step } from "#shared/migrations/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { differencesButSpelling, Prover, settled, verifiedScript } from "#shared/proof/index.ts";
import { fail, ok, problem, type Problem, type Report, type Result } from "#shared/result/index.ts";
import { mint } from "../mint.ts";
import type { Definitions, ExportedSql, ImportInput, ImportRequest, ReplayTold, Verdict } from "./database.ts";
import { type Delta, DeltaReader } from "./delta.ts";
import { countsOf, pack, type Parcel, unpack } from "./parcel.ts";

export interface Opened {
  readonly engine: Engine;
  readonly close: () => Promise<void>;
}

export interface Services {
  readonly dialect: Dialect;
  /** Opens an empty engine that has the named extensions at hand. */
  readonly open: (extensions: readonly string[]) => Promise<Opened>;
  /** The names that this engine can have at hand, of those asked for. */
  readonly shipped: (extensions: readonly string[]) => readonly string[];
  /** Reads a database file of this dialect; null where the dialect has no such files. */
  readonly readFile: ((bytes: Uint8Array, name: string) => Promise<Report<Schema | null>>) | null;
}

/** A design as one of this dialect. What converting takes is loaded for those of another one only. */
async function converted(design: Schema, dialect: Dialect): Promise<Report<Schema>> {
  if (design.dialect === dialect.id) return { value: design, problems: [] };
  const [{ convertSchema }, { dialectOf }] = await Promise.all([
    import("#shared/convert/index.ts"),
    import("#shared/dialects/index.ts"),
  ]);
  const from = dialectOf(design.dialect);
  return from ? convertSchema(design, from, dialect) : { value: design, problems: [] };
}

/** Reports of progress are sent at most this often, milliseconds. */
const PROGRESS_EVERY = 60;

export class DatabaseService {
  readonly #services: Services;
  readonly #asked = new DeltaReader();
  #replayed: Replayed | null = null;
  #proving: { readonly prover: Prover; readonly opened: Opened; readonly extensions: string } | null = null;

  constructor(services: Services) {
    this.#services = services;
  }

  async importDump(request: ImportRequest, onProgress: (progress: ImportProgress) => void): Promise<Report<Parcel | null>> {
    const { value, problems } = await this.#read(request, onProgress);
    return { value: value && !empty(value) ? pack(value, null, false) : null, problems };
  }

  async #read(
    { input, loadData }: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<Report<Schema | null>> {
    const { dialect, open, shipped, readFile } = this.#services;
    if (input.kind === "database" && readFile) return readFile(new Uint8Array(input.bytes), input.name);
    const { value: text, problems: remarks } = decode(new Uint8Array(input.bytes), input.name);
    if (text === null) return { value: null, problems: remarks };
    const opened = await open(shipped(dialect.needs(text)));
    try {
      const options = { loadData, onProgress: throttled(onProgress, ({ phase }) => phase === "running"), cancelled: () => false };
      const { value, problems } = await dialect.importer.run(text, opened.engine, options);
      const tried = loadData && value && dialect.features.engine ? await tellRows(opened.engine, value, dialect) : [];
      return { value, problems: [...remarks, ...problems, ...tried] };
    } finally {
      await opened.close();
    }
  }

  /** Proves the design that differs so from the one that was proved last. */
  proveNext(delta: Delta): Promise<Result<Verdict>> {
    return this.prove(this.#asked.next(delta));
  }

  async prove(schema: Schema): Promise<Result<Verdict>> {
    const { dialect } = this.#services;
    if (!dialect.features.engine) return fail(problem("engine.absent", "note", { engine: dialect.label }));
    const prover = await this.#prover(schema);
    const started = performance.now();
    const refusals = await prover.prove(schema);
    return ok({ engine: this.#proving?.opened.engine.version ?? "", ms: performance.now() - started, refusals });
  }

  async replay(steps: readonly Step[], onProgress: (progress: ReplayProgress) => void): Promise<ReplayTold> {
    const { dialect, open, shipped } = this.#services;
    const extensions = new Set(steps.flatMap(({ text }) => dialect.needs(text)));
    const { engine, close } = await open(shipped([...extensions]));
    try {
      const told = throttled(onProgress, () => true);
      this.#replayed = await replay(steps, dialect, engine, { mint, onProgress: told, cancelled: () => false });
    } finally {
      await close();
    }
    return {
      engine: dialect.features.engine ? engine.version : null,
      steps: this.#replayed.steps.map(({ comparison, schema, problems }) => ({ comparison, counts: countsOf(schema), problems })),
      problems: this.#replayed.problems,
    };
  }

  /** Of the last replay. */
  states(places: readonly number[]): Promise<readonly Parcel[]> {
    const steps = this.#replayed?.steps ?? [];
    return Promise.resolve(places.flatMap((at) => (steps[at] ? [pack(steps[at].schema, null, true)] : [])));
  }

  async definitions({ input, parcel }: { readonly input: ImportInput; readonly parcel: Parcel }): Promise<Result<Definitions>> {
    const { dialect } = this.#services;
    const { value: text, problems } = decode(new Uint8Array(input.bytes), input.name);
    if (text === null) return fail(problems[0] ?? problem("input.empty", "error"));
    return ok({ file: withoutRows(text, dialect.splitter()), design: await wholeScript(dialect, unpack(parcel).schema) });
  }

  async settle(schema: Schema): Promise<Report<Schema>> {
    const opened = await this.#services.open(this.#extensions(schema));
    try {
      return await settled(this.#services.dialect, schema, opened.engine);
    } finally {
      await opened.close();
    }
  }

  async exportSql(design: Schema): Promise<Result<ExportedSql>> {
    const { dialect, open } = this.#services;
    const started = performance.now();
    const { value: schema, problems: lost } = await converted(design, dialect);
    const compare = schema === design ? undefined : differencesButSpelling;
    if (!dialect.features.engine) {
      const statements = (await dialect.ddl()).create(schema);
      const sql = (await dialect.ddl()).script(statements);
      return ok({ sql, statements: statements.length, engine: null, differences: [], lost, ms: performance.now() - started });
    }
    const opened = await open(this.#extensions(schema));
    try {
      const verified = await verifiedScript(dialect, schema, opened.engine, () => undefined, compare);
      return ok({ ...verified, lost, engine: opened.engine.version, ms: performance.now() - started });
    } catch (error) {
      return fail(
        problem("engine.crashed", "error", {
          engine: dialect.label,
          message: error instanceof Error ? error.message : String(error),
        }),
      );
    } finally {
      await opened.close();
    }
  }

  #extensions(schema: Schema): readonly string[] {
    return this.#services.shipped(schema.verbatim.filter(({ kind }) => kind === "extension").map(({ name }) => name));
  }

  /** The prover whose engine has what this design needs; a design that needs more opens another engine. */
  async #prover(schema: Schema): Promise<Prover> {
    const extensions = this.#extensions(schema);
    const key = extensions.join(" ");
    if (this.#proving?.extensions !== key) {
      await this.#proving?.opened.close();
      this.#proving = null;
      const opened = await this.#services.open(extensions);
      this.#proving = { prover: new Prover(this.#services.dialect, opened.engine), opened, extensions: key };
    }
    return this.#proving.prover;
  }
}

const empty = (schema: Schema): boolean =>
  [schema.tables, schema.views, schema.types, schema.sequences, schema.verbatim].every((list) => list.length === 0);

async function tellRows({ query }: Engine, schema: Schema, dialect: Dialect): Promise<Problem[]> {
  const { rows, tables } = await countRows(query, schema, dialect);
  return rows > 0 ? [problem("import.rows-tried", "note", { rows, tables })] : [];
}

/** Passes on what is reported, not too often; what is no `ordinary` report at once. */
function throttled<T>(onProgress: (progress: T) => void, ordinary: (progress: T) => boolean): (progress: T) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY && ordinary(progress)) return;
    last = now;
    onProgress(progress);
  };
}
