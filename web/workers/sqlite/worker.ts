import { expose } from "comlink";
import initSqlJs from "sql.js";
import wasmUrl from "sql.js/dist/sql-wasm.wasm?url";
import { readDatabaseFile } from "#shared/dialects/sqlite/database-file.ts";
import { sqlite } from "#shared/dialects/sqlite/index.ts";
import { openSqljs } from "#shared/dialects/sqlite/sqljs-engine.ts";
import { DatabaseService } from "../database-service.ts";
import { keepEngine } from "../keep-engine.ts";

const library = initSqlJs({ locateFile: () => wasmUrl });

expose(
  new DatabaseService({
    dialect: sqlite,
    shipped: () => [],
    readFile: async (bytes, name) => {
      const { Database } = await library;
      return readDatabaseFile(bytes, name, (file) => new Database(file));
    },
    open: async () => {
      const { Database } = await library;
      keepEngine();
      const db = new Database();
      return {
        engine: openSqljs(db),
        close: () => {
          db.close();
          return Promise.resolve();
        },
      };
    },
  }),
);
