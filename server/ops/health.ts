/** This part is in charge of saying how the server is: to people, to balancers, and to DrawDB's client. */
import { Type } from "typebox";
import type { App } from "./instance.ts";

/** What a store says of itself; `up` false takes the server out of rotation. */
export interface StoreHealth {
  readonly up: boolean;
  /** Connections of a database; null where files are the store. */
  readonly connections: { readonly open: number; readonly inUse: number; readonly idle: number } | null;
}

/** Two stores as one: up when both are, with the connections of the first. */
export async function bothUp(first: Promise<StoreHealth>, second: Promise<StoreHealth>): Promise<StoreHealth> {
  const [one, two] = await Promise.all([first, second]);
  return { up: one.up && two.up, connections: one.connections };
}

/** What the answers are made from. */
export interface HealthSources {
  readonly version: string;
  /** True once the process was asked to stop. */
  readonly draining: () => boolean;
  /** Looks at the store now; never rejects. */
  readonly store: () => Promise<StoreHealth>;
  /** Whether the line to other servers is there; null where none is configured. Without it this server works on by itself. */
  readonly channel: () => boolean | null;
  readonly now: () => Date;
}

const DatabaseUp = Type.Object({
  status: Type.Literal("up"),
  open_connections: Type.Integer(),
  in_use: Type.Integer(),
  idle: Type.Integer(),
});

const Healthy = Type.Object({
  status: Type.Literal("healthy"),
  version: Type.String(),
  database: Type.Optional(DatabaseUp),
  redis: Type.Optional(Type.Union([Type.Literal("up"), Type.Literal("down")])),
});

const Unhealthy = Type.Object({
  status: Type.Literal("unhealthy"),
  version: Type.String(),
  database: Type.Optional(Type.Literal("down")),
  error: Type.String(),
});

const tags = ["health"];

/** `/health` (all of it), `/health/ready` (send me calls), `/health/live` (do not restart me), `/api/health` (DrawDB's). */
export function health(app: App, sources: HealthSources): void {
  app.get(
    "/health",
    { schema: { tags, summary: "How the server is", response: { 200: Healthy, 503: Unhealthy } } },
    async (_request, reply) => {
      const { version } = sources;
      if (sources.draining())
        return reply.code(503).send({ status: "unhealthy" as const, version, error: "The server is stopping." });
      const { up, connections } = await sources.store();
      if (!up) {
        return reply.code(503).send({
          status: "unhealthy" as const,
          version,
          database: "down" as const,
          error: "What the server keeps cannot be reached, or its disk takes nothing more.",
        });
      }
      const database = connections && {
        status: "up" as const,
        open_connections: connections.open,
        in_use: connections.inUse,
        idle: connections.idle,
      };
      const channel = sources.channel();
      const redis = channel === null ? {} : { redis: channel ? ("up" as const) : ("down" as const) };
      return { status: "healthy" as const, version, ...(database ? { database } : {}), ...redis };
    },
  );

  const Ready = Type.Object({ ready: Type.Boolean() });
  app.get(
    "/health/ready",
    { schema: { tags, summary: "Whether it takes calls", response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const ready = !sources.draining() && (await sources.store()).up;
      return reply.code(ready ? 200 : 503).send({ ready });
    },
  );

  const Live = Type.Object({ alive: Type.Boolean() });
  app.get("/health/live", { schema: { tags, summary: "Whether the process runs", response: { 200: Live } } }, async () => ({
    alive: true,
  }));

  const Drawdb = Type.Object({ status: Type.Literal("ok"), timestamp: Type.String() });
  app.get("/api/health", { schema: { tags, summary: "The same for DrawDB's client", response: { 200: Drawdb } } }, async () => ({
    status: "ok" as const,
    timestamp: sources.now().toISOString(),
  }));
}
