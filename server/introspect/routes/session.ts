/** DrawDB's routes that keep a connection behind a cookie. */
import { nanoid } from "./nanoid.ts";
import { ConnectionFields, TableChoice, TablesPath } from "#shared/api/database.ts";
import { ok, type Result } from "#shared/result/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../../ops/instance.ts";
import { callerOf, refuse, refuseProblem } from "../answer.ts";
import { dbmlText } from "../drawdb/dbml.ts";
import { diagramData } from "../drawdb/diagram.ts";
import { schemaObject } from "../drawdb/schema.ts";
import type { Selection } from "../drawdb/selection.ts";
import type { Connector } from "../live/connector.ts";
import type { Reader } from "../reading.ts";
import { engineOf, readRequest } from "../request.ts";
import type { HeldConnection, Sessions } from "../sessions.ts";
import { databaseList, tableList, UNSUPPORTED_TYPE, wantsStrings } from "./shapes.ts";

/** Saves a diagram so that a link opens it; gives its id. */
export type SaveShare = (share: {
  readonly filename: string;
  readonly description: string;
  readonly content: string;
}) => Promise<string>;

export interface SessionParts {
  readonly reader: Reader;
  readonly connector: Connector;
  readonly sessions: Sessions;
  readonly now: () => number;
  /** Where the editor is that a saved diagram opens in. */
  readonly clientUrl: string;
  readonly saveShare: SaveShare;
}

const NO_CONNECTION = "No active connection. Please connect to database first.";
const NO_TABLES = "Database name and tables array are required";
const tags = ["live databases"];
const body = (schema: typeof ConnectionFields | typeof TableChoice, summary: string) => ({
  schema: { tags, summary, body: schema },
});
const plain = (summary: string) => ({ schema: { tags, summary } });

/** What a request on chosen tables asks for; null when the database or the tables are missing. */
function chosen(request: FastifyRequest): { readonly database: string; readonly tables: readonly string[] } | null {
  const { database, tables } = request.body as TableChoice;
  return database && tables ? { database, tables } : null;
}

/** Registers `/connect`, `/databases`, `/tables/:database`, `/schema`, `/generate-dbml`, `/import`, `/disconnect` and `/status`. */
export function sessionRoutes(app: App, parts: SessionParts): void {
  connectionRoutes(app, parts);
  const { reader, sessions } = parts;

  app.get("/databases", plain("Databases of the connected server"), async (request, reply) => {
    const held = sessions.find(request);
    if (held === null || held === "stale") return withoutConnection(reply, held);
    const found = await reader.databases(held.request, callerOf(request, reply));
    return found.ok ? databaseList(found.value) : refuseProblem(reply, found.problem);
  });

  const named = { schema: { tags, summary: "Tables of a database", params: TablesPath } };
  app.get("/tables/:database", named, async (request, reply) => {
    const held = sessions.find(request);
    if (held === null || held === "stale") return withoutConnection(reply, held);
    const { database } = request.params;
    const found = await reader.tables(held.request, database, callerOf(request, reply));
    return found.ok ? tableList(database, found.value) : refuseProblem(reply, found.problem);
  });

  app.post("/schema", body(TableChoice, "Columns and relations of chosen tables"), async (request, reply) => {
    const held = sessions.find(request);
    if (held === null || held === "stale") return withoutConnection(reply, held);
    const wanted = chosen(request);
    if (!wanted) return refuse(reply, 400, NO_TABLES);
    const { database, tables } = wanted;
    const read = await reader.select(held.request, database, tables, callerOf(request, reply));
    if (!read.ok) return refuseProblem(reply, read.problem);
    return { success: true, database, selectedTables: tables, schema: schemaObject(read.value), ...remarks(read.value) };
  });

  app.post("/generate-dbml", body(TableChoice, "Chosen tables as DBML"), async (request, reply) => {
    const held = sessions.find(request);
    if (held === null || held === "stale") return withoutConnection(reply, held);
    const wanted = chosen(request);
    if (!wanted) return refuse(reply, 500, "Failed to generate DBML");
    const { database, tables } = wanted;
    const read = await reader.select(held.request, database, tables, callerOf(request, reply));
    if (!read.ok) return refuseProblem(reply, read.problem);
    const dbml = dbmlText(read.value, new Date(parts.now()));
    return { success: true, database, tables, dbml, schema: schemaObject(read.value), ...remarks(read.value) };
  });

  app.post("/import", body(TableChoice, "Save chosen tables as a shared diagram"), async (request, reply) => {
    const held = sessions.find(request);
    if (held === null || held === "stale") return reply.redirect("/db-import?error=No%20active%20connection", 302);
    const saved = await save(parts, held, request, reply);
    if (!saved.ok) return refuseProblem(reply, saved.problem);
    if (saved.value === null) return refuse(reply, 500, "Failed to import schema");
    if ((request.body as TableChoice).options?.closeConnection !== false) leave(parts, request);
    return {
      success: true,
      redirectUrl: `${parts.clientUrl}/editor?shareId=${saved.value}`,
      shareId: saved.value,
      message: "Diagram generated and saved successfully. Redirecting to main app...",
    };
  });
}

