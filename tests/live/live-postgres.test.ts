/** Sessions on a real PostgreSQL: what they read, what they leave alone, how they end. */
import { chown, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgres } from "../../server/introspect/live/postgres.ts";
import { LIMITS, type Limits, type LiveSession, type Login } from "../../server/introspect/live/session.ts";
import type { Target } from "../../server/introspect/target/resolve.ts";
import { type Problem, type Result, sentence } from "#shared/result/index.ts";
import { type Authority, createAuthority } from "../support/certificates.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";

let server: PostgresServer | null = null;
let authority: Authority;
const PASSWORD = "correct horse battery";
const forever = new AbortController().signal;
const ALL = { namespaces: [] };

/** Rows that must never be asked for; the server's log would show it. */
const SHOP = `
  create table customers (id int primary key, name text not null, secret text);
  create table orders (id int primary key, customer_id int not null references customers, total numeric(8,2) default 0);
  insert into customers values (1, 'Ada', 'canary-7f3a');
  insert into orders values (1, 1, 12.5);
  create view totals as select customer_id, sum(total) from orders group by 1;
  create materialized view kept as select * from customers;
`;

/** Asks for a password of every role but the owner, whom psql connects as, and lets `only_tls` in with TLS alone. */
const rules = (file: string): string => `
  copy (select unnest(array['host all postgres 127.0.0.1/32 trust', 'hostnossl all only_tls 127.0.0.1/32 reject',
    'host all all 127.0.0.1/32 scram-sha-256'])) to '${file}';
  select pg_reload_conf();`;

beforeAll(async () => {
  authority = await createAuthority("a test's authority");
  server = await startPostgres(15);
  if (server === null) return;
  const { key, cert } = await authority.issue("DNS:localhost", "DNS:db.test");
  const owner = await stat(server.data);
  for (const [name, text] of [
    ["server.key", key],
    ["server.crt", cert],
  ] as const) {
    await writeFile(join(server.data, name), text, { mode: 0o600 });
    await chown(join(server.data, name), owner.uid, owner.gid);
  }
  await server.psql("postgres", "create database shop");
  await server.psql("shop", SHOP);
  await server.psql(
    "postgres",
    `create role reader login password '${PASSWORD}'; create role only_tls login password '${PASSWORD}';
     alter system set ssl = on; alter system set log_statement = 'all'; ${rules(join(server.data, "pg_hba.conf"))}`,
  );
});
beforeEach(({ skip }) => {
  if (server === null) skip("no PostgreSQL 15 could be started here");
});
afterAll(async () => {
  await server?.stop();
  await authority.remove();
});

