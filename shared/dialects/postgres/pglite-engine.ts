/** PGlite as an Engine. The package itself is not imported: whoever opens it (a worker, the command line, a test) hands it over. */
import type { Engine, EngineError } from "../dialect.ts";

/** The part of PGlite's interface that is used. */
export interface PgliteLike {
  query(sql: string, params?: unknown[], options?: { rowMode?: "array" | "object" }): Promise<{ rows: unknown[] }>;
  exec(sql: string): Promise<unknown>;
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** What PGlite threw, as an EngineError. Positions count characters from 1 there and UTF-16 units from 0 here. */
export function toEngineError(thrown: unknown, sql: string): EngineError {
  const from = (thrown instanceof Error ? thrown : new Error(String(thrown))) as Error & Record<string, unknown>;
  const position = Number(from["position"]);
  return Object.assign(new Error(from.message), {
    code: textOf(from["code"]),
    detail: textOf(from["detail"]),
    hint: textOf(from["hint"]),
    position:
      position > 0
        ? Array.from(sql)
            .slice(0, position - 1)
            .join("").length
        : null,
    table: textOf(from["table"]),
    column: textOf(from["column"]),
    constraint: textOf(from["constraint"]),
  });
}

/** `version`: what `select version()` says; `provide`: whether an extension's files are there. */
export function pgliteEngine(db: PgliteLike, version: string, provide: (extension: string) => Promise<boolean>): Engine {
  const number = /PostgreSQL ([\d.]+)/.exec(version)?.[1] ?? "";
  return {
    version: `PostgreSQL ${number}`.trim(),
    query: async (sql, params) => {
      try {
        const { rows } = await db.query(sql, params === undefined ? undefined : [...params], { rowMode: "array" });
        return rows as (readonly unknown[])[];
      } catch (thrown) {
        throw toEngineError(thrown, sql);
      }
    },
    exec: async (sql) => {
      try {
        await db.exec(sql);
      } catch (thrown) {
        throw toEngineError(thrown, sql);
      }
    },
    provide,
  };
}
