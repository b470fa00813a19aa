/** PostgreSQL's DDL, whole. */
import type { Ddl } from "../../dialect.ts";
import { changeStatements } from "./change.ts";
import { createAll } from "./create.ts";
import { order } from "./order.ts";
import { script } from "./script.ts";

export const ddl: Ddl = { create: createAll, change: changeStatements, order, script };
