/**
 * A session on a live database: read-only, bounded in time and bytes, cancelled when its caller goes. What it runs is our own
 * catalogue statements; no text of a person is ever run on it.
 */
import type { Dialect, RunQuery } from "#shared/dialects/dialect.ts";
import type { Problem, Result } from "#shared/result/index.ts";
import type { Target } from "../target/resolve.ts";

/** How a connection is protected. `verify-ca` checks the authority, `verify-full` the name as well; `prefer` takes what it gets. */
export type TlsMode = "disable" | "prefer" | "require" | "verify-ca" | "verify-full";

export interface Login {
  readonly user: string;
  readonly password: string;
  /** Null: the engine's own idea of a default. */
  readonly database: string | null;
  readonly tls: TlsMode;
  /** Certificates of authorities besides the well-known ones, PEM; null for none. */
  readonly ca: string | null;
}

export interface Limits {
  /** From the first packet to an accepted login, milliseconds. */
  readonly connectMs: number;
  /** One statement, milliseconds. */
  readonly statementMs: number;
  readonly lockMs: number;
  /** A whole reading, milliseconds. */
  readonly totalMs: number;
  /** What a server may send for one reading, bytes. */
  readonly bytes: number;
  readonly tables: number;
}

/** What the contract allows, and more bytes: 5,000 tables with everything on them are 30 MB. */
export const LIMITS: Limits = {
  connectMs: 10_000,
  statementMs: 15_000,
  lockMs: 2_000,
  totalMs: 60_000,
  bytes: 64 * 1024 * 1024,
  tables: 5_000,
};

/** What a server may send before it has accepted a login, bytes. */
export const HANDSHAKE_BYTES = 256 * 1024;

/**
 * What a row and a message cost against the bytes of a reading besides their own, bytes: a server may send millions that are next to
 * nothing on the wire and much in memory.
 */
export const ROW_BYTES = 64;
export const MESSAGE_BYTES = 1024;

export interface LiveSession {
  readonly dialect: Dialect;
  /** The name and version people know: `PostgreSQL 18.6`. */
  readonly version: string;
  readonly encrypted: boolean;
  /** What to know about everything that is read here. */
  readonly remarks: readonly Problem[];
  /** False once the connection is gone. */
  readonly alive: () => boolean;
  /** Runs `work` in one read-only transaction that is rolled back. An abort stops the statement on the server as well. */
  readonly read: <T>(work: (run: RunQuery) => Promise<T>, signal: AbortSignal) => Promise<Result<T>>;
  readonly close: () => void;
}

/** Opens a session, or says why not. Nothing is left open when the signal aborts. */
export type Open = (target: Target, login: Login, limits: Limits, signal: AbortSignal) => Promise<Result<LiveSession>>;

/** Opens a database file of a folder (null: none is set), or says why not. */
export type OpenFile = (folder: string | null, name: string, limits: Limits) => Promise<Result<LiveSession>>;
