/**
 * The page's end of a database worker. Starts it on first use, ends it to cancel, and turns a crash or a silence into one Problem.
 */
import { proxy, transfer, wrap } from "comlink";
import type { ImportProgress } from "#shared/dialects/dialect.ts";
import type { Schema } from "#shared/model/index.ts";
import { fail, type Problem, problem, type Report, type Result } from "#shared/result/index.ts";
import type { DatabaseClient, ExportedSql, ImportRequest, Verdict } from "./database.ts";
import type { DatabaseService } from "./database-service.ts";

/** How long a verdict may take before the engine is taken for stuck: it does not honour its own statement timeout. */
const WATCHDOG_MS = 60_000;

/** The service as it is called from here: its methods are asynchronous already, so comlink changes nothing of their shape. */
type Remote = Pick<DatabaseService, "importDump" | "prove" | "exportSql">;

interface Line {
  readonly worker: Worker;
  readonly remote: Remote;
  /** Rejects when the worker dies. */
  readonly died: Promise<never>;
}

function connect(start: () => Worker): Line {
  const worker = start();
  const died = new Promise<never>((_resolve, reject) => {
    worker.addEventListener("error", (event) => {
      reject(new Error(event.message || "the worker could not be loaded"));
    });
  });
  died.catch(() => undefined);
  return { worker, remote: wrap<DatabaseService>(worker) as unknown as Remote, died };
}

class Ended extends Error {}

export class WorkerDatabase implements DatabaseClient {
  readonly #start: () => Worker;
  readonly #engine: string;
  #proving: Line | null = null;

  constructor(start: () => Worker, engine: string) {
    this.#start = start;
    this.#engine = engine;
  }

  async importDump(
    request: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
    signal: AbortSignal,
  ): Promise<Report<Schema | null>> {
    const sent = transfer({ ...request }, [request.input.bytes]);
    const answer = await this.#once(signal, (remote) => remote.importDump(sent, proxy(onProgress)));
    if (answer instanceof Ended) return { value: null, problems: [problem("import.cancelled", "note")] };
    return answer instanceof Error ? { value: null, problems: [this.#crashed(answer)] } : answer;
  }

  async exportSql(schema: Schema, signal: AbortSignal): Promise<Result<ExportedSql>> {
    const answer = await this.#once(signal, (remote) => remote.exportSql(schema));
    if (answer instanceof Ended) return fail(problem("import.cancelled", "note"));
    return answer instanceof Error ? fail(this.#crashed(answer)) : answer;
  }

  async prove(schema: Schema): Promise<Result<Verdict>> {
    this.#proving ??= connect(this.#start);
    const line = this.#proving;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Ended());
      }, WATCHDOG_MS);
    });
    try {
      return await Promise.race([line.remote.prove(schema), line.died, silence]);
    } catch (error) {
      line.worker.terminate();
      if (this.#proving === line) this.#proving = null;
      if (error instanceof Ended)
        return fail(problem("engine.timeout", "error", { engine: this.#engine, seconds: WATCHDOG_MS / 1000 }));
      return fail(this.#crashed(error));
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#proving?.worker.terminate();
    this.#proving = null;
  }

  /** One task in a worker of its own, which ends with it: cancelling is ending. */
  async #once<T>(signal: AbortSignal, task: (remote: Remote) => Promise<T>): Promise<T | Error> {
    if (signal.aborted) return new Ended();
    const line = connect(this.#start);
    const ended = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new Ended());
      });
    });
    try {
      return await Promise.race([task(line.remote), line.died, ended]);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      line.worker.terminate();
    }
  }

  #crashed(error: unknown): Problem {
    return problem("engine.crashed", "error", {
      engine: this.#engine,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}
