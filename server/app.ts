/** The server's table of contents: each feature in the order it is registered. Tests start it on port 0. */
import Fastify, { type FastifyInstance } from "fastify";
import { health } from "./ops/health.ts";
import { site } from "./site/site.ts";

export interface Deps {
  /** Absolute folder of the built browser app. */
  readonly webRoot: string;
  readonly version: string;
  /** True once the process was asked to stop. */
  readonly draining: () => boolean;
}

/** Builds the server; the caller listens and closes. */
export async function build(deps: Deps): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, forceCloseConnections: "idle", return503OnClosing: true, bodyLimit: 64 * 1024 });
  await site(app, deps.webRoot);
  health(app, deps.version, deps.draining);
  return app;
}
