/** A server over a store of gists, called as DrawDB's clients call it. */
import { afterAll, beforeAll } from "vitest";
import type { GistStore } from "../../../server/gists/index.ts";
import { type RunningServer, startServer } from "../server.ts";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

/** How the server is spoken to, and what it logged. */
export interface Gists {
  readonly call: (method: string, path: string, body?: unknown, secret?: string) => Promise<Answer>;
  /** A new gist under a prefix, as DrawDB's client makes one. */
  readonly create: (prefix: string, more?: object) => Promise<{ id: string; secret?: string }>;
  readonly versions: (prefix: string, id: string) => Promise<{ version: string; change_status: object }[]>;
  readonly server: () => RunningServer;
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const DIAGRAM = JSON.stringify({
  title: "Shop",
  tables: [{ id: "t", name: "person" }],
  relationships: [],
  database: "postgresql",
});
/** An id as `/api/gists` gives them, that no gist has. */
export const NOBODY = "00000000-0000-4000-8000-000000000000";

/** A server that runs while the tests of this block do, over the store that `open` gives for a folder. */
export function startGists(open: (folder: string) => Promise<GistStore>): Gists {
  let server: RunningServer;
  let store: GistStore;
  let clock = Date.UTC(2026, 0, 1);

  beforeAll(async () => {
    store = await open("");
    server = await startServer({ gistBytes: 64 * 1024 }, { gists: store, now: () => new Date((clock += 1000)) });
  });

  afterAll(async () => {
    await server.close();
  });

  const call: Gists["call"] = async (method, path, body, secret) => {
    const answer = await fetch(server.address + path, {
      method,
      headers: {
        origin: "http://localhost:5173",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: text === "" ? null : (JSON.parse(text) as unknown) };
  };

  const create: Gists["create"] = async (prefix, more = {}) => {
    const { body } = await call("POST", prefix, {
      public: false,
      filename: "share.json",
      description: "drawDB diagram",
      content: DIAGRAM,
      ...more,
    });
    return (body as { data: { id: string; secret?: string } }).data;
  };

  const versions: Gists["versions"] = async (prefix, id) =>
    ((await call("GET", `${prefix}/${id}/commits`)).body as { data: { version: string; change_status: object }[] }).data;

  return { call, create, versions, server: () => server };
}
