/**
 * How live connections end and recover, over HTTP on real servers: sessions that wait and close, sessions that died, what is tried
 * again and what is not, callers that hang up.
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DatabaseSettings } from "../../server/introspect/index.ts";
import { LIMITS } from "../../server/introspect/live/session.ts";
import { databaseClient, type DatabaseClient } from "../support/database-client.ts";
import { type MariadbServer, startMariadb } from "../support/mariadb.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type RunningServer, startServer } from "../support/server.ts";
import pg from "pg";

const PASSWORD = "s3cret-canary-Pa55";

let postgres: PostgresServer | null = null;
let mariadb: MariadbServer | null = null;
let web: RunningServer | null = null;

beforeAll(async () => {
  postgres = await startPostgres(15);
  if (postgres) {
    // Asks for a password of every role but the owner.
    await postgres.psql(
      "postgres",
      `create role app login password '${PASSWORD}'; create database shop owner app;
       copy (select unnest(array['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256']))
         to '${postgres.data}/pg_hba.conf';
       alter system set log_connections = on; select pg_reload_conf();`,
    );
    await postgres.psql("shop", "create table customers (id int primary key)");
  }
  mariadb = await startMariadb();
  await mariadb?.script(
    "mysql",
    `create database shop; create user app@'%' identified by '${PASSWORD}'; grant select on shop.* to app@'%';
     create table shop.customers (id int primary key);`,
  );
});
afterEach(async () => {
  await web?.close();
  web = null;
});
afterAll(async () => {
  await postgres?.stop();
  await mariadb?.stop();
});

/** A live server: how to see the sessions of our account, and how to end them. */
interface Place {
  readonly type: string;
  readonly port: number;
  /** The ids of the sessions that `app` has. */
  readonly sessions: () => Promise<readonly string[]>;
  readonly kill: (id: string) => Promise<void>;
  readonly run: (sql: string) => Promise<readonly (readonly unknown[])[]>;
  readonly close: () => Promise<void>;
}

async function postgresPlace(): Promise<Place | null> {
  if (!postgres) return null;
  // A transaction sees who is connected as it was when it first looked: whoever looks has a session of its own.
  const asOwner = { host: "127.0.0.1", port: postgres.port, user: "postgres", database: "shop" };
  const [client, watcher] = [new pg.Client(asOwner), new pg.Client(asOwner)];
  for (const one of [client, watcher]) await one.connect();
  const ask = async (one: pg.Client, sql: string): Promise<unknown[][]> =>
    (await one.query<unknown[]>({ text: sql, rowMode: "array" })).rows;
  const run = (sql: string): Promise<unknown[][]> => ask(client, sql);
  return {
    type: "postgres",
    port: postgres.port,
    run,
    sessions: async () =>
      (await ask(watcher, "select pid from pg_stat_activity where usename = 'app' order by pid")).map(([pid]) => String(pid)),
    kill: async (id) => void (await run(`select pg_terminate_backend(${id})`)),
    close: async () => {
      for (const one of [client, watcher]) await one.end();
    },
  };
}

async function mariadbPlace(): Promise<Place | null> {
  if (!mariadb) return null;
  const { run, close } = await mariadb.connect("shop");
  return {
    type: "mysql",
    port: mariadb.port,
    run,
    sessions: async () =>
      (await run("select id from information_schema.processlist where user = 'app' order by id")).map(([id]) => String(id)),
    kill: async (id) => void (await run(`kill ${id}`)),
    close,
  };
}

async function start(place: Place, settings: Partial<DatabaseSettings> = {}, port = place.port): Promise<DatabaseClient> {
  const server = await startServer({}, {}, undefined, settings);
  web = server;
  return databaseClient(
    () => server,
    () => ({ type: place.type, host: "127.0.0.1", port, username: "app", password: PASSWORD, database: "shop" }),
  );
}

/** A way to a server that a test can watch and shut. */
interface Door {
  readonly port: number;
  readonly calls: () => number;
  /** Whether the next calls get through. */
  readonly open: (yes: boolean) => void;
  /** Nothing that the server says on the connections of now arrives any more. */
  readonly freeze: () => void;
  readonly close: () => void;
}

