/** Calls of `/api/database` as a browser makes them, with everything that was ever answered. */
import type { RunningServer } from "./server.ts";

export interface DatabaseAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string | null;
  readonly headers: Headers;
}

export interface DatabaseClient {
  /** The connection's fields, with what a test says otherwise. */
  readonly fields: (over?: Record<string, unknown>) => Record<string, unknown>;
  readonly call: (
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<DatabaseAnswer>;
  /** The cookie header of the session that a connect began. */
  readonly connect: (over?: Record<string, unknown>) => Promise<{ readonly cookie: string }>;
  /** The lines of our own route. */
  readonly stream: (
    body: unknown,
  ) => Promise<{ readonly type: string | null; readonly lines: readonly Record<string, unknown>[] }>;
  /** Every answer's text and headers, and every line of the server's log. */
  readonly said: () => string;
}

/** A client of a server that may not be started yet. */
export function databaseClient(server: () => RunningServer, connection: () => Record<string, unknown>): DatabaseClient {
  const said: string[] = [];
  const fields = (over: Record<string, unknown> = {}): Record<string, unknown> => ({ ...connection(), ...over });
  const call: DatabaseClient["call"] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${server().address}/api/database${path}`, {
      method,
      redirect: "manual",
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    said.push(text, JSON.stringify([...answer.headers]));
    return {
      status: answer.status,
      body: text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {},
      cookie: answer.headers.get("set-cookie"),
      headers: answer.headers,
    };
  };
  return {
    fields,
    call,
    connect: async (over) => {
      const { cookie } = await call("POST", "/connect", fields(over));
      return { cookie: (cookie ?? "").split(";")[0] ?? "" };
    },
    stream: async (body) => {
      const answer = await fetch(`${server().address}/api/database/introspect`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      said.push(text);
      const lines = text.trim().split("\n");
      return {
        type: answer.headers.get("content-type"),
        lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
      };
    },
    said: () => said.join("\n") + server().log(),
  };
}
