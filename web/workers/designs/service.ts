/** What is done to whole designs away from the page: making the document of what was imported. */
import * as Y from "yjs";
import { arrange, arrangeNew, type Positions, tile } from "#shared/arrange/index.ts";
import { DesignDoc } from "#shared/doc/index.ts";
import { edgesOf } from "#shared/drawing/index.ts";
import { adopt, type Diagram, type Schema } from "#shared/model/index.ts";
import { mint } from "../../mint.ts";
import { type Parcel, unpack } from "../parcel.ts";
import { documentOf } from "./document.ts";
import { nodesOf } from "./nodes.ts";

export interface DesignMade {
  readonly update: Uint8Array;
  readonly tables: number;
}

/** A diagram of a schema that was given new ids: its tables and views are the same ones, in the same order. */
function renamed(diagram: Diagram, from: Schema, to: Schema): Diagram {
  const ids = new Map<string, string>();
  const pair = (old: readonly { readonly id: string }[], now: readonly { readonly id: string }[]): void =>
    old.forEach(({ id }, at) => ids.set(id, now[at]?.id ?? id));
  pair(from.tables, to.tables);
  pair(from.views, to.views);
  const moved = <T>(map: ReadonlyMap<string, T>): Map<never, T> =>
    new Map([...map].map(([id, value]) => [ids.get(id) ?? id, value])) as unknown as Map<never, T>;
  return { ...diagram, positions: moved(diagram.positions), tints: moved(diagram.tints) };
}

export const designService = {
  /** Documents of other states of a design: what is in both stands where it does there. */
  others(name: string, update: Uint8Array, parcels: readonly Parcel[]): Promise<readonly Uint8Array[]> {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, update);
    const design = new DesignDoc(doc);
    const standing = design.snapshot.diagram.positions as unknown as Positions;
    design.close();
    const all = parcels.map((parcel) => {
      const { schema } = unpack(parcel);
      const nodes = nodesOf(schema);
      const there = new Set(nodes.map(({ id }) => id));
      const old = new Map([...standing].filter(([id]) => there.has(id)));
      const found = old.size === nodes.length ? old : arrangeNew(nodes, edgesOf(schema), old, null);
      const positions = new Map([...old, ...found]) as unknown as Diagram["positions"];
      return documentOf({ name, schema, positions });
    });
    return Promise.resolve(all);
  },

  /** Gives every table a place (in plain rows unless `laidOut`), and makes the document. */
  make(name: string, parcel: Parcel, laidOut: boolean): Promise<DesignMade> {
    const contents = unpack(parcel);
    const schema = parcel.adopted ? contents.schema : adopt(contents.schema, null, mint);
    const diagram = contents.diagram && renamed(contents.diagram, contents.schema, schema);
    const standing = (diagram?.positions ?? new Map()) as Positions;
    const [nodes, edges] = [nodesOf(schema), edgesOf(schema)];
    const found = !laidOut
      ? tile(nodes, standing)
      : standing.size === 0
        ? arrange(nodes, edges)
        : arrangeNew(nodes, edges, standing, null);
    const positions = new Map([...standing, ...found]) as unknown as Diagram["positions"];
    const update = documentOf({ name, schema, positions, diagram: diagram ?? undefined });
    return Promise.resolve({ update, tables: schema.tables.length });
  },
};
