import type { Provide } from "../dialect.ts";

/** A virtual table of a module that this engine lacks cannot be made here: its statement becomes nothing. */
export const provide: Provide = (_engine, error, sql) =>
  Promise.resolve(/^no such module: /.test(error.message) && /^create\s+virtual\b/i.test(sql) ? "select 1" : null);
