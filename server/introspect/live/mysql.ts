/**
 * Sessions on MySQL and MariaDB, over `mysql2`. A text may hold several statements, because the catalogue is read hundreds of
 * SHOW CREATE a trip; all of them are ours, and names in them are quoted by the dialect.
 */
import { type Connection, createConnection } from "mysql2";
import type { Dialect, RunQuery } from "#shared/dialects/dialect.ts";
import { dialects } from "#shared/dialects/index.ts";
import { ok } from "#shared/result/index.ts";
import { deadlineOf } from "../deadline.ts";
import { cutOn, PinnedStream } from "../target/pinned-stream.ts";
import type { Target } from "../target/resolve.ts";
import { codeOf, failure, type FailureContext, NotEncrypted, type Refusal, type Stage } from "./failure.ts";
import { HANDSHAKE_BYTES, type Limits, type LiveSession, type Login, type Open, ROW_BYTES } from "./session.ts";
import { tlsOptions } from "./tls.ts";

/** How long a cancelled statement may take to end before the connection is cut, milliseconds. */
const CANCEL_MS = 2_000;
const NO_TLS = "HANDSHAKE_NO_SSL_SUPPORT";
const BAD_TLS = "HANDSHAKE_SSL_ERROR";

/** Opens a read-only session. */
export const openMysql: Open = async (target, login, limits, signal) => {
  const context = { engine: "MySQL", target, login, limits, refusal };
  const deadline = deadlineOf(signal, limits.connectMs);
  try {
    const link = await connect(target, login, deadline.signal);
    const stop = cutOn(deadline.signal, link.stream);
    try {
      return ok(await MysqlSession.begin(link, { ...context, stage: "reading" }));
    } catch (error) {
      link.stream.destroy();
      throw error;
    } finally {
      stop();
    }
  } catch (error) {
    const stage: Stage = codeOf(error) === BAD_TLS ? "encrypting" : "connecting";
    return failure(codeOf(error) === NO_TLS ? new NotEncrypted() : error, { ...context, stage, deadline });
  } finally {
    deadline.clear();
  }
};

interface Link {
  readonly connection: Connection;
  readonly stream: PinnedStream;
  readonly encrypted: boolean;
}

/** Connects and logs in. Where encryption is only preferred and the server has none, once more without. */
async function connect(target: Target, login: Login, signal: AbortSignal): Promise<Link> {
  try {
    return await logIn(target, login, login.tls !== "disable", signal);
  } catch (error) {
    if (login.tls !== "prefer" || codeOf(error) !== NO_TLS) throw error;
    return logIn(target, login, false, signal);
  }
}

function logIn(target: Target, login: Login, encrypted: boolean, signal: AbortSignal): Promise<Link> {
  const stream = new PinnedStream(target, HANDSHAKE_BYTES);
  return new Promise((resolve, reject) => {
    const connection = connectionOn(stream, target, login, encrypted);
    const stop = cutOn(signal, stream);
    // A connection that breaks while nothing is asked is noticed by `alive`.
    connection.on("error", (error) => {
      reject(error);
    });
    // A connection that is closed without an error is one as well; where there is one, it comes first.
    stream.once("close", () => {
      setImmediate(() => {
        reject(new Error("the connection was closed"));
      });
    });
    connection.connect((error) => {
      stop();
      if (!error) return resolve({ connection, stream, encrypted });
      stream.destroy();
      reject(error);
    });
  });
}

function connectionOn(stream: PinnedStream, target: Target, login: Login, encrypted: boolean): Connection {
  const { rejectUnauthorized, minVersion, ...options } = tlsOptions(target.host, login);
  return createConnection({
    stream: () => stream.connect(),
    host: target.host,
    port: target.port,
    user: login.user,
    password: login.password,
    ...(login.database === null ? {} : { database: login.database }),
    ...(encrypted
      ? {
          ssl: {
            rejectUnauthorized,
            minVersion,
            verifyIdentity: login.tls === "verify-full",
            ...("ca" in options ? { ca: options.ca } : {}),
          },
        }
      : {}),
    // A server could otherwise ask for a file of ours.
    flags: ["-LOCAL_FILES"],
    multipleStatements: true,
    rowsAsArray: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    // A server's column names never become code.
    disableEval: true,
    connectTimeout: 0,
    enableKeepAlive: false,
  });
}

