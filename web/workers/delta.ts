/**
 * A schema on its way to a worker that has the one before: only the objects that are not the same ones are copied. A thousand tables
 * at every letter would hold up the page for a frame.
 */
import { type Identified, sameEnds, type Schema, TOP, TOP_KINDS } from "#shared/model/index.ts";

/** What of a list comes from the list before, in order: a number is a place in it. */
type Items = readonly (Identified | number)[];

/** A list as its beginning and its end in the list before, and what stands between them. */
interface ListDelta {
  readonly head: number;
  readonly between: Items;
  readonly tail: number;
}

export interface Delta {
  readonly dialect: string;
  /** By the names of `Schema`; a list that is not among them is the one before. */
  readonly lists: Readonly<Record<string, ListDelta>>;
}

type Lists = Readonly<Record<string, readonly Identified[]>>;

const NAMES = TOP_KINDS.map((kind) => TOP[kind]);
const listsOf = (schema: Schema | null): Lists => Object.fromEntries(NAMES.map((name) => [name, schema?.[name] ?? []]));

function listDelta(before: readonly Identified[], after: readonly Identified[]): ListDelta {
  const [head, tail] = sameEnds(before, after);
  const places = new Map(before.map((item, at) => [item, at]));
  const between = after.slice(head, after.length - tail).map((item) => places.get(item) ?? item);
  return { head, between, tail };
}

function listAfter(before: readonly Identified[], { head, between, tail }: ListDelta): readonly Identified[] {
  const middle = between.map((item) => (typeof item === "number" ? (before[item] as Identified) : item));
  return [...before.slice(0, head), ...middle, ...before.slice(before.length - tail)];
}

/** The sending end; one for each receiving end, which must get everything that it gives, in order. */
export class DeltaWriter {
  #before: Schema | null = null;

  next(schema: Schema): Delta {
    const [old, now] = [listsOf(this.#before), listsOf(schema)];
    this.#before = schema;
    const changed = NAMES.filter((name) => old[name] !== now[name]);
    const lists = Object.fromEntries(changed.map((name) => [name, listDelta(old[name] ?? [], now[name] ?? [])]));
    return { dialect: schema.dialect, lists };
  }
}

/** The receiving end: what was not copied is the same object as before. */
export class DeltaReader {
  #before: Schema | null = null;

  next({ dialect, lists }: Delta): Schema {
    const old = listsOf(this.#before);
    const now = NAMES.map((name) => [name, lists[name] ? listAfter(old[name] ?? [], lists[name]) : old[name]]);
    this.#before = { dialect, ...Object.fromEntries(now) } as Schema;
    return this.#before;
  }
}
