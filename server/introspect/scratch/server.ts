/**
 * The operator's scratch server: reached as they said, refused where its account may do more than it needs. Only the operator hears
 * where it is and why it cannot be reached.
 */
import type { Dialect, Scratch } from "#shared/dialects/dialect.ts";
import { dialects } from "#shared/dialects/index.ts";
import { fail, ok, problem, type Result } from "#shared/result/index.ts";
import { deadlineOf } from "../deadline.ts";
import { codeOf } from "../live/failure.ts";
import { connect, isMariadb, type Link, refusal, rowsOn } from "../live/mysql-link.ts";
import { LIMITS, type Limits, type Login } from "../live/session.ts";
import { defaultTls } from "../live/tls.ts";
import { cutOn } from "../target/pinned-stream.ts";
import type { TargetPolicy } from "../target/policy.ts";
import { type Resolver, resolveTarget, type Target } from "../target/resolve.ts";

/** The operator's own choice: any host but those that are no database in any deployment. */
const ANY: TargetPolicy = { mode: "private-ok", allow: [], ports: [] };
const USUAL_PORT = 3306;
/** A text of a file is one statement, whatever it holds. */
const ONE = { several: false };

/** What the operator's log is told. */
export type Log = (details: Readonly<Record<string, string>>, message: string) => void;

/** A connection to the server, whose account was looked at. */
export interface Scratchpad {
  readonly link: Link;
  readonly target: Target;
  readonly login: Login;
  readonly dialect: Dialect;
  readonly scratch: Scratch;
  /** `MariaDB 11.8.2`. */
  readonly engine: string;
  readonly modes: string;
  readonly engines: readonly string[];
  readonly events: boolean;
  /** A statement that defines can be given a time there. */
  readonly timed: boolean;
}

/** A file takes longer than a reading: each of its statements is a trip of its own, and some tables take a second. */
export const SCRATCH_LIMITS: Limits = { ...LIMITS, statementMs: 30_000, totalMs: 120_000 };

export const ask = async (link: Link, sql: string): Promise<readonly (readonly string[])[]> =>
  (await rowsOn(link)(sql)).map((row) => row.map((cell) => String(cell ?? "")));

const names = async (link: Link, sql: string): Promise<string[]> => (await ask(link, sql)).map(([name]) => name ?? "");

export const databasesOf = (link: Link): Promise<string[]> => names(link, "SELECT schema_name FROM information_schema.schemata");

export class ScratchServer {
  readonly #address: URL;
  readonly #resolver: Resolver;
  readonly #log: Log;
  readonly limits: Limits;

  /** `address`: mysql://user:password@host:port. */
  constructor(address: string, resolver: Resolver, log: Log, limits: Limits) {
    this.#address = new URL(address);
    this.#resolver = resolver;
    this.#log = log;
    this.limits = limits;
  }

  /** Connects, and looks at what the account may do. The caller ends the connection. */
  async open(signal: AbortSignal | null): Promise<Result<Scratchpad>> {
    const deadline = deadlineOf(signal, this.limits.connectMs);
    try {
      const [target, login] = await this.#way();
      const link = await connect(target, login, ONE, deadline.signal);
      // Its answers are of many statements: what they may be long is counted anew for each file.
      link.stream.allow(this.limits.bytes);
      const uncut = cutOn(deadline.signal, link.stream);
      const looked = await this.#look(link, target, login).catch((error: unknown) => {
        link.stream.destroy();
        throw error;
      });
      uncut();
      if (!looked.ok) link.stream.destroy();
      return looked;
    } catch (error) {
      if (signal?.aborted) return fail(problem("live.cancelled", "error"));
      if (deadline.late()) return this.#unreachable("it does not answer");
      return this.#unreachable(refusal(error)?.message ?? codeOf(error) ?? String(error));
    } finally {
      deadline.clear();
    }
  }

  async #way(): Promise<readonly [Target, Login]> {
    const { hostname, port, username, password } = this.#address;
    const target = await resolveTarget(hostname, port === "" ? USUAL_PORT : Number(port), ANY, this.#resolver);
    if ("refused" in target) throw new Error(`its host is ${target.refused}`);
    const [user, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
    return [target, { user, password: secret, database: null, tls: defaultTls(target), ca: null }];
  }

  async #look(link: Link, target: Target, login: Login): Promise<Result<Scratchpad>> {
    const [[version = "", scheduler = "", modes = ""] = []] = await ask(
      link,
      "SELECT VERSION(), @@global.event_scheduler, @@session.sql_mode",
    );
    const timed = isMariadb(version);
    const dialect: Dialect = timed ? dialects.mariadb : dialects.mysql;
    const scratch = await dialect.scratch?.();
    if (!scratch) return this.#unreachable(`${dialect.label} has no scratch places`);
    const excess = scratch.excess(await names(link, "SHOW GRANTS"), await databasesOf(link));
    if (excess !== null) {
      this.#log({ may: excess, recipe: scratch.recipe }, "the account of SCRATCH_MYSQL_URL may do too much");
      return fail(problem("scratch.rights", "error", { what: excess }));
    }
    const listed = await ask(link, "SHOW ENGINES");
    const engines = listed.flatMap(([name = "", support]) => (support === "NO" || support === "DISABLED" ? [] : [name]));
    const engine = `${dialect.label} ${version.split("-")[0] ?? ""}`;
    const events = scheduler.toUpperCase() === "ON";
    return ok({ link, target, login, dialect, scratch, engine, modes, engines, events, timed });
  }

  #unreachable(why: string): Result<never> {
    this.#log({ why }, "the scratch server of SCRATCH_MYSQL_URL cannot be used");
    return fail(problem("scratch.unreachable", "error"));
  }
}
