/**
 * The page's end of a database worker. Starts it on first use, ends it to cancel, and turns a crash or a silence into one Problem.
 */
import { proxy, transfer } from "comlink";
import type { ImportProgress } from "#shared/dialects/dialect.ts";
import type { ReplayProgress, Step } from "#shared/migrations/index.ts";
import type { Schema } from "#shared/model/index.ts";
import { fail, ok, problem, type Report, type Result } from "#shared/result/index.ts";
import type { DatabaseClient, Definitions, ExportedSql, ImportInput, ImportRequest, ReplayTold, Verdict } from "./database.ts";
import type { DatabaseService } from "./database-service.ts";
import { DeltaWriter } from "./delta.ts";
import { ask, askOnce, type Ending, type Line, openLine } from "./line.ts";
import type { Parcel } from "./parcel.ts";

/** How long a verdict may take before the engine is taken for stuck: it does not honour its own statement timeout. */
const WATCHDOG_MS = 60_000;

/** The service as it is called from here: its methods are asynchronous already, so comlink changes nothing of their shape. */
type Remote = Pick<DatabaseService, "importDump" | "definitions" | "proveNext" | "exportSql" | "settle" | "replay" | "states">;

export class WorkerDatabase implements DatabaseClient {
  readonly #start: () => Worker;
  readonly #engine: string;
  #proving: { readonly line: Line<Remote>; readonly written: DeltaWriter } | null = null;
  #replaying: Line<Remote> | null = null;

  constructor(start: () => Worker, engine: string) {
    this.#start = start;
    this.#engine = engine;
  }

  async importDump(
    request: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
    signal: AbortSignal,
  ): Promise<Report<Parcel | null>> {
    const sent = transfer({ ...request }, [request.input.bytes]);
    const ending = await askOnce(this.#start, (remote: Remote) => remote.importDump(sent, proxy(onProgress)), { signal });
    const answer = this.#answer(ending);
    return answer.ok ? answer.value : { value: null, problems: [answer.problem] };
  }

  async definitions(
    request: { readonly input: ImportInput; readonly parcel: Parcel },
    signal: AbortSignal,
  ): Promise<Result<Definitions>> {
    const sent = transfer({ ...request }, [request.input.bytes]);
    const answer = this.#answer(await askOnce(this.#start, (remote: Remote) => remote.definitions(sent), { signal }));
    return answer.ok ? answer.value : answer;
  }

  async settle(schema: Schema, signal: AbortSignal): Promise<Report<Schema>> {
    const answer = this.#answer(await askOnce(this.#start, (remote: Remote) => remote.settle(schema), { signal }));
    return answer.ok ? answer.value : { value: schema, problems: [answer.problem] };
  }

  async exportSql(schema: Schema, signal: AbortSignal): Promise<Result<ExportedSql>> {
    const answer = this.#answer(await askOnce(this.#start, (remote: Remote) => remote.exportSql(schema), { signal }));
    return answer.ok ? answer.value : answer;
  }

  async prove(schema: Schema): Promise<Result<Verdict>> {
    const proving = (this.#proving ??= { line: openLine<Remote>(this.#start), written: new DeltaWriter() });
    const { line, written } = proving;
    const ending = await ask(line, (remote) => remote.proveNext(written.next(schema)), { ms: WATCHDOG_MS });
    if (ending.kind !== "answered") {
      line.end();
      if (this.#proving === proving) this.#proving = null;
    }
    const answer = this.#answer(ending);
    return answer.ok ? answer.value : answer;
  }

  async replay(
    steps: readonly Step[],
    onProgress: (progress: ReplayProgress) => void,
    signal: AbortSignal,
  ): Promise<Result<ReplayTold>> {
    this.#replaying?.end();
    const line = (this.#replaying = openLine<Remote>(this.#start));
    const ending = await ask(line, (remote) => remote.replay(steps, proxy(onProgress)), { signal });
    if (ending.kind !== "answered") line.end();
    return this.#answer(ending);
  }

  async states(places: readonly number[]): Promise<Result<readonly Parcel[]>> {
    const line = this.#replaying;
    if (!line) return ok([]);
    return this.#answer(await ask(line, (remote) => remote.states(places), { ms: WATCHDOG_MS }));
  }

  close(): void {
    this.#replaying?.end();
    this.#replaying = null;
    this.#proving?.line.end();
    this.#proving = null;
  }

  #answer<T>(ending: Ending<T>): Result<T> {
    const engine = this.#engine;
    switch (ending.kind) {
      case "answered":
        return ok(ending.value);
      case "cancelled":
        return fail(problem("import.cancelled", "note"));
      case "silent":
        return fail(problem("engine.timeout", "error", { engine, seconds: ending.seconds }));
      case "crashed":
        return fail(problem("engine.crashed", "error", { engine, message: ending.message }));
    }
  }
}
