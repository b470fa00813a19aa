/**
 * Sessions on MySQL and MariaDB, over `mysql2`. A text may hold several statements, because the catalogue is read hundreds of
 * SHOW CREATE a trip; all of them are ours, and names in them are quoted by the dialect.
 */
import type { Dialect } from "#shared/dialects/dialect.ts";
import { dialects } from "#shared/dialects/index.ts";
import { ok } from "#shared/result/index.ts";
import { deadlineOf } from "../deadline.ts";
import { cutOn } from "../target/pinned-stream.ts";
import { codeOf, failure, type FailureContext, NotEncrypted, type Stage } from "./failure.ts";
import { BAD_TLS, connect, isMariadb, type Link, NO_TLS, refusal, rowsOn } from "./mysql-link.ts";
import type { Limits, LiveSession, Open } from "./session.ts";

/** How long a cancelled statement may take to end before the connection is cut, milliseconds. */
const CANCEL_MS = 2_000;
/** Every text is of our own statements: the catalogue is read hundreds of them a trip. */
const OURS = { several: true };

/** Opens a read-only session. */
export const openMysql: Open = async (target, login, limits, signal) => {
  const context = { engine: "MySQL", target, login, limits, refusal };
  const deadline = deadlineOf(signal, limits.connectMs);
  try {
    const link = await connect(target, login, OURS, deadline.signal);
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
      const killer = await connect(target, login, OURS, deadline.signal);
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
