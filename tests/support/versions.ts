/** Versions of a design in tests: taken as the bytes of its document, read as the app reads them, restored as the app restores them. */
import * as Y from "yjs";
import { DesignDoc, type Snapshot } from "#shared/doc/index.ts";
import { makeAgain } from "#shared/history/index.ts";

export const stateOf = (design: DesignDoc): Uint8Array => Y.encodeStateAsUpdate(design.doc);

/** A design of its own that starts as the bytes say. */
export function designOf(state: Uint8Array): DesignDoc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return new DesignDoc(doc);
}

export function contentOf(state: Uint8Array): Snapshot {
  const design = designOf(state);
  const { snapshot } = design;
  design.close();
  return snapshot;
}

export function restore(design: DesignDoc, version: Snapshot, label = "Restore"): void {
  design.together(label, () =>
    makeAgain(
      {
        standing: () => design.standing(),
        apply: (changes) => design.apply(changes, label),
        redraw: (diagram) => design.redraw(diagram, label),
        rename: (name) => design.rename(name),
      },
      version,
    ),
  );
}
