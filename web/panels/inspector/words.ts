/** Choices that several panels offer, and the words for them. */
import type { Deferrable } from "#shared/model/index.ts";

/** When a constraint is checked. */
export const DEFER: readonly (readonly [Deferrable, string])[] = [
  ["no", "at each statement"],
  ["immediate", "at each statement, deferrable"],
  ["deferred", "at commit"],
];
