/** The page's end of the worker that keeps a design's text. It lives as long as the text is open; after a crash it is opened anew. */
import type { Step } from "#shared/code/index.ts";
import { ask, type Line, openLine } from "../line.ts";
import type { Opened, SqlAsked, StepAsked, TextApi } from "./api.ts";
import type { SqlShown } from "./sql.ts";

export type { StepAsked } from "./api.ts";
export type { SqlShown } from "./sql.ts";

/** Ten thousand tables take a few seconds to open; what takes this long will not end. */
const PATIENCE_MS = 60_000;

export interface TextClient {
  /** Null where it failed: then there is no text. */
  readonly open: (state: Uint8Array) => Promise<Opened | null>;
  readonly step: (asked: StepAsked) => Promise<Step | null>;
  readonly sql: (asked: SqlAsked) => Promise<SqlShown | null>;
  readonly close: () => void;
}

const startWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "text" });

export function openText(start: () => Worker = startWorker): TextClient {
  let line: Line<TextApi> | null = openLine<TextApi>(start);
  const end = (): void => {
    line?.end();
    line = null;
  };
  const task = async <T>(run: (remote: TextApi) => Promise<T>): Promise<T | null> => {
    if (!line) return null;
    const ending = await ask<TextApi, T>(line, run, { ms: PATIENCE_MS });
    if (ending.kind === "answered") return ending.value;
    end();
    return null;
  };
  return {
    open: (state) => task((remote) => remote.open(state)),
    step: (asked) => task((remote) => remote.step(asked)),
    sql: (asked) => task((remote) => remote.sql(asked)),
    close: end,
  };
}
