/** SQLite, whole: types, quoting, catalogue, import by execution, DDL, and what its refusals mean. */
import type { Dialect } from "../dialect.ts";
import { orderChanges } from "../kit/order.ts";
import { introspect } from "./catalog.ts";
import { changeStatements } from "./ddl/change.ts";
import { createAll, script } from "./ddl/create.ts";
import { diagnose } from "./diagnose.ts";
import { features } from "./features.ts";
import { provide } from "./provide.ts";
import { runImport } from "./import/run.ts";
import { identifier, literal } from "./quote.ts";
import { recognise } from "./recognise.ts";
import { renameInExpression, splitter } from "./splitter.ts";
import { types } from "./types.ts";
import { verify } from "./verify.ts";

export const sqlite: Dialect = {
  id: "sqlite",
  label: "SQLite",
  features,
  types,
  quote: { identifier, literal },
  splitter,
  catalog: { introspect: (run) => introspect(run) },
  importer: { recognise, run: runImport },
  ddl: { create: createAll, change: changeStatements, order: orderChanges, script },
  diagnose,
  provide,
  needs: () => [],
  verify,
  renameInExpression,
};
