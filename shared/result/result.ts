import type { Problem } from "./problem.ts";

/** Something that happens or does not. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Something read as well as it could be, with remarks. */
export interface Report<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail<T = never>(problem: Problem): Result<T> {
  return { ok: false, problem };
}