const target = (over: Partial<Target> = {}): Target => ({
  host: "localhost",
  port: server?.port ?? 0,
  addresses: ["127.0.0.1"],
  reach: "loopback",
  ...over,
});
const login = (over: Partial<Login> = {}): Login => ({
  user: "reader",
  password: PASSWORD,
  database: "shop",
  tls: "prefer",
  ca: null,
  ...over,
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(sentence(result.problem));
  return result.value;
}

const problemOf = (result: Result<unknown>): Problem => {
  if (result.ok) throw new Error("it went well");
  return result.problem;
};

/** Runs with an open session. */
async function withSession(
  work: (session: LiveSession) => Promise<void>,
  over: Partial<Login> = {},
  limits: Limits = LIMITS,
): Promise<void> {
  const session = unwrap(await openPostgres(target(), login(over), limits, forever));
  try {
    await work(session);
  } finally {
    session.close();
  }
}

describe("a session on PostgreSQL", () => {
  it("reads the whole catalogue as a role that may read no table", () =>
    withSession(async (session) => {
      const before = server?.log().length ?? 0;
      const { value } = unwrap(await session.read((run) => session.dialect.catalog.introspect(run, ALL), forever));
      expect(session.version).toMatch(/^PostgreSQL 15\.\d+$/);
      expect(value.tables.map(({ name }) => name)).toEqual(["customers", "orders"]);
      expect(value.foreignKeys).toHaveLength(1);
      expect(value.views.map(({ name }) => name).sort()).toEqual(["kept", "totals"]);
      const log = server?.log().slice(before) ?? "";
      const statements = log.split(/LOG: {2}(?:statement|execute [^:]+): /).slice(1);
      expect(statements.length).toBeGreaterThan(15);
      for (const statement of statements) {
        expect(statement).toMatch(/^\s*(begin transaction|select|with|rollback|show|set local)/i);
        expect(statement).not.toMatch(
          /customers|orders|totals|canary|\b(insert into|update \S+ set|delete from|copy \S+ |lock table)\b/i,
        );
      }
    }));

  it("cannot write, whoever it is", () =>
    withSession(
      async (session) => {
        const answer = await session.read((run) => run("create table planted (id int)"), forever);
        expect(problemOf(answer).params).toMatchObject({ code: "25006" });
        const again = await session.read((run) => run("select 1"), forever);
        expect(unwrap(again)).toEqual([["1"]]);
      },
      { user: "postgres" },
    ));

  it("stops a statement on the server when its caller goes", () =>
    withSession(async (session) => {
      const caller = new AbortController();
      const reading = session.read(async (run) => {
        const slow = run("select pg_sleep(60)");
        setImmediate(() => caller.abort());
        return slow;
      }, caller.signal);
      expect(problemOf(await reading).code).toBe("live.cancelled");
      await withSession(
        async (other) => {
          const running =
            "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()";
          const rows = await other.read((run) => run(running), forever);
          expect(unwrap(rows)).toEqual([["0"]]);
        },
        { user: "postgres" },
      );
      expect(session.alive()).toBe(false);
    }));

  it.each([
    [{ statementMs: 50 }, "live.refused"],
    [{ totalMs: 100 }, "live.timeout"],
  ])("keeps its time: %o", async (over, code) => {
    const session = unwrap(await openPostgres(target(), login(), { ...LIMITS, ...over }, forever));
    expect(problemOf(await session.read((run) => run("select pg_sleep(60)"), forever)).code).toBe(code);
    session.close();
  });

  it("stops at its bytes", () =>
    withSession(
      async (session) => {
        const answer = await session.read((run) => run("select repeat('x', 1000) from generate_series(1, 100000)"), forever);
        expect(problemOf(answer).code).toBe("live.too-much");
      },
      {},
      { ...LIMITS, bytes: 1024 * 1024 },
    ));

  it("says that it was lost when the server ends it", () =>
    withSession(
      async (session) => {
        const answer = await session.read((run) => run("select pg_terminate_backend(pg_backend_pid())"), forever);
        expect(["live.lost", "live.refused"]).toContain(problemOf(answer).code);
        expect(session.alive()).toBe(false);
      },
      { user: "postgres" },
    ));
});

describe("what PostgreSQL refuses", () => {
  it.each<[what: string, over: Partial<Login>, code: string]>([
    ["a wrong password", { password: "wrong-canary" }, "28P01"],
    ["a role that is not there", { user: "nobody_here" }, "28P01"],
    ["no password", { password: "" }, "28P01"],
    ["a database that is not there", { database: "no_such" }, "3D000"],
    ["a role that may only come encrypted", { user: "only_tls", tls: "disable" }, "28000"],
  ])("%s", async (_what, over, code) => {
    const refused = problemOf(await openPostgres(target(), login(over), LIMITS, forever));
    expect(refused).toMatchObject({ code: "live.refused", params: { code } });
    expect(JSON.stringify(refused)).not.toContain("wrong-canary");
  });
});

describe("TLS to PostgreSQL", () => {
  it.each<[what: string, host: string, over: Partial<Login> & { readonly known: boolean }, code: string | null]>([
    ["encrypts where it can", "localhost", { tls: "prefer", known: false }, null],
    ["encrypts without a check", "localhost", { tls: "require", known: false }, null],
    ["verifies authority and name", "localhost", { tls: "verify-full", known: true }, null],
    ["verifies another of the names", "db.test", { tls: "verify-full", known: true }, null],
    ["verifies the authority alone", "other.test", { tls: "verify-ca", known: true }, null],
    ["refuses a wrong name", "other.test", { tls: "verify-full", known: true }, "live.certificate"],
    ["refuses an address the certificate does not name", "127.0.0.1", { tls: "verify-full", known: true }, "live.certificate"],
    ["refuses an unknown authority", "localhost", { tls: "verify-full", known: false }, "live.certificate"],
    ["refuses an unknown authority", "localhost", { tls: "verify-ca", known: false }, "live.certificate"],
  ])("%s: %s %o", async (_what, host, { known, ...over }, code) => {
    const asked = login({ user: "only_tls", ca: known ? authority.ca : null, ...over });
    const opened = await openPostgres(target({ host }), asked, LIMITS, forever);
    if (code !== null) return expect(problemOf(opened).code).toBe(code);
    const session = unwrap(opened);
    const rows = await session.read((run) => run("select ssl from pg_stat_ssl where pid = pg_backend_pid()"), forever);
    expect(unwrap(rows)).toEqual([["t"]]);
    expect(session.encrypted).toBe(true);
    session.close();
  });

  it("says when the server does not encrypt", async ({ skip }) => {
    const plain = await startPostgres(15);
    if (plain === null) return skip("no second PostgreSQL could be started here");
    const to = target({ port: plain.port });
    const asked = (tls: Login["tls"]): Login => login({ user: "postgres", database: "postgres", tls });
    const session = unwrap(await openPostgres(to, asked("prefer"), LIMITS, forever));
    expect(session.encrypted).toBe(false);
    session.close();
    expect(problemOf(await openPostgres(to, asked("require"), LIMITS, forever)).code).toBe("live.not-encrypted");
    await plain.stop();
  });
});

it("takes nothing from this process's PG variables", async () => {
  const kept = { ...process.env };
  Object.assign(process.env, { PGPASSWORD: PASSWORD, PGUSER: "postgres", PGDATABASE: "postgres", PGSSLMODE: "disable" });
  const refused = await openPostgres(target(), login({ password: "" }), LIMITS, forever);
  process.env = kept;
  expect(problemOf(refused).params).toMatchObject({ code: "28P01" });
});
