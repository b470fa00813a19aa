/** Answers that the session routes and the stateless ones share, word for word. */
import type { FastifyRequest } from "fastify";

export const UNSUPPORTED_TYPE = "Unsupported database type. Supported types: mysql, postgres, sqlite";

export const databaseList = (names: readonly string[]) => ({
  success: true,
  databases: names.map((name) => ({ name, type: "database" })),
});

/** Counts and sizes are not read: they would need the tables themselves. */
export const tableList = (database: string, names: readonly string[]) => ({
  success: true,
  database,
  tables: names.map((name) => ({ name, type: "table", rowCount: null, size: null })),
});

/** True for a client that asks for the strings of today's DrawDB instead of the seed's integers. */
export const wantsStrings = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? "").includes("application/vnd.drawdb+json");
