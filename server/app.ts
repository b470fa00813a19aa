/** The server's table of contents: each feature in the order it is registered. Tests start it on port 0. */
import Fastify, { LogController } from "fastify";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { Config } from "./config.ts";
import { type GistStore, gistRoutes, saveGist } from "./gists/index.ts";
import { databaseRoutes, type DatabaseSettings, scratchRoutes } from "./introspect/index.ts";
import { describe, docs } from "./ops/docs.ts";
import { drain } from "./ops/drain.ts";
import { callId, edge } from "./ops/edge.ts";
import { errors, frameworkErrors } from "./ops/errors.ts";
import { bothUp, health, type HealthSources } from "./ops/health.ts";
import type { App } from "./ops/instance.ts";
import { limits } from "./ops/limits.ts";
import { logCalls, logOptions, type LogStream } from "./ops/log.ts";
import { createRegistry, metrics } from "./ops/metrics.ts";
import { relay, type RelayParts } from "./relay/index.ts";
import { site } from "./site/site.ts";

/** Everything the server is given: what differs between a process and a test. */
export interface Deps extends Omit<HealthSources, "store" | "channel"> {
  /** Absolute folder of the built browser app. */
  readonly webRoot: string;
  /** Where log lines go; null for the process's output. */
  readonly log: LogStream | null;
  /** Where gists are kept; the caller closes it. */
  readonly gists: GistStore;
  /** Where rooms are kept and what they may use; the caller closes the store. */
  readonly relay: Omit<RelayParts, "registry" | "now">;
  /** Where live databases may be, and within which limits. */
  readonly databases: DatabaseSettings;
}

/** A body that is not a gist is this long at most, bytes: the limit of DrawDB's server. */
const BODY_LIMIT = 100 * 1024;

/** A request must have arrived whole after this time, milliseconds. */
const REQUEST_TIMEOUT = 60_000;

/** Builds the server; the caller listens and closes. */
export async function build(config: Config, deps: Deps): Promise<App> {
  const app: App = Fastify({
    logger: logOptions(config, deps.log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: callId,
    frameworkErrors,
    forceCloseConnections: "idle",
    return503OnClosing: true,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    routerOptions: { maxParamLength: 1024 },
    // A value of the wrong type is refused, never turned into another; a field that is not known stays.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  logCalls(app);
  drain(app);
  errors(app);
  await edge(app, config);
  const registry = createRegistry();
  metrics(app, config, registry);
  await describe(app, deps.version);
  health(app, {
    ...deps,
    store: () => bothUp(deps.gists.health(), deps.relay.store.health()),
    channel: () => deps.relay.channel?.up ?? null,
  });
  const roomRoutes = await relay(app, config, { ...deps.relay, registry, now: deps.now });
  await app.register(async (api: App) => {
    await limits(api, config);
    await roomRoutes(api);
    await gistRoutes(api, config, deps.gists, deps.now);
    await api.register(
      async (databases: App) => {
        databaseRoutes(databases, {
          settings: deps.databases,
          clientUrl: config.clientUrls[0] ?? "",
          saveShare: (share) => saveGist(deps.gists, share, deps.now),
        });
      },
      { prefix: "/api/database" },
    );
    await api.register(
      async (scratch: App) => {
        scratchRoutes(scratch, { address: config.scratchMysqlUrl });
      },
      { prefix: "/api/scratch" },
    );
  });
  docs(app);
  await site(app, deps.webRoot);
  return app;
}
