/** PostgreSQL's DDL, whole. */
import type { Ddl } from "../../dialect.ts";
import { changeStatements } from "./change.ts";
import { createAll } from "./create.ts";
import { order } from "./order.ts";
import { remarks } from "./remarks.ts";
import { script } from "./script.ts";

const transaction = { begin: "BEGIN;", commit: "COMMIT;" };

export const ddl: Ddl = { create: createAll, change: changeStatements, order, script, remarks, transaction };
