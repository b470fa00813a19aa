/** A design out of a page that fell over: what is stored of it, as a file. */
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import { writeDesign } from "#shared/formats/json/index.ts";

export interface Rescued {
  readonly name: string;
  readonly content: Blob;
}

/**
 * The design file of what is stored. Where that cannot be read, each update as it is stored, its length in four bytes before it: a
 * person keeps everything there is.
 */
export function rescued(updates: readonly Uint8Array[]): Rescued {
  try {
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    const { name, schema, diagram } = new DesignDoc(doc).snapshot;
    const text = writeDesign({ name, schema, diagrams: [diagram] });
    return { name: `${name || "design"}.json`, content: new Blob([text], { type: "application/json" }) };
  } catch {
    // The stored document is what fell over: it leaves as it is.
    const parts = updates.flatMap((update) => [new Uint32Array([update.length]), new Uint8Array(update)]);
    return { name: "design.yjs", content: new Blob(parts, { type: "application/octet-stream" }) };
  }
}

/** What happened, for whoever mends it: the error, where it was thrown, and in which browser. */
export function details(error: unknown, browser: string): string {
  const thrown = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return [thrown, `at ${new Date().toISOString()}`, browser].join("\n");
}