function connectionRoutes(app: App, parts: SessionParts): void {
  const { reader, sessions } = parts;

  app.post("/connect", body(ConnectionFields, "Connect and keep the connection behind a cookie"), async (request, reply) => {
    const fields = request.body as ConnectionFields;
    if (!fields.type || !fields.username) return refuse(reply, 400, "Database type and username are required");
    const engine = engineOf(fields);
    if (engine === null) return refuse(reply, 400, UNSUPPORTED_TYPE);
    const connect = readRequest(engine, fields);
    const tried = await reader.ping(connect, callerOf(request, reply));
    if (!tried.ok) return refuseProblem(reply, tried.problem);
    leave(parts, request);
    const { connectionId } = sessions.hold(request, reply, engine, connect);
    return { success: true, message: "Connected successfully", connectionId, databaseType: engine };
  });

  app.post("/disconnect", plain("Forget the connection"), async (request) => {
    leave(parts, request);
    return { success: true, message: "Disconnected successfully" };
  });

  app.get("/status", plain("Whether there is a connection"), async (request) => {
    const held = sessions.find(request);
    const none = { connected: false, connectionId: null, databaseType: null };
    if (held === null) return none;
    if (held === "stale") return { ...none, connectedAt: null };
    const { connectionId, engine, connectedAt } = held;
    return { connected: true, connectionId, databaseType: engine, connectedAt: new Date(connectedAt).toISOString() };
  });
}

function withoutConnection(reply: FastifyReply, held: "stale" | null): FastifyReply {
  return held === "stale" ? refuse(reply, 500, "Connection not found") : refuse(reply, 400, NO_CONNECTION);
}

/** Forgets the connection of the request's cookie and closes what waits with its credentials. */
function leave({ sessions, connector }: SessionParts, request: FastifyRequest): void {
  const held = sessions.drop(request);
  if (held) connector.forget(held.request);
}

/** Reads the tables and saves them; null when there is nothing that could be saved. */
async function save(
  { reader, saveShare }: SessionParts,
  held: HeldConnection,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Result<string | null>> {
  const wanted = chosen(request);
  if (!wanted) return ok(null);
  const { database, tables } = wanted;
  const read = await reader.select(held.request, database, tables, callerOf(request, reply));
  if (!read.ok) return read;
  if (read.value.missing.length > 0) return ok(null);
  const content = JSON.stringify(diagramData(read.value, database, wantsStrings(request), nanoid));
  try {
    return ok(await saveShare({ filename: "share.json", description: `DrawDB diagram - ${database}`, content }));
  } catch (error) {
    request.log.error({ err: error }, "a diagram could not be saved");
    return ok(null);
  }
}

const remarks = (selection: Selection) => (selection.remarks.length === 0 ? {} : { remarks: selection.remarks });
