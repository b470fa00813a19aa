/** Small documents are worked on where they are; larger ones by a worker, which is started when it is needed and ends when it is not. */
import { Worker } from "node:worker_threads";
import type { Answer, Call, Compacted, Compactor } from "./api.ts";
import { compact, diff, read } from "./work.ts";

/** Up to this many bytes and updates nobody notices, milliseconds of work being what counts: about five. */
const SMALL_BYTES = 64 * 1024;
const SMALL_COUNT = 200;

/** A worker with nothing to do for that long ends, milliseconds. */
const IDLE = 20_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

type CallBody = Call extends infer Each ? (Each extends Call ? Omit<Each, "id"> : never) : never;

class WorkerLine {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #last = 0;

  constructor(file: string) {
    this.#file = file;
  }

  ask(call: CallBody): Promise<unknown> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      (this.#worker ??= this.#start()).postMessage({ ...call, id });
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    worker.on("message", (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("failed" in answer) waiting?.reject(new Error(answer.failed));
      else waiting?.resolve(answer.value);
      if (this.#waiting.size === 0) this.#rest();
    });
    const gone = (error: Error): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    worker.on("error", gone);
    worker.on("exit", () => {
      gone(new Error("the worker ended"));
    });
    return worker;
  }

  #rest(): void {
    this.#idle = setTimeout(() => void this.close(), IDLE);
    this.#idle.unref();
  }

  async close(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error("the worker was closed"));
    this.#waiting.clear();
    await worker?.terminate();
  }
}

/** The compactor of a server; `file` is the built worker. */
export function createCompactor(file: string): Compactor {
  const line = new WorkerLine(file);
  return {
    compact: async (updates) => {
      const bytes = updates.reduce((sum, update) => sum + update.length, 0);
      if (bytes <= SMALL_BYTES && updates.length <= SMALL_COUNT) return compact(updates);
      return (await line.ask({ kind: "compact", updates })) as Compacted;
    },
    diff: async (state, vector) => {
      if (state.length <= 4 * SMALL_BYTES) return diff(state, vector);
      return (await line.ask({ kind: "diff", state, vector })) as Uint8Array;
    },
    read: async (update) => {
      if (update.length <= SMALL_BYTES) return read(update);
      return (await line.ask({ kind: "read", update })) as ReturnType<typeof read>;
    },
    close: () => line.close(),
  };
}
