/** How a problem with a live database becomes an answer: DrawDB's shape, its status, one sentence. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Problem, sentence } from "#shared/result/index.ts";
import { countedCaller } from "../ops/caller.ts";
import type { Caller } from "./live/connector.ts";

/** Everything but these is 500, as DrawDB's server has it. */
const STATUSES: Readonly<Record<string, number>> = {
  "live.off": 403,
  "live.no-files": 403,
  "live.busy": 429,
  "live.paused": 503,
};

/** Sends `{success: false, error}`. */
export function refuse(reply: FastifyReply, status: number, error: string): FastifyReply {
  return reply.code(status).send({ success: false, error });
}

/** Sends a problem; where it passes by itself, with the seconds to wait. */
export function refuseProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { seconds } = problem.params;
  const status = STATUSES[problem.code] ?? 500;
  if (status !== 500 && seconds !== undefined) void reply.header("retry-after", String(seconds));
  return refuse(reply, status, sentence(problem));
}

/** Who asks: an address to count by, and a signal that aborts when they hang up before the answer. */
export function callerOf(request: FastifyRequest, reply: FastifyReply): Caller {
  const controller = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return {
    address: countedCaller(request.ip),
    gone: controller.signal,
    log: (details, message) => {
      request.log.warn(details, message);
    },
  };
}
