/** Puts a dialect together from what its flavour says. */
import type { Dialect } from "../dialect.ts";
import { createIntrospect } from "./catalog.ts";
import { changeStatements } from "./ddl/change.ts";
import { createAll, script } from "./ddl/create.ts";
import { order } from "./ddl/order.ts";
import { createDiagnose } from "./diagnose.ts";
import type { Flavour } from "./flavour.ts";
import { createImport } from "./import/run.ts";
import { identifier, literal } from "./quote.ts";
import { recognise } from "./recognise.ts";
import { renameInExpression } from "./rename.ts";
import { createMysqlSplitter } from "./text/splitter.ts";
import { createTypes } from "./types.ts";

export function createDialect(flavour: Flavour): Dialect {
  const types = createTypes(flavour);
  return {
    id: flavour.id,
    label: flavour.label,
    features: flavour.features,
    types,
    quote: { identifier, literal },
    splitter: () => createMysqlSplitter(flavour.executes),
    catalog: { introspect: createIntrospect(flavour, types) },
    importer: { recognise: (head) => recognise(head, flavour), run: createImport(flavour, types) },
    ddl: {
      create: (schema) => createAll(schema, flavour),
      change: (change, context) => changeStatements(change, context, flavour),
      order,
      script,
    },
    diagnose: createDiagnose(flavour.label),
    provide: () => Promise.resolve(null),
    needs: () => [],
    renameInExpression,
  };
}
