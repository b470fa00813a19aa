import { expose } from "comlink";
import { dialectOf, dialects } from "#shared/dialects/index.ts";
import { noEngine } from "#shared/dialects/kit/no-engine.ts";
import { DatabaseService } from "../database-service.ts";

/** The worker's name says which dialect it is for. */
const dialect = dialectOf(self.name) ?? dialects.mysql;

expose(
  new DatabaseService({
    dialect,
    shipped: () => [],
    readFile: null,
    open: () => Promise.resolve({ engine: noEngine(dialect.label), close: () => Promise.resolve() }),
  }),
);
