/** Hundreds of states of one design: what is the same in two is one object, and takes the memory of one. */
import { type Identified, same, type Schema, TOP, TOP_KINDS, topList } from "../model/index.ts";

function shared(next: readonly Identified[], before: readonly Identified[]): readonly Identified[] {
  const known = new Map(before.map((item) => [item.id, item]));
  const list = next.map((item) => {
    const old = known.get(item.id);
    return old && same(old, item) ? old : item;
  });
  return list.length === before.length && list.every((item, at) => item === before[at]) ? before : list;
}

/** `next` with what did not change since `before`; `before` itself where nothing did. */
export function sharing(next: Schema, before: Schema): Schema {
  const lists = TOP_KINDS.map((kind) => [TOP[kind], shared(topList(next, kind), topList(before, kind))] as const);
  const changed = TOP_KINDS.some((kind, at) => lists[at]?.[1] !== topList(before, kind));
  return changed ? ({ ...next, ...Object.fromEntries(lists) } as Schema) : before;
}
