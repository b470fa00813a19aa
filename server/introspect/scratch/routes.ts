/**
 * Proving a file on the operator's scratch server, `/api/scratch`: is there one, and a proof, streamed as lines of JSON
 * (application/x-ndjson). Hanging up stops it, and nothing of the file stays there.
 */
import { PassThrough } from "node:stream";
import { ProveFields, type ScratchAnswer, type ScratchEvent } from "#shared/api/scratch.ts";
import { MOST_CHARACTERS } from "#shared/api/scratch-limits.ts";
import { problem, sentence } from "#shared/result/index.ts";
import type { App } from "../../ops/instance.ts";
import { callerOf, refuse } from "../answer.ts";
import type { Limits } from "../live/session.ts";
import { type Resolver, systemResolver } from "../target/resolve.ts";
import type { Prover } from "./prove.ts";
import type { Log } from "./server.ts";

const tags = ["scratch server"];
const PER_MINUTE = 10;
/** Two texts of the longest, in bytes of JSON: nearly all characters of SQL are one byte. */
const BODY_BYTES = 2 * MOST_CHARACTERS + 1024 * 1024;
const OFF = sentence(problem("scratch.off", "error"));

export interface ScratchDeps {
  /** SCRATCH_MYSQL_URL; null where the operator has set none. */
  readonly address: string | null;
  readonly resolver?: Resolver;
  readonly limits?: Limits;
  /** In milliseconds. */
  readonly now?: () => number;
}

/** What it takes is loaded where there is a server to prove on: drivers and readers are a good part of a small server's memory. */
async function open(
  address: string,
  { resolver = systemResolver, limits, now = Date.now }: ScratchDeps,
  log: Log,
): Promise<Prover> {
  const [{ Prover }, { SCRATCH_LIMITS, ScratchServer }] = await Promise.all([import("./prove.ts"), import("./server.ts")]);
  return new Prover(new ScratchServer(address, resolver, log, limits ?? SCRATCH_LIMITS), log, now);
}

/** Registers the routes on an app whose prefix is `/api/scratch`. */
export function scratchRoutes(app: App, deps: ScratchDeps): void {
  const { address, now = Date.now } = deps;
  const log: Log = (details, message) => app.log.warn(details, message);
  const opened = address === null ? null : open(address, deps, log);
  app.addHook("onReady", (done) => {
    // Nobody waits for it: the server starts whether or not the other one is there.
    opened
      ?.then((prover) => prover.tidy())
      .catch((error: unknown) => log({ why: String(error) }, "the scratch server could not be tidied"));
    done();
  });

  app.get("/", { schema: { tags, summary: "What files can be proved on" } }, async (_request, reply): Promise<ScratchAnswer> => {
    void reply.header("cache-control", "no-store");
    return opened ? (await opened).status() : { state: "absent", error: OFF };
  });

  const schema = { tags, summary: "Run definitions in an empty database, streamed", body: ProveFields };
  const options = { schema, bodyLimit: BODY_BYTES, config: { rateLimit: { max: PER_MINUTE } } };
  app.post("/prove", options, async (request, reply) => {
    if (!opened) return refuse(reply, 403, OFF);
    const prover = await opened;
    const lines = new PassThrough();
    const send = (event: ScratchEvent): void => {
      if (!lines.destroyed) lines.write(`${JSON.stringify(event)}\n`);
    };
    const caller = callerOf(request, reply);
    const work = async (): Promise<void> => {
      const started = now();
      const proved = await prover.prove(request.body.texts, caller, send);
      if (proved.ok) send({ kind: "done", engine: proved.value.engine, milliseconds: now() - started });
      else send({ kind: "failed", problem: proved.problem, error: sentence(proved.problem) });
      lines.end();
    };
    work().catch((error: unknown) => {
      request.log.error({ err: error }, "a proof failed");
      lines.destroy();
    });
    return reply.type("application/x-ndjson").header("cache-control", "no-store").send(lines);
  });
}
