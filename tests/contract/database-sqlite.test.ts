import { databaseSuite } from "../support/database-suite.ts";
import { sqlitePlace } from "../support/places.ts";

databaseSuite("SQLite", sqlitePlace);
