/** What stands where an engine would, for a dialect of which none can be opened here: `features.engine` is false. */
import type { Engine, EngineError } from "../dialect.ts";

/** Refuses everything that it is asked to run. */
export function noEngine(label: string): Engine {
  const refuse = (): Promise<never> => {
    const error: EngineError = Object.assign(new Error(`no engine of ${label} runs here`), {
      code: null,
      detail: null,
      hint: null,
      position: null,
      table: null,
      column: null,
      constraint: null,
    });
    return Promise.reject(error);
  };
  return { version: `no engine of ${label}`, query: refuse, exec: refuse, provide: () => Promise.resolve(false) };
}
