/**
 * A connection to MySQL or MariaDB, over `mysql2`: pinned to checked addresses, encrypted as was asked, bounded in bytes. What may
 * be run on it is for the session that holds it to say.
 */
import { type Connection, createConnection } from "mysql2";
import type { RunQuery } from "#shared/dialects/dialect.ts";
import { cutOn, PinnedStream } from "../target/pinned-stream.ts";
import type { Target } from "../target/resolve.ts";
import { codeOf, type Refusal } from "./failure.ts";
import { HANDSHAKE_BYTES, type Login, ROW_BYTES } from "./session.ts";
import { tlsOptions } from "./tls.ts";

/** What the driver says where the server has no encryption, and where it failed. */
export const NO_TLS = "HANDSHAKE_NO_SSL_SUPPORT";
export const BAD_TLS = "HANDSHAKE_SSL_ERROR";

export interface Link {
  readonly connection: Connection;
  readonly stream: PinnedStream;
  readonly encrypted: boolean;
}

/** `several`: a text may hold several statements. Only for those that hold nothing of anyone but us. */
export interface Texts {
  readonly several: boolean;
}

/** Connects and logs in. Where encryption is only preferred and the server has none, once more without. */
export async function connect(target: Target, login: Login, texts: Texts, signal: AbortSignal): Promise<Link> {
  const attempt = (encrypted: boolean): Promise<Link> => logIn(target, login, { ...texts, encrypted }, signal);
  try {
    return await attempt(login.tls !== "disable");
  } catch (error) {
    if (login.tls !== "prefer" || codeOf(error) !== NO_TLS) throw error;
    return attempt(false);
  }
}

interface Way extends Texts {
  readonly encrypted: boolean;
}

function logIn(target: Target, login: Login, way: Way, signal: AbortSignal): Promise<Link> {
  const stream = new PinnedStream(target, HANDSHAKE_BYTES);
  return new Promise((resolve, reject) => {
    const connection = connectionOn(stream, target, login, way);
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
      if (!error) return resolve({ connection, stream, encrypted: way.encrypted });
      stream.destroy();
      reject(error);
    });
  });
}

function connectionOn(stream: PinnedStream, target: Target, login: Login, { encrypted, several }: Way): Connection {
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
    multipleStatements: several,
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
export const rowsOn =
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

/** Which of the two a server is, by what it calls its version. */
export const isMariadb = (version: string): boolean => version.includes("MariaDB");

/** Numbers of a server that ends sessions because it stops or was told to: the connection is lost, nothing was refused. */
const ENDINGS = new Set([1053, 1927, 4031]);

/** An ERR packet: it has the server's number and words. */
export function refusal(error: unknown): Refusal | null {
  const { errno, sqlMessage } = error as { readonly errno?: number; readonly sqlMessage?: string };
  if (ENDINGS.has(errno ?? 0)) return null;
  return typeof sqlMessage === "string" && sqlMessage !== "" ? { code: String(errno ?? ""), message: sqlMessage } : null;
}
