import { expose } from "comlink";
import { postgres } from "#shared/dialects/postgres/index.ts";
import snapshotUrl from "../../../.cache/pglite.snapshot?url";
import { DatabaseService } from "../database-service.ts";
import { keepEngine } from "../keep-engine.ts";
import { openPostgres, shipped } from "./open.ts";

const snapshot = async (): Promise<Blob> => (await fetch(snapshotUrl)).blob();

expose(
  new DatabaseService({
    dialect: postgres,
    shipped,
    readFile: null,
    open: async (extensions) => {
      const opened = await openPostgres(extensions, snapshot);
      keepEngine();
      return opened;
    },
  }),
);
