/** MariaDB: MySQL's dialect with what this server does otherwise. */
import { createDialect } from "../mysql/dialect.ts";
import { mariadbFlavour } from "./flavour.ts";

export const mariadb = createDialect(mariadbFlavour);