async function door(to: number): Promise<Door> {
  let [calls, isOpen] = [0, true];
  const sockets = new Set<Socket>();
  const onwards = new Set<Socket>();
  const server: Server = createServer((socket) => {
    calls += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (!isOpen) return void socket.destroy();
    const onward = connect(to, "127.0.0.1");
    sockets.add(onward);
    onwards.add(onward);
    onward.on("error", () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    calls: () => calls,
    open: (yes) => void (isOpen = yes),
    freeze: () => {
      for (const onward of onwards) onward.unpipe();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe.each([
  ["PostgreSQL", postgresPlace],
  ["MariaDB", mariadbPlace],
] as const)("a session on %s", (_name, open) => {
  const on = (title: string, test: (place: Place) => Promise<void>): void => {
    it(title, async ({ skip }) => {
      const place = await open();
      if (place === null) return skip();
      try {
        await test(place);
      } finally {
        await place.close();
      }
    });
  };

  on("serves the next question of the same credentials, then closes by itself", async (place) => {
    const { call, fields } = await start(place, { idleMs: 600 });
    expect((await call("POST", "/test-connection", fields())).status).toBe(200);
    const first = await place.sessions();
    expect(first).toHaveLength(1);
    expect((await call("POST", "/get-tables", fields({ selectedDatabase: "shop" }))).status).toBe(200);
    expect(await place.sessions()).toEqual(first);
    await expect.poll(place.sessions, { timeout: 5_000 }).toEqual([]);
  });

  on("is not lent to other credentials", async (place) => {
    const { call, fields } = await start(place);
    expect((await call("POST", "/test-connection", fields())).status).toBe(200);
    const wrong = await call("POST", "/test-connection", fields({ password: "wrong-canary" }));
    expect(wrong.status).toBe(500);
    expect(String(wrong.body["error"])).toMatch(/password/);
  });

  on("closes when its person disconnects, and all of them when the server stops", async (place) => {
    const { call, fields, connect: begin } = await start(place);
    const headers = await begin();
    expect(await place.sessions()).toHaveLength(1);
    await call("POST", "/disconnect", {}, headers);
    await expect.poll(place.sessions).toEqual([]);
    await call("POST", "/test-connection", fields());
    expect(await place.sessions()).toHaveLength(1);
    await web?.app.close();
    await expect.poll(place.sessions).toEqual([]);
  });

  on("that was ended while it waited is replaced without a word", async (place) => {
    const { call, fields } = await start(place);
    await call("POST", "/test-connection", fields());
    const [id = ""] = await place.sessions();
    await place.kill(id);
    const answer = await call("POST", "/get-tables", fields({ selectedDatabase: "shop" }));
    expect([answer.status, answer.body["tables"]]).toEqual([
      200,
      [{ name: "customers", type: "table", rowCount: null, size: null }],
    ]);
    expect(await place.sessions()).not.toContain(id);
  });

  on("is opened again after a pause, once its server is back", async (place) => {
    let late = 0;
    const way = await door(place.port);
    const { call, fields } = await start(place, { failureMs: 0, now: () => Date.now() + late }, way.port);
    const tried = async (): Promise<number> => (await call("POST", "/test-connection", fields())).status;
    way.open(false);
    for (let count = 0; count < 5; count += 1) expect(await tried()).toBe(500);
    way.open(true);
    expect(await tried()).toBe(503);
    late = 30_001;
    expect(await tried()).toBe(200);
    expect((await call("POST", "/test-connection", fields({ database: "" }))).status).not.toBe(503);
    way.close();
  });

  on("with a wrong password is tried once", async (place) => {
    const way = await door(place.port);
    const { call, fields } = await start(place, { failureMs: 0 }, way.port);
    expect((await call("POST", "/test-connection", fields({ password: "wrong-canary", tls: { mode: "disable" } }))).status).toBe(
      500,
    );
    expect(way.calls()).toBe(1);
    way.close();
  });
});

describe("a server that has no connection free", () => {
  it("is asked once more, after a moment", async ({ skip }) => {
    const place = await postgresPlace();
    if (!place || !postgres) return skip();
    await place.run("alter role app connection limit 1");
    const way = await door(place.port);
    const { call, fields } = await start(place, { failureMs: 0 }, way.port);
    const asked = fields({ tls: { mode: "disable" } });
    const holder = new pg.Client({ host: "127.0.0.1", port: place.port, user: "app", password: PASSWORD, database: "shop" });
    await holder.connect();
    const refused = await call("POST", "/test-connection", asked);
    expect([refused.status, refused.body["error"]]).toEqual([500, 'too many connections for role "app"']);
    expect(way.calls()).toBe(2);
    const soon = call("POST", "/test-connection", asked);
    await expect.poll(way.calls).toBe(3);
    await holder.end();
    expect((await soon).status).toBe(200);
    expect(way.calls()).toBe(4);
    await place.run("alter role app connection limit -1");
    await place.close();
    way.close();
  });
});

/** Asks for the whole model; what the stream said, or that the caller hung up. */
function introspect(place: Place, port: number, signal: AbortSignal): Promise<string> {
  const body = { type: place.type, host: "127.0.0.1", port, username: "app", password: PASSWORD, database: "shop" };
  return fetch(`${web?.address ?? ""}/api/database/introspect`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  })
    .then((answer) => answer.text())
    .catch(() => "hung up");
}

describe("a caller that hangs up", () => {
  it("leaves no statement waiting on PostgreSQL", async ({ skip }) => {
    const place = await postgresPlace();
    if (!place) return skip();
    await start(place, { limits: { ...LIMITS, lockMs: 60_000 } });
    await place.run("begin; lock table pg_catalog.pg_description in access exclusive mode");
    const caller = new AbortController();
    const reading = introspect(place, place.port, caller.signal);
    const waiting = async (): Promise<number> =>
      (await place.run("select 1 from pg_locks where relation = 'pg_catalog.pg_description'::regclass and not granted")).length;
    await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
    caller.abort();
    expect(await reading).toBe("hung up");
    await expect.poll(place.sessions, { timeout: 5_000 }).toEqual([]);
    await place.run("rollback");
    await place.close();
  });

  it.for([
    ["PostgreSQL", postgresPlace],
    ["MariaDB", mariadbPlace],
  ] as const)("leaves no session open on %s when nothing arrives from it any more", async ([_name, open], { skip }) => {
    const place = await open();
    if (!place) return skip();
    const way = await door(place.port);
    const { call, fields } = await start(place, {}, way.port);
    expect((await call("POST", "/test-connection", fields())).status).toBe(200);
    expect(await place.sessions()).toHaveLength(1);
    way.freeze();
    const caller = new AbortController();
    const reading = introspect(place, way.port, caller.signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await place.sessions()).toHaveLength(1);
    caller.abort();
    expect(await reading).toBe("hung up");
    await expect.poll(place.sessions, { timeout: 10_000 }).toEqual([]);
    await place.close();
    way.close();
  });
});
