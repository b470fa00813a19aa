/** The dialects by what the tools call them. */
export const PROVIDERS: Readonly<Record<string, string>> = {
  postgresql: "postgres",
  postgres: "postgres",
  cockroachdb: "postgres",
  mysql: "mysql",
  sqlite: "sqlite",
  turso: "sqlite",
};
