/** Whether a column's type changes, or only what it is called. */
import type { Column } from "../../../model/index.ts";
import type { Context } from "./in-place.ts";
import { typeRef } from "./speaks.ts";

export function isRetyped(old: Column, next: Column, { before, after }: Context): boolean {
  if (old.type === next.type) return false;
  const [was, is] = [typeRef(old.type, before), typeRef(next.type, after)];
  return was === null || is === null || was.id !== is.id || was.array !== is.array;
}
