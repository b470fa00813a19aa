/** PostgreSQL, whole: types, quoting, catalogue, import by execution, DDL, and what its refusals mean. */
import type { Dialect } from "../dialect.ts";
import { features } from "./features.ts";
import { neededExtensions } from "./import/scan.ts";
import { identifier, literal } from "./quote.ts";
import { recognise } from "./recognise.ts";
import { renameInExpression, splitter, texts } from "./splitter.ts";
import { types } from "./types.ts";

export const postgres: Dialect = {
  id: "postgres",
  label: "PostgreSQL",
  features,
  types,
  quote: { identifier, literal },
  splitter,
  // Read when they are first needed: the app's first load has no use for them, nor has an idle server.
  catalog: { introspect: async (...given) => (await import("./catalog.ts")).introspect(...given) },
  importer: {
    recognise,
    run: async (...given) => (await import("./import/run.ts")).runImport(...given),
    session: async (engine) => (await import("./import/run.ts")).openSession(engine),
  },
  ddl: async () => (await import("./ddl/index.ts")).ddl,
  diagnose: async () => (await import("./diagnose.ts")).diagnose,
  provide: async (...given) => (await import("./import/mend.ts")).provide(...given),
  needs: neededExtensions,
  live: async () => (await import("./live.ts")).live,
  scratch: null,
  renameInExpression,
  texts,
  equivalents: async () => (await import("./equivalents.ts")).equivalents,
};
