/** This part is in charge of how often one address may call the API. */
import rateLimit from "@fastify/rate-limit";
import { countedCaller } from "./caller.ts";
import type { Config } from "../config.ts";
import type { App } from "./instance.ts";

const MINUTE = 60_000;

/**
 * Limits the routes registered on `app` after it. A route that is dearer says so itself: `config: { rateLimit: { max: 10 } }` per
 * minute and address.
 */
export async function limits(app: App, config: Config): Promise<void> {
  if (config.rateLimit === 0) return;
  await app.register(rateLimit, {
    max: config.rateLimit,
    timeWindow: MINUTE,
    keyGenerator: (request) => countedCaller(request.ip),
    errorResponseBuilder: (_request, context) =>
      Object.assign(new Error(`Too many calls from this address; try again in ${context.after}.`), {
        statusCode: context.statusCode,
      }),
  });
}
