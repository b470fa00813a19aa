/** What is done to whole designs away from the page: reading a design file, and making the document of what was imported. */
import { arrange, arrangeNew, type Positions, tile } from "#shared/arrange/index.ts";
import { decode } from "#shared/dialects/kit/decode.ts";
import { edgesOf } from "#shared/drawing/index.ts";
import { readDesign } from "#shared/formats/json/index.ts";
import { adopt, type Diagram } from "#shared/model/index.ts";
import type { Report } from "#shared/result/index.ts";
import { mint } from "../../mint.ts";
import { pack, type Parcel, unpack } from "../parcel.ts";
import { documentOf } from "./document.ts";
import { nodesOf } from "./nodes.ts";

export interface DesignRead {
  readonly name: string;
  readonly parcel: Parcel;
}

export interface DesignMade {
  readonly update: Uint8Array;
  readonly tables: number;
}

export const designService = {
  /** Reads a design file. */
  read(bytes: ArrayBuffer, fileName: string): Promise<Report<DesignRead | null>> {
    const text = decode(new Uint8Array(bytes), fileName);
    const { value, problems } = readDesign(text.value ?? "");
    const read = value && { name: value.name, parcel: pack(value.schema, value.diagrams[0] ?? null, true) };
    return Promise.resolve({ value: read, problems: [...text.problems, ...problems] });
  },

  /** Gives every table a place (in plain rows unless `laidOut`), and makes the document. */
  make(name: string, parcel: Parcel, laidOut: boolean): Promise<DesignMade> {
    const contents = unpack(parcel);
    const schema = parcel.adopted ? contents.schema : adopt(contents.schema, null, mint);
    const standing = (contents.diagram?.positions ?? new Map()) as Positions;
    const [nodes, edges] = [nodesOf(schema), edgesOf(schema)];
    const found = !laidOut
      ? tile(nodes, standing)
      : standing.size === 0
        ? arrange(nodes, edges)
        : arrangeNew(nodes, edges, standing, null);
    const positions = new Map([...standing, ...found]) as unknown as Diagram["positions"];
    const update = documentOf({ name, schema, positions, diagram: contents.diagram ?? undefined });
    return Promise.resolve({ update, tables: schema.tables.length });
  },
};
