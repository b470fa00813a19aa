/** Sessions on PostgreSQL, over `pg`. See the manual, "Frontend/Backend Protocol". */
import { type EventEmitter, once } from "node:events";
import type { Duplex } from "node:stream";
import pg from "pg";
import type { RunQuery } from "#shared/dialects/dialect.ts";
import { dialects } from "#shared/dialects/index.ts";
import { ok } from "#shared/result/index.ts";
import { deadlineOf } from "../deadline.ts";
import { cutOn, PinnedStream } from "../target/pinned-stream.ts";
import type { Target } from "../target/resolve.ts";
import { failure, type FailureContext, NotEncrypted, type Refusal, type Stage } from "./failure.ts";
import { HANDSHAKE_BYTES, type Limits, type LiveSession, type Login, MESSAGE_BYTES, type Open, ROW_BYTES } from "./session.ts";
import { encrypt } from "./tls.ts";

const ENGINE = "PostgreSQL";
const SSL_REQUEST = [8, 80877103];
const CANCEL_REQUEST = [16, 80877102];
/** How long a cancelled statement may take to end before the connection is cut, milliseconds. */
const CANCEL_MS = 2_000;

/** Opens a read-only session. */
export const openPostgres: Open = async (target, login, limits, signal) => {
  const context = { engine: ENGINE, target, login, limits, refusal };
  const deadline = deadlineOf(signal, limits.connectMs);
  const raw = new PinnedStream(target, HANDSHAKE_BYTES);
  const stop = cutOn(deadline.signal, raw);
  let stage: Stage = "connecting";
  try {
    const stream = await reach(raw, target, login, () => (stage = "encrypting"));
    stage = "connecting";
    const client = clientOn(stream, login);
    countMessages(client, raw);
    await client.connect();
    const version = await versionOf(client);
    return ok(new PostgresSession(client, raw, stream !== raw, version, { ...context, stage: "reading" }));
  } catch (error) {
    raw.destroy();
    return failure(error, { ...context, stage, deadline });
  } finally {
    stop();
    deadline.clear();
  }
};

/** Connects and, unless it is unwanted, encrypts: the server answers an SSLRequest with one byte, S or N. */
async function reach(raw: PinnedStream, target: Target, login: Login, encrypting: () => void): Promise<Duplex> {
  raw.connect();
  await once(raw, "connect");
  if (login.tls === "disable") return raw;
  raw.write(int32(SSL_REQUEST));
  const [said] = (await Promise.race([once(raw, "data"), ended(raw)])) as [Buffer];
  // More than one byte was not asked for: someone on the way put plain text in front of what gets encrypted.
  const answer = said.toString("latin1");
  if (answer === "N" && login.tls === "prefer") return raw;
  if (answer === "N") throw new NotEncrypted();
  if (answer !== "S") throw new Error("not a PostgreSQL server");
  encrypting();
  return encrypt(raw, target, login);
}

/** Rejects when a stream ends though an answer is due. */
async function ended(stream: Duplex): Promise<never> {
  await once(stream, "close");
  throw new Error("the connection was closed");
}

const int32 = (numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, place) => bytes.writeInt32BE(number, place * 4));
  return bytes;
};

/** The server asks for a password and there is none. */
class NoPassword extends Error {}

/** Every setting is given, so that none is taken from this process's own PG* variables or password file. */
function clientOn(stream: Duplex, login: Login): pg.Client {
  const connected = Object.assign(stream, {
    connect: () => {
      setImmediate(() => stream.emit("connect"));
      return stream;
    },
  });
  const client = new pg.Client({
    stream: () => connected,
    ssl: false,
    host: "live.invalid",
    port: 5432,
    user: login.user,
    password: () => {
      if (login.password === "") throw new NoPassword();
      return login.password;
    },
    database: login.database ?? login.user,
    application_name: "Drawbridge",
    client_encoding: "UTF8",
    pipeline: true,
  });
  // A connection that breaks while nothing is asked is noticed by `alive`.
  client.on("error", () => undefined);
  return client;
}

/** pg tells of each message on the connection that it keeps, and does not type it. */
function countMessages(client: pg.Client, raw: PinnedStream): void {
  const { connection } = client as unknown as { readonly connection: EventEmitter };
  connection.on("dataRow", () => raw.spend(ROW_BYTES));
  for (const kind of ["notice", "notification", "parameterStatus"]) connection.on(kind, () => raw.spend(MESSAGE_BYTES));
}

const RAW_CELLS = { getTypeParser: () => (cell: string | Buffer) => cell };