/** The rows of all statements of the text, one after another. */
const rowsOn =
  ({ connection, stream }: Pick<Link, "connection" | "stream">): RunQuery =>
  (sql, params) =>
    new Promise((resolve, reject) => {
      const lost = (): void => {
        reject(stream.errored ?? new Error("the connection was closed"));
      };
      if (stream.destroyed) return lost();
      // The driver tells a query that waits of an end, and one that comes after it nothing.
      stream.once("close", lost);
      const rows: unknown[][] = [];
      const query = connection.query({ sql, values: [...(params ?? [])] });
      query.on("error", reject);
      // One for each row, and one that is no list for each statement without rows.
      query.on("result", (row: unknown) => {
        if (stream.spend(ROW_BYTES) && Array.isArray(row)) rows.push(row);
      });
      query.on("end", () => {
        stream.off("close", lost);
        resolve(rows);
      });
    });

class MysqlSession implements LiveSession {
  readonly remarks = [];
  readonly dialect: Dialect;
  readonly version: string;
  readonly encrypted: boolean;
  readonly #link: Link;
  readonly #context: Omit<FailureContext, "deadline">;

  private constructor(link: Link, version: string, context: Omit<FailureContext, "deadline">) {
    this.#link = link;
    this.encrypted = link.encrypted;
    this.dialect = isMariadb(version) ? dialects.mariadb : dialects.mysql;
    this.version = `${this.dialect.label} ${version.split("-")[0] ?? ""}`;
    this.#context = { ...context, engine: this.dialect.label };
  }

  static async begin(link: Link, context: Omit<FailureContext, "deadline">): Promise<MysqlSession> {
    const [row] = await rowsOn(link)("SELECT VERSION()");
    const version = String(row?.[0]);
    const session = new MysqlSession(link, version, context);
    await rowsOn(link)(settings(isMariadb(version), context.limits));
    return session;
  }

  readonly alive = (): boolean => !this.#link.stream.destroyed;

  readonly read: LiveSession["read"] = async (work, signal) => {
    const { stream } = this.#link;
    const { limits } = this.#context;
    const deadline = deadlineOf(signal, limits.totalMs);
    const stop = (): void => void this.#cancel();
    deadline.signal.addEventListener("abort", stop, { once: true });
    stream.allow(limits.bytes);
    try {
      deadline.signal.throwIfAborted();
      await rowsOn(this.#link)("START TRANSACTION READ ONLY");
      const value = await work(rowsOn(this.#link));
      // A reader that goes on after what one statement was refused must not take a broken connection for an empty database.
      await rowsOn(this.#link)("ROLLBACK");
      deadline.signal.throwIfAborted();
      return ok(value);
    } catch (error) {
      const broken = failure(stream.errored ?? error, { ...this.#context, deadline });
      if (deadline.signal.aborted) stream.destroy();
      else await rowsOn(this.#link)("ROLLBACK").catch(() => stream.destroy());
      return broken;
    } finally {
      deadline.clear();
    }
  };

  readonly close = (): void => {
    if (!this.alive()) return;
    const { connection, stream } = this.#link;
    connection.end(() => stream.destroy());
    const cut = setTimeout(() => stream.destroy(), CANCEL_MS);
    stream.once("close", () => {
      clearTimeout(cut);
    });
  };

  /** Kills the statement from a connection of its own, then cuts ours. */
  async #cancel(): Promise<void> {
    const { target, login } = this.#context;
    const deadline = deadlineOf(null, CANCEL_MS);
    try {
      const killer = await connect(target, login, deadline.signal);
      await rowsOn(killer)(`KILL QUERY ${String(Number(this.#link.connection.threadId))}`);
      killer.connection.end(() => killer.stream.destroy());
    } catch {
      // What cannot be killed ends by its own time limit.
    } finally {
      deadline.clear();
      this.#link.stream.destroy();
    }
  }
}

const isMariadb = (version: string): boolean => version.includes("MariaDB");

/** A statement's time has another name and unit in each of the two. */
const settings = (mariadb: boolean, { statementMs, lockMs, totalMs }: Limits): string =>
  [
    "SET SESSION TRANSACTION READ ONLY",
    mariadb
      ? `SET SESSION max_statement_time = ${String(statementMs / 1000)}`
      : `SET SESSION max_execution_time = ${String(statementMs)}`,
    `SET SESSION lock_wait_timeout = ${String(Math.ceil(lockMs / 1000))}`,
    `SET SESSION wait_timeout = ${String(Math.ceil(totalMs / 1000))}`,
  ].join("; ");

/** Numbers of a server that ends sessions because it stops or was told to: the connection is lost, nothing was refused. */
const ENDINGS = new Set([1053, 1927, 4031]);

/** An ERR packet: it has the server's number and words. */
function refusal(error: unknown): Refusal | null {
  const { errno, sqlMessage } = error as { readonly errno?: number; readonly sqlMessage?: string };
  if (ENDINGS.has(errno ?? 0)) return null;
  return typeof sqlMessage === "string" && sqlMessage !== "" ? { code: String(errno ?? ""), message: sqlMessage } : null;
}
