/**
 * This part is in charge of live databases, `/api/database`: where this server may connect, read-only sessions, DrawDB's routes to
 * the letter of its contract, and our own that streams the whole model. Credentials live in memory only. `/api/scratch` proves files on
 * the operator's scratch server.
 */
import type { FastifyError } from "fastify";
import type { App } from "../ops/instance.ts";
import { refuse } from "./answer.ts";
import { Connector } from "./live/connector.ts";
import { Reader } from "./reading.ts";
import { introspectRoute, lookRoutes } from "./routes/introspect.ts";
import { type SaveShare, sessionRoutes } from "./routes/session.ts";
import { statelessRoutes } from "./routes/stateless.ts";
import { Sessions } from "./sessions.ts";
import type { DatabaseSettings } from "./settings.ts";

export { type Allowed, readAllowList, type TargetPolicy } from "./target/policy.ts";
export { databaseSettings, type DatabaseSettings } from "./settings.ts";
export { scratchRoutes } from "./scratch/routes.ts";

export interface DatabaseDeps {
  readonly settings: DatabaseSettings;
  /** Where DrawDB's editor is that a saved diagram opens in. */
  readonly clientUrl: string;
  /** Saves a diagram as a gist. */
  readonly saveShare: SaveShare;
}

/** Registers the routes on an app whose prefix is `/api/database`. */
export function databaseRoutes(app: App, { settings, clientUrl, saveShare }: DatabaseDeps): void {
  const connector = new Connector(settings);
  const sessions = new Sessions(settings.now);
  const reader = new Reader(connector, settings.limits);
  app.addHook("onSend", async (request, reply) => {
    if (!reply.hasHeader("set-cookie")) sessions.greet(request, reply);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    // What the caller did wrong is told as everywhere.
    if (error.statusCode !== undefined && error.statusCode < 500) throw error;
    request.log.error({ err: error }, "a call failed");
    return refuse(reply, 500, "Database operation failed");
  });
  app.addHook("onClose", async () => {
    connector.close();
  });
  sessionRoutes(app, { reader, connector, sessions, now: settings.now, clientUrl, saveShare });
  statelessRoutes(app, reader);
  lookRoutes(app, reader, settings.policy, settings.now);
  introspectRoute(app, reader, settings.now);
}
