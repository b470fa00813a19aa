/** SQLite's DDL, whole. */
import type { Ddl } from "../../dialect.ts";
import { changeStatements } from "./change.ts";
import { createAll, script, sections } from "./create.ts";
import { keeping, keepingScript } from "./keeping.ts";
import { order } from "./order.ts";

export const ddl: Ddl = {
  create: createAll,
  change: changeStatements,
  order,
  script,
  keeping: { plan: keeping, script: (statements) => keepingScript(sections(statements)) },
};
