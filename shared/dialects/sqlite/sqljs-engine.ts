/** sql.js as an Engine. The package itself is not imported: whoever opens it (a worker, the command line, a test) hands it over. */
import type { Engine, EngineError } from "../dialect.ts";

/** The part of sql.js's Database that is used. */
export interface SqljsLike {
  prepare(sql: string): SqljsStatementLike;
  run(sql: string): unknown;
}

export interface SqljsStatementLike {
  bind(values?: (number | string | Uint8Array | null)[] | null): boolean;
  step(): boolean;
  get(): unknown[];
  free(): boolean;
}

/** SQLite gives a sentence and nothing else: no code, no position, no names. */
export function toEngineError(thrown: unknown): EngineError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return Object.assign(new Error(message.trim()), {
    code: null,
    detail: null,
    hint: null,
    position: null,
    table: null,
    column: null,
    constraint: null,
  });
}

function rows(db: SqljsLike, sql: string, params: readonly unknown[]): unknown[][] {
  const prepared = db.prepare(sql);
  try {
    if (params.length > 0) prepared.bind(params as (number | string | Uint8Array | null)[]);
    const found: unknown[][] = [];
    while (prepared.step()) found.push(prepared.get());
    return found;
  } finally {
    prepared.free();
  }
}

/** `version`: what `select sqlite_version()` says. Calls are synchronous inside; they answer as promises. */
export function sqljsEngine(db: SqljsLike, version: string): Engine {
  return {
    version: `SQLite ${version}`.trim(),
    query: (sql, params) =>
      new Promise((resolve, reject) => {
        try {
          resolve(rows(db, sql, params ?? []));
        } catch (thrown) {
          reject(toEngineError(thrown));
        }
      }),
    exec: (sql) =>
      new Promise((resolve, reject) => {
        try {
          db.run(sql);
          resolve();
        } catch (thrown) {
          reject(toEngineError(thrown));
        }
      }),
    provide: () => Promise.resolve(false),
  };
}

/** The engine over an open database; asks it for its version. */
export function openSqljs(db: SqljsLike): Engine {
  return sqljsEngine(db, String(rows(db, "select sqlite_version()", [])[0]?.[0] ?? ""));
}
