/** Live servers: addresses, the least that an account needs, and what codes of refusal ask for (manual, appendix A). */
import type { Live } from "../dialect.ts";
import { paste } from "./paste.ts";
import { identifier } from "./quote.ts";

/** Each namespace's USAGE is not needed: the catalogue is readable to all that may connect. */
function recipe({ user, database }: { readonly user: string; readonly database: string }): string {
  const role = identifier(user);
  return [
    `CREATE ROLE ${role} LOGIN PASSWORD 'choose one';`,
    `ALTER ROLE ${role} SET default_transaction_read_only = on;`,
    `GRANT CONNECT ON DATABASE ${identifier(database)} TO ${role};`,
  ].join("\n");
}

export const live: Live = {
  type: "postgres",
  port: 5432,
  schemes: ["postgresql", "postgres"],
  recipe,
  namespaced: true,
  recipeNote: "PostgreSQL's catalogue is open to whoever may connect: this account sees every definition and no row.",
  paste,
  dump: ({ host, user, database }) => `pg_dump --schema-only --host=${host} --username=${user} ${database} > schema.sql`,
  advice: {
    "28P01": "Check the user and the password. A role without a password cannot log in this way.",
    "28000": "The server's pg_hba.conf has no line that lets this user in from there, or only with encryption.",
    "3D000": "There is no database of that name. Leave the field empty to choose from a list.",
    "42501": "The account may not do that. GRANT CONNECT on the database is all it needs.",
    "53300": "The server has no connection free. Try again in a moment, or raise max_connections.",
    "57P03": "The server is starting or shutting down. Try again in a moment.",
  },
};
