/** The page's end of the worker that compares versions. It lives until it is closed, or has not been asked for a while. */
import type { Comparison } from "#shared/history/index.ts";
import { fail, problem, type Result } from "#shared/result/index.ts";
import { ask, type Line, openLine } from "../line.ts";
import type { HistoryService, Side } from "./service.ts";

export type { Side } from "./service.ts";

type Remote = Pick<HistoryService, "compare">;

/** Ten thousand tables take some seconds; what takes this long will not end. */
const PATIENCE_MS = 60_000;
/** A worker that nobody asks is memory that nobody uses. */
const IDLE_MS = 20_000;

export interface Comparer {
  readonly compare: (before: Side, after: Side) => Promise<Result<Comparison>>;
  readonly close: () => void;
}

const startWorker = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "history" });

export function openComparer(start: () => Worker = startWorker): Comparer {
  let line: Line<Remote> | null = null;
  let asked = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearTimeout(idle);
    line?.end();
    line = null;
  };
  return {
    async compare(before, after) {
      clearTimeout(idle);
      asked += 1;
      const used = (line ??= openLine<Remote>(start));
      const ending = await ask<Remote, Result<Comparison>>(used, (remote) => remote.compare(before, after), { ms: PATIENCE_MS });
      asked -= 1;
      if (ending.kind === "answered") {
        if (asked === 0) idle = setTimeout(end, IDLE_MS);
        return ending.value;
      }
      // Another call may have replaced it already.
      if (line === used) end();
      return fail(problem("version.unreadable", "error"));
    },
    close: end,
  };
}
