/**
 * This part is in charge of what is logged: one JSON line per call with the route's template (never the address that was asked for:
 * a gist's id is all one needs to read it), and errors without the credentials that drivers like to repeat.
 */
import type { FastifyServerOptions } from "fastify";
import type { Config } from "../config.ts";
import type { App } from "./instance.ts";

const REMOVED = "[removed]";

/** Names of properties that are never written, at the top of a log line or one level below. */
const SECRET_NAMES = [
  "password",
  "secret",
  "token",
  "authorization",
  "cookie",
  "databaseUrl",
  "DATABASE_URL",
  "redisUrl",
  "REDIS_URL",
  "connectionString",
];

/** Takes credentials out of a sentence: those of an address, and what follows a password's name. */
export function scrub(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)(?:[^\s@]*@)+/gi, `$1${REMOVED}@`)
    .replace(
      /((?:password|passwd|pwd|secret|token|bearer)["']?(?:\s*[=:]\s*|\s+is\s+|\s+(?=\S{16})))("[^"]*"|'[^']*'|[^\s,;&"'}]+)/gi,
      `$1${REMOVED}`,
    );
}

function plainError(error: unknown): { type: string; code: string | null; message: string; stack: string } {
  if (!(error instanceof Error)) return { type: typeof error, code: null, message: "", stack: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return { type: error.name, code, message: scrub(error.message), stack: scrub(error.stack ?? "") };
}

/** Where log lines go; the process's output unless a test listens. */
export interface LogStream {
  write(line: string): void;
}

/** Fastify's logger for a configuration. */
export function logOptions(config: Config, stream: LogStream | null): NonNullable<FastifyServerOptions["logger"]> {
  return {
    level: config.logLevel,
    ...(stream ? { stream } : {}),
    base: null,
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), censor: REMOVED },
    serializers: { err: plainError, error: plainError },
    hooks: {
      logMethod(args, method) {
        const said = args.map((each: unknown) => (typeof each === "string" ? scrub(each) : each));
        method.apply(this, said as Parameters<typeof method>);
      },
    },
  };
}

/** One line for each answered call. */
export function logCalls(app: App): void {
  app.addHook("onResponse", async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        caller: request.ip,
      },
      "call",
    );
  });
}
