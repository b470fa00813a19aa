/** Live servers: addresses, the least that an account needs, and what numbers of refusal ask for (manual, "Error Messages"). */
import type { Live } from "../dialect.ts";
import type { Flavour } from "./flavour.ts";
import { literal, quoted } from "./quote.ts";

/** Definitions are shown only to who has some privilege on what they define; these two neither read nor change a row. */
function recipe({ user, database }: { readonly user: string; readonly database: string }): string {
  const account = `${literal(user)}@'%'`;
  return [
    `CREATE USER ${account} IDENTIFIED BY 'choose one';`,
    `GRANT REFERENCES, SHOW VIEW ON ${quoted(database)}.* TO ${account};`,
  ].join("\n");
}

export function createLive(flavour: Flavour): Live {
  return {
    type: "mysql",
    port: 3306,
    schemes: [flavour.id],
    recipe,
    namespaced: false,
    recipeNote: `${flavour.label} shows a definition only to who has a privilege on it. This account sees tables and reads no row. Columns of views need SELECT as well; triggers, events and routines are shown only to who may make them, and are not read otherwise.`,
    paste: null,
    dump: ({ host, user, database }) =>
      `${flavour.id === "mysql" ? "mysqldump" : "mariadb-dump"} --no-data --routines --events --triggers --host=${host} --user=${user} --password ${database} > schema.sql`,
    advice: {
      "1045":
        "Check the user and the password. Accounts are bound to hosts: the server may know this user only from another machine.",
      "1044": "The account has no privilege on that database. The recipe below has what it needs.",
      "1049": "There is no database of that name. Leave the field empty to choose from a list.",
      "1040": "The server has no connection free. Try again in a moment, or raise max_connections.",
      "1130": "The server lets no account in from the machine that connects. Create the user for that host, or for '%'.",
      "2061": "The account's way to log in needs encryption. Choose a connection with TLS.",
    },
  };
}
