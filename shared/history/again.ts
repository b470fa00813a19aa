/** Making a design again what it was: an edit like any other, forward in time, of which others see the result and undo knows one step. */
import { diff } from "../diff/index.ts";
import type { Change, Diagram } from "../model/index.ts";
import type { VersionContent } from "./compare.ts";

/** A design that is being edited, within one step. */
export interface Desk {
  /** What it holds after all that was done to it in this step; the schema as it is written, with what reading would mend. */
  readonly standing: () => VersionContent;
  readonly apply: (changes: readonly Change[]) => void;
  /** Makes the diagram just this one. */
  readonly redraw: (diagram: Diagram) => void;
  readonly rename: (name: string) => void;
}

/**
 * What a merge left behind within a table (two primary keys, say) shows itself otherwise once something is put back, and is put
 * right in another round. Two are enough for all that is known; the end must come in any case.
 */
const ROUNDS = 5;

/**
 * Makes the design of the desk the one of a version. Only what differs is written, under the ids that it has: what others write
 * meanwhile into something that is in both stays theirs.
 */
export function makeAgain(desk: Desk, version: VersionContent): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    const left = diff(desk.standing().schema, version.schema);
    if (left.length === 0) break;
    desk.apply(left);
  }
  desk.redraw(version.diagram);
  if (desk.standing().name !== version.name) desk.rename(version.name);
}
