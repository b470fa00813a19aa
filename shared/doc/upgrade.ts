/**
 * Documents of other formats. An older one is brought up step by step; a newer one, or one whose format makes no sense, is shown
 * and not changed.
 *
 * A step must give the same on every device, and may meet edits that another device makes in the old format at the same time: it adds
 * and never rewrites. For each step `tests/fixtures/document` holds a document of the format before it.
 */
import type * as Y from "yjs";
import { problem, type Problem } from "../result/index.ts";
import { FORMAT } from "./keys.ts";

interface Step {
  readonly from: number;
  /** What has to be added; null where only the number tells older versions to keep their hands off. */
  readonly add: ((doc: Y.Doc) => void) | null;
}

const STEPS: readonly Step[] = [
  // Records instead of `true`: the reader understands both, and what was written before is not worth rewriting.
  { from: 1, add: null },
  // Indexes of views one by one.
  { from: 2, add: null },
];

/** The format of a document: null when none is written yet, as in a room that has not been filled. */
function written(doc: Y.Doc): unknown {
  return doc.getMap("meta").get("format") ?? null;
}

/** Whether a document may be changed here, and what is to be said of its format. */
export function formatOf(doc: Y.Doc): { readonly readOnly: boolean; readonly problems: readonly Problem[] } {
  const found = written(doc);
  if (found === null) return { readOnly: false, problems: [] };
  if (!Number.isSafeInteger(found) || Number(found) < 1)
    return { readOnly: true, problems: [problem("format.damaged", "error", { found: JSON.stringify(found) })] };
  if (Number(found) > FORMAT)
    return { readOnly: true, problems: [problem("format.newer", "warning", { found: Number(found), known: FORMAT })] };
  return { readOnly: false, problems: [] };
}

/** Brings an older document up to the current format, in one transaction. */
export function upgrade(doc: Y.Doc): void {
  const found = written(doc);
  const steps = STEPS.filter(({ from }) => typeof found === "number" && from >= found);
  if (steps.length === 0) return;
  doc.transact(() => {
    for (const { from, add } of steps) {
      add?.(doc);
      doc.getMap("meta").set("format", from + 1);
    }
  });
}
