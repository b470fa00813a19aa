/**
 * Our own routes: which databases may be asked for, a look at a server, and the whole model of a database. The model is streamed
 * as lines of JSON (application/x-ndjson): `progress` lines, then one `schema` or one `failed`. Hanging up cancels what the server
 * is doing.
 */
import { PassThrough } from "node:stream";
import {
  ConnectionFields,
  type DatabaseEvent,
  IntrospectFields,
  type LookAnswer,
  type PolicyAnswer,
} from "#shared/api/database.ts";
import { sentence } from "#shared/result/index.ts";
import type { App } from "../../ops/instance.ts";
import { callerOf, refuse } from "../answer.ts";
import type { Reader } from "../reading.ts";
import { engineOf, readRequest } from "../request.ts";
import type { TargetPolicy } from "../target/policy.ts";
import { UNSUPPORTED_TYPE } from "./shapes.ts";

const tags = ["live databases"];

/** Registers `/policy` and `/look`. `now` in milliseconds. */
export function lookRoutes(app: App, reader: Reader, { mode }: TargetPolicy, now: () => number): void {
  app.get("/policy", { schema: { tags, summary: "Which databases this server connects to" } }, (): PolicyAnswer => ({ mode }));

  const schema = { tags, summary: "Try a connection and list the databases", body: ConnectionFields };
  app.post("/look", { schema }, async (request, reply) => {
    const fields = request.body;
    if (!fields.type || !fields.username) return refuse(reply, 400, "Database type and username are required");
    const engine = engineOf(fields);
    if (engine === null) return refuse(reply, 400, UNSUPPORTED_TYPE);
    const started = now();
    const found = await reader.look(readRequest(engine, fields), callerOf(request, reply));
    void reply.header("cache-control", "no-store");
    if (!found.ok) return { kind: "failed", problem: found.problem, error: sentence(found.problem) } satisfies LookAnswer;
    const { dialect, version, encrypted, databases } = found.value;
    const milliseconds = now() - started;
    return { kind: "found", engine: version, dialect: dialect.id, encrypted, databases, milliseconds } satisfies LookAnswer;
  });
}

/** Registers `/introspect`. `now` in milliseconds. */
export function introspectRoute(app: App, reader: Reader, now: () => number): void {
  const schema = { tags, summary: "The whole model, streamed", body: IntrospectFields };
  app.post("/introspect", { schema }, async (request, reply) => {
    const fields = request.body;
    if (!fields.type || !fields.username) return refuse(reply, 400, "Database type and username are required");
    const engine = engineOf(fields);
    if (engine === null) return refuse(reply, 400, UNSUPPORTED_TYPE);
    const lines = new PassThrough();
    const send = (event: DatabaseEvent): void => {
      if (!lines.destroyed) lines.write(`${JSON.stringify(event)}\n`);
    };
    const caller = callerOf(request, reply);
    const read = async (): Promise<void> => {
      const started = now();
      let version = "";
      send({ kind: "progress", phase: "connecting" });
      const result = await reader.introspect(readRequest(engine, fields), fields.namespaces ?? [], caller, {
        connected: (session) => (version = session.version),
        answered: (answers) => {
          send({ kind: "progress", phase: "reading", engine: version, answers });
        },
      });
      if (result.ok) {
        const { encrypted, schema: model, problems } = result.value;
        send({ kind: "schema", engine: version, encrypted, schema: model, problems, milliseconds: now() - started });
      } else send({ kind: "failed", problem: result.problem, error: sentence(result.problem) });
      lines.end();
    };
    read().catch((error: unknown) => {
      request.log.error({ err: error }, "a reading failed");
      lines.destroy();
    });
    return reply.type("application/x-ndjson").header("cache-control", "no-store").send(lines);
  });
}