const rowsOn =
  (client: pg.Client): RunQuery =>
  async (text, values) => {
    const query = { text, rowMode: "array" as const, types: RAW_CELLS, ...(values ? { values: [...values] } : {}) };
    return (await client.query<unknown[]>(query)).rows;
  };

async function versionOf(client: pg.Client): Promise<string> {
  const [row] = await rowsOn(client)("show server_version");
  return `${ENGINE} ${String(row?.[0]).split(" ")[0] ?? ""}`;
}

/** One reading's transaction. Settings are local to it: behind a pooler the connection goes on to others afterwards. */
const begin = ({ statementMs, lockMs, totalMs }: Limits): string =>
  [
    "begin transaction isolation level repeatable read read only",
    "set local default_transaction_read_only = on",
    `set local statement_timeout = ${String(statementMs)}`,
    `set local lock_timeout = ${String(lockMs)}`,
    `set local idle_in_transaction_session_timeout = ${String(totalMs)}`,
    "set local jit = off",
  ].join("; ");

class PostgresSession implements LiveSession {
  readonly dialect = dialects.postgres;
  readonly remarks = [];
  readonly encrypted: boolean;
  readonly version: string;
  readonly #client: pg.Client;
  readonly #stream: PinnedStream;
  readonly #context: SessionContext;

  constructor(client: pg.Client, stream: PinnedStream, encrypted: boolean, version: string, context: SessionContext) {
    this.#client = client;
    this.#stream = stream;
    this.encrypted = encrypted;
    this.version = version;
    this.#context = context;
  }

  readonly alive = (): boolean => !this.#stream.destroyed;

  readonly read: LiveSession["read"] = async (work, signal) => {
    const { limits } = this.#context;
    const deadline = deadlineOf(signal, limits.totalMs);
    const stop = (): void => void this.#cancel();
    deadline.signal.addEventListener("abort", stop, { once: true });
    this.#stream.allow(limits.bytes);
    try {
      deadline.signal.throwIfAborted();
      // Sent ahead of the first statement without waiting; if it failed, so do all that follow.
      const started = this.#client.query(begin(limits));
      const [value] = await Promise.all([work(rowsOn(this.#client)), started]);
      await this.#client.query("rollback");
      return ok(value);
    } catch (error) {
      const broken = failure(error, { ...this.#context, deadline });
      // What was stopped half way is not used again; whoever waited for the server has its answer.
      if (deadline.signal.aborted) this.#stream.destroy();
      else await this.#client.query("rollback").catch(() => this.#stream.destroy());
      return broken;
    } finally {
      deadline.clear();
    }
  };

  readonly close = (): void => {
    if (!this.alive()) return;
    void this.#client.end().catch(() => undefined);
    const cut = setTimeout(() => this.#stream.destroy(), CANCEL_MS);
    this.#stream.once("close", () => {
      clearTimeout(cut);
    });
  };

  /** Asks the server to stop, on a connection of its own as the protocol wants it; then cuts ours if that did not help. */
  async #cancel(): Promise<void> {
    const { target, login } = this.#context;
    const cut = setTimeout(() => this.#stream.destroy(), CANCEL_MS);
    this.#stream.once("close", () => {
      clearTimeout(cut);
    });
    // pg keeps what BackendKeyData said, and does not type it.
    const { processID, secretKey } = this.#client as unknown as { processID: number | null; secretKey: number | null };
    const raw = new PinnedStream(target, HANDSHAKE_BYTES);
    const deadline = deadlineOf(null, CANCEL_MS);
    const stop = cutOn(deadline.signal, raw);
    try {
      const stream = await reach(raw, target, login, () => undefined);
      stream.end(int32([...CANCEL_REQUEST, processID ?? 0, secretKey ?? 0]));
      await once(raw, "close");
    } catch {
      this.#stream.destroy();
    } finally {
      stop();
      deadline.clear();
      raw.destroy();
    }
  }
}

type SessionContext = Omit<FailureContext, "deadline">;

/** SQLSTATEs of a server that ends sessions because it stops or was told to: the connection is lost, nothing was refused. */
const ENDINGS = new Set(["57P01", "57P02", "57P05"]);

/** An ErrorResponse has a SQLSTATE; a server that asks for a password which nobody gave is as good as one. */
function refusal(error: unknown): Refusal | null {
  if (error instanceof NoPassword) return { code: "28P01", message: "The server asks for a password." };
  if (!(error instanceof pg.DatabaseError) || error.code === undefined || ENDINGS.has(error.code)) return null;
  return { code: error.code, message: error.message };
}
