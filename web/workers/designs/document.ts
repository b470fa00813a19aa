/** A new design as the bytes of its document, the way they are stored. */
import * as Y from "yjs";
import { DesignDoc } from "#shared/doc/index.ts";
import type { Diagram, Position, Schema, TableId, ViewId } from "#shared/model/index.ts";

export interface NewDesign {
  readonly name: string;
  readonly schema: Schema;
  readonly positions: ReadonlyMap<TableId | ViewId, Position>;
  /** Tints, areas and notes of a design that was exported. */
  readonly diagram?: Diagram | undefined;
}

/** The ids of its entities must have been minted. */
export function documentOf({ name, schema, positions, diagram }: NewDesign): Uint8Array {
  const doc = new Y.Doc();
  const design = new DesignDoc(doc);
  design.start(name, schema, positions);
  for (const [table, tint] of diagram?.tints ?? []) design.tint([table], tint);
  for (const area of diagram?.areas ?? []) design.put("areas", area);
  for (const note of diagram?.notes ?? []) design.put("notes", note);
  const update = Y.encodeStateAsUpdate(doc);
  design.close();
  return update;
}
