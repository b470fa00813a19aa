/** How a task that lays out may end, as a result: `layout.crashed`, `layout.timeout` or `layout.cancelled` where it gave no answer. */
import { fail, ok, problem, type Result } from "#shared/result/index.ts";
import type { Ending } from "./line.ts";

export function layoutResult<T>(ending: Ending<T>): Result<T> {
  switch (ending.kind) {
    case "answered":
      return ok(ending.value);
    case "crashed":
      return fail(problem("layout.crashed", "error", { message: ending.message }));
    case "silent":
      return fail(problem("layout.timeout", "error", { seconds: ending.seconds }));
    case "cancelled":
      return fail(problem("layout.cancelled", "note"));
  }
}
