/** What runs SQL: how import, proof and export speak to it, and what it says when it refuses. */

/** Runs one query and gives its rows as arrays, in column order. Throws an EngineError when the engine refuses. */
export type RunQuery = (sql: string, params?: readonly unknown[]) => Promise<readonly (readonly unknown[])[]>;

/** What an engine says when it refuses. Every engine adapter throws exactly this shape (an Error with these fields). */
export interface EngineError extends Error {
  /** SQLSTATE or the engine's own number, as text; null when it gave none. */
  readonly code: string | null;
  readonly detail: string | null;
  readonly hint: string | null;
  /** Offset in the statement, UTF-16 units from 0; null when unknown. */
  readonly position: number | null;
  /** Names the engine reported with the error, where it does. */
  readonly table: string | null;
  readonly column: string | null;
  readonly constraint: string | null;
}

/** A running engine that import, export and proof work on: PGlite, sql.js, or a live scratch database. */
export interface Engine {
  /** The name and version people know: `PostgreSQL 18.6`. */
  readonly version: string;
  readonly query: RunQuery;
  /** Runs one statement, or several without parameters. Throws EngineError. */
  readonly exec: (sql: string) => Promise<void>;
  /** Loads an extension's files so that CREATE EXTENSION finds them. False when this engine does not have it. */
  readonly provide: (extension: string) => Promise<boolean>;
}
