/**
 * What an import read, packed: the page carries it and never opens it. A thousand tables as objects would hold up several frames on
 * their way from one worker to the next; as bytes they hold up none.
 */
import type { Diagram, Schema } from "#shared/model/index.ts";

export interface Parcel {
  readonly bytes: Uint8Array;
  readonly dialect: string;
  /** Its ids are those of a design, not of a catalogue. */
  readonly adopted: boolean;
  /** How many there are of each kind; kinds of which there are none are left out. */
  readonly counts: readonly (readonly [what: string, count: number])[];
}

interface Contents {
  readonly schema: Schema;
  /** Where its tables stand; null when it says nothing of that. */
  readonly diagram: Diagram | null;
}

/** Maps are lists of their entries in JSON. */
interface Written {
  readonly schema: Schema;
  readonly diagram: (Omit<Diagram, "positions" | "tints"> & { readonly positions: unknown; readonly tints: unknown }) | null;
}

export function pack(schema: Schema, diagram: Diagram | null, adopted: boolean): Parcel {
  const written: Written = {
    schema,
    diagram: diagram && { ...diagram, positions: [...diagram.positions], tints: [...diagram.tints] },
  };
  return {
    bytes: new TextEncoder().encode(JSON.stringify(written)),
    dialect: schema.dialect,
    adopted,
    counts: countsOf(schema),
  };
}

export function unpack({ bytes }: Parcel): Contents {
  const { schema, diagram } = JSON.parse(new TextDecoder().decode(bytes)) as Written;
  if (!diagram) return { schema, diagram: null };
  const positions = new Map(diagram.positions as Iterable<readonly [never, never]>);
  const tints = new Map(diagram.tints as Iterable<readonly [never, never]>);
  return { schema, diagram: { ...diagram, positions, tints } };
}

/** How many there are of each kind; kinds of which there are none are left out. */
export function countsOf({ tables, foreignKeys, types, sequences, views, verbatim }: Schema): Parcel["counts"] {
  const inTables = (count: (table: Schema["tables"][number]) => number): number =>
    tables.reduce((sum, table) => sum + count(table), 0);
  const all: readonly (readonly [string, number])[] = [
    ["tables", tables.length],
    ["columns", inTables(({ columns }) => columns.length)],
    ["relations", foreignKeys.length],
    ["indexes", inTables(({ indexes }) => indexes.length)],
    ["checks", inTables(({ constraints }) => constraints.filter(({ kind }) => kind === "check").length)],
    ["types", types.length],
    ["sequences", sequences.length],
    ["views", views.length],
    ["other objects", verbatim.length],
  ];
  return all.filter(([, count]) => count > 0);
}
