/**
 * Undo of a text and undo of its design as one: what is taken back in the text takes back the design's own steps, where that gives the
 * very same design. Else it is an edit like any other.
 */
import type { Snapshot } from "#shared/doc/index.ts";
import { apply, type Change, type Identified, same, type Schema, TOP, TOP_KINDS } from "#shared/model/index.ts";

type Look = Pick<Snapshot, "name" | "schema" | "diagram">;

/** What undoes and redoes; a label is that of the step that would be next. */
interface Undoable extends Look {
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** One step of the design that came from the text, as the design was before and after. */
interface Step {
  before: Look;
  after: Look;
}

/** Steps further back are taken back as edits. */
const MOST = 100;

/** Nothing was done between the two: what is not touched stays the same object. */
const isNow = (a: Look, b: Look): boolean => a.schema === b.schema && a.diagram === b.diagram && a.name === b.name;

export class TextSteps {
  readonly #design: Undoable;
  readonly #label: string;
  #done: Step[] = [];
  #undone: Step[] = [];

  constructor(design: Undoable, label: string) {
    this.#design = design;
    this.#label = label;
  }

  get #now(): Look {
    const { name, schema, diagram } = this.#design;
    return { name, schema, diagram };
  }

  /** Writes an edit of the text; with `joins` it belongs to the step before. */
  write(joins: boolean, write: () => void): void {
    const before = this.#now;
    write();
    const after = this.#now;
    if (isNow(before, after)) return;
    const last = this.#done.at(-1);
    if (joins && last && isNow(last.after, before)) last.after = after;
    else this.#done.push({ before, after });
    this.#done = this.#done.slice(-MOST);
    this.#undone = [];
  }

  /** True where the design was taken back, or forth, to what these changes make of it. */
  take(way: "undo" | "redo", changes: readonly Change[]): boolean {
    const wanted = apply(this.#design.schema, changes);
    return way === "undo" ? this.#back(wanted) : this.#forth(wanted);
  }

  #back(wanted: Schema): boolean {
    // The steps that follow each other up to now, and nothing between them.
    let count = 0;
    let next = this.#now;
    let found = false;
    for (; !found && count < this.#done.length; count += 1) {
      const step = this.#done.at(-1 - count);
      if (!step || !isNow(step.after, next)) return false;
      next = step.before;
      found = alike(next.schema, wanted);
    }
    if (!found || this.#design.undoLabel !== this.#label) return false;
    for (; count > 0; count -= 1) {
      const step = this.#done.pop();
      if (!step) break;
      this.#design.undo();
      this.#move(step, "before", this.#done.at(-1), "after");
      this.#undone.push(step);
    }
    return true;
  }

  #forth(wanted: Schema): boolean {
    const step = this.#undone.at(-1);
    if (!step || !isNow(step.before, this.#now) || !alike(step.after.schema, wanted)) return false;
    if (this.#design.redoLabel !== this.#label) return false;
    this.#design.redo();
    this.#undone.pop();
    this.#move(step, "after", this.#undone.at(-1), "before");
    this.#done.push(step);
    return true;
  }

  /** What was read again is equal to what it was, and another object: the step beside it must know it. */
  #move(step: Step, end: keyof Step, beside: Step | undefined, other: keyof Step): void {
    const was = step[end];
    step[end] = this.#now;
    if (beside && isNow(beside[other], was)) beside[other] = this.#now;
  }
}

/** The same things, whatever their order. */
function alike(a: Schema, b: Schema): boolean {
  return TOP_KINDS.every((kind) => {
    const [one, other] = [a[TOP[kind]], b[TOP[kind]]] as readonly (readonly Identified[])[];
    if (one === other) return true;
    const known = new Map(one?.map((item) => [item.id, item]));
    return known.size === other?.length && other.every((item) => same(known.get(item.id), item));
  });
}
