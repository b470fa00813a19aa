/** PostgreSQL, whole: types, quoting, catalogue, import by execution, DDL, and what its refusals mean. */
import type { Dialect } from "../dialect.ts";
import { introspect } from "./catalog.ts";
import { changeStatements } from "./ddl/change.ts";
import { createAll } from "./ddl/create.ts";
import { order } from "./ddl/order.ts";
import { script } from "./ddl/script.ts";
import { diagnose } from "./diagnose.ts";
import { features } from "./features.ts";
import { provide } from "./import/mend.ts";
import { runImport } from "./import/run.ts";
import { neededExtensions } from "./import/scan.ts";
import { identifier, literal } from "./quote.ts";
import { recognise } from "./recognise.ts";
import { renameInExpression, splitter } from "./splitter.ts";
import { types } from "./types.ts";

export const postgres: Dialect = {
  id: "postgres",
  label: "PostgreSQL",
  features,
  types,
  quote: { identifier, literal },
  splitter,
  catalog: { introspect },
  importer: { recognise, run: runImport },
  ddl: { create: createAll, change: changeStatements, order, script },
  diagnose,
  provide,
  needs: neededExtensions,
  renameInExpression,
};
