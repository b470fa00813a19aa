/** Puts a dialect together from what its flavour says. */
import type { Dialect } from "../dialect.ts";
import type { Flavour } from "./flavour.ts";
import { identifier, literal } from "./quote.ts";
import { recognise } from "./recognise.ts";
import { renameInExpression, texts } from "./rename.ts";
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
    // Read when they are first needed: the app's first load has no use for them, nor has an idle server.
    catalog: {
      introspect: async (...given) => (await import("./catalog.ts")).createIntrospect(flavour, types)(...given),
    },
    importer: {
      recognise: (head) => recognise(head, flavour),
      run: async (...given) => (await import("./import/run.ts")).createImport(flavour, types)(...given),
      session: async () => (await import("./import/run.ts")).openSession(flavour, types),
    },
    ddl: async () => (await import("./ddl/index.ts")).createDdl(flavour),
    diagnose: async () => (await import("./diagnose.ts")).createDiagnose(flavour.label),
    provide: () => Promise.resolve(null),
    needs: () => [],
    live: async () => (await import("./live.ts")).createLive(flavour),
    scratch: async () => (await import("./scratch/index.ts")).createScratch(flavour),
    renameInExpression,
    texts,
    equivalents: async () => (await import("./equivalents.ts")).equivalentsOf(flavour),
  };
}
