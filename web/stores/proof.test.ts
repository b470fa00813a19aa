/** The store over the real client and service; the engine is SQLite in this process, behind a real message channel. */
import { expose } from "comlink";
import initSqlJs from "sql.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import { emptySchema, makeColumn, makeTable, type Schema } from "#shared/model/index.ts";
import { sentence } from "#shared/result/index.ts";
import { WorkerDatabase } from "../workers/database-client.ts";
import { DatabaseService } from "../workers/database-service.ts";
import { Proof } from "./proof.svelte.ts";

const library = initSqlJs();

/** What a worker is to its client: a port, an end, and an error when it dies. */
interface Local {
  readonly worker: Worker;
  readonly crash: (message: string) => void;
}

class Noting extends DatabaseService {
  readonly #asked: string[];

  constructor(asked: string[]) {
    super({
      dialect: sqlite,
      shipped: () => [],
      readFile: null,
      open: async () => {
        const { Database } = await library;
        const db = new Database();
        return { engine: openSqljs(db), close: () => Promise.resolve(db.close()) };
      },
    });
    this.#asked = asked;
  }

  override prove(schema: Schema): ReturnType<DatabaseService["prove"]> {
    this.#asked.push(schema.tables.map(({ name }) => name).join(" "));
    return super.prove(schema);
  }
}

const started: Local[] = [];

function start(asked: string[]): Local {
  const { port1, port2 } = new MessageChannel();
  expose(new Noting(asked), port2);
  const terminate = (): void => {
    port1.close();
    port2.close();
  };
  const local: Local = {
    worker: Object.assign(port1, { terminate }) as unknown as Worker,
    crash: (message) => {
      port2.close();
      port1.dispatchEvent(Object.assign(new Event("error"), { message }));
    },
  };
  started.push(local);
  return local;
}

function open(onStart: (local: Local, nth: number) => void = () => undefined) {
  const asked: string[] = [];
  let workers = 0;
  const client = new WorkerDatabase(() => {
    const local = start(asked);
    const nth = (workers += 1);
    // Not before the client listens.
    queueMicrotask(() => {
      onStart(local, nth);
    });
    return local.worker;
  }, "SQLite");
  return { proof: new Proof(client), asked, workers: () => workers };
}

const namespace = { id: "n1" as Schema["namespaces"][number]["id"], name: "main", comment: null };
const design = (name: string, type = "integer"): Schema => ({
  ...emptySchema("sqlite"),
  namespaces: [namespace],
  tables: [
    makeTable({
      id: "t1" as Schema["tables"][number]["id"],
      namespaceId: namespace.id,
      name,
      options: { strict: "true" },
      columns: [makeColumn({ id: "c1" as Schema["tables"][number]["columns"][number]["id"], name: "a", type })],
    }),
  ],
});

const settled = (proof: Proof, state: Proof["state"]): Promise<void> =>
  vi.waitFor(
    () => {
      expect(proof.state).toBe(state);
    },
    { timeout: 20_000, interval: 5 },
  );

afterEach(() => {
  for (const { worker } of started.splice(0)) worker.terminate();
});

describe("verdicts", () => {
  it("are asked for the newest design only, while one is under way", async () => {
    const { proof, asked } = open();
    for (const name of ["one", "two", "three", "four", "five"]) proof.prove(design(name));
    await settled(proof, "accepted");
    expect(asked).toEqual(["one", "five"]);
    proof.prove(design("six", "no_such_type"));
    proof.prove(design("seven", "no_such_type"));
    proof.prove(design("eight"));
    await vi.waitFor(() => {
      expect(asked).toHaveLength(4);
    });
    await settled(proof, "accepted");
    expect(asked.slice(2)).toEqual(["six", "eight"]);
    expect(proof.refusals).toEqual([]);
    expect(proof.problem).toBeNull();
  });
});

describe("a crash", () => {
  it("between two edits: the engine is started again, with all of the design, and it is said", async () => {
    const { proof, asked, workers } = open();
    proof.prove(design("one"));
    await settled(proof, "accepted");
    started[0]?.crash("out of memory");
    proof.prove(design("two", "no_such_type"));
    await settled(proof, "refused");
    expect(workers()).toBe(2);
    expect(asked).toEqual(["one", "two"]);
    expect(proof.about("t1")).toHaveLength(1);
    expect(proof.problem && sentence(proof.problem)).toBe(
      "The SQLite engine stopped unexpectedly (out of memory). It was started again.",
    );
    proof.prove(design("three"));
    await settled(proof, "accepted");
    expect(proof.problem).toBeNull();
    expect(workers()).toBe(2);
  });

  it("in the middle of a verdict: the newest design is proved", async () => {
    const { proof, asked, workers } = open((local, nth) => {
      if (nth === 1) local.crash("boom");
    });
    proof.prove(design("one"));
    proof.prove(design("two"));
    await settled(proof, "accepted");
    expect([workers(), asked.at(-1)]).toEqual([2, "two"]);
    expect(proof.problem?.code).toBe("engine.crashed");
  });

  it("again and again: it gives up, says so, and starts when it is asked to", async () => {
    let broken = true;
    const { proof, workers } = open((local) => {
      if (broken) local.crash("boom");
    });
    proof.prove(design("one"));
    await settled(proof, "unavailable");
    expect(workers()).toBe(2);
    expect(proof.problem && sentence(proof.problem)).toMatch(/stopped unexpectedly twice \(boom\)/);
    broken = false;
    proof.retry();
    await settled(proof, "accepted");
    expect(proof.problem).toBeNull();
  });
});
