/** Reads the connection fields of a request as DrawDB's server does: what is left out has a default, what is odd is refused later. */
import type { ConnectionFields } from "#shared/api/database.ts";
import { type EngineName, ENGINES, isEngine, MAIN } from "./engines.ts";
import type { ConnectRequest } from "./live/connector.ts";

/** The request with another database of the same server; a file's only database is the one it was opened as. */
export function onDatabase(request: ConnectRequest, database: string): ConnectRequest {
  if (request.engine.way.kind === "file" && database === MAIN && request.login.database !== null) return request;
  return { ...request, login: { ...request.login, database } };
}

/** The engine's name, when it is one that a live connection can be made to. */
export function engineOf({ type }: ConnectionFields): EngineName | null {
  return typeof type === "string" && isEngine(type) ? type : null;
}

/** The connection that the fields describe, on an engine that `engineOf` found. */
export function readRequest(name: EngineName, fields: ConnectionFields): ConnectRequest {
  const engine = ENGINES[name];
  const port = Number.parseInt(String(fields.port ?? ""), 10);
  return {
    engine,
    host: (fields.host ?? "").trim() || "localhost",
    port: Number.isNaN(port) ? engine.way.port : port,
    login: {
      user: fields.username ?? "",
      password: fields.password ?? "",
      database: (fields.database ?? "") || null,
      tls: fields.tls?.mode ?? null,
      ca: fields.tls?.ca ?? null,
    },
  };
}
