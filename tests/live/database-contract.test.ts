/** DrawDB's contract for live databases, every row on a real PostgreSQL and a real MariaDB. */
import { databaseSuite } from "../support/database-suite.ts";
import { mariadbPlace, postgresPlace } from "../support/places.ts";

databaseSuite("PostgreSQL", postgresPlace);
databaseSuite("MariaDB", mariadbPlace);
