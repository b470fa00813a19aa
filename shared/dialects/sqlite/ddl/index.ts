/** SQLite's DDL, whole. */
import type { Ddl } from "../../dialect.ts";
import { changeStatements } from "./change.ts";
import { createAll, script } from "./create.ts";
import { order } from "./order.ts";

export const ddl: Ddl = { create: createAll, change: changeStatements, order, script };
