/** MySQL, whole: types, quoting, catalogue, import by reading, DDL. */
import { createDialect } from "./dialect.ts";
import { mysqlFlavour } from "./flavour.ts";

export const mysql = createDialect(mysqlFlavour);
