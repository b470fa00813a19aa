/** Arbitrary designs, and designs as they are compared: by names, since ids are each reader's own. */
import { type Diagram, invariants, type Schema } from "#shared/model/index.ts";
import type { Design } from "#shared/formats/json/index.ts";
import { arbitraryDiagram, arbitrarySchema } from "./arbitrary-schema.ts";
import fc from "./fast-check.ts";

/** Engines do not have two things of one name, nor a value twice in an enum. */
const sound = (schema: Schema): boolean =>
  invariants(schema).length === 0 &&
  schema.types.every((type) => type.kind !== "enum" || new Set(type.values).size === type.values.length) &&
  schema.tables.every((table) => {
    const names = [...table.constraints, ...table.indexes].map(({ name }) => name);
    return new Set(names).size === names.length;
  });

export const arbitraryDesign: fc.Arbitrary<Design> = arbitrarySchema.filter(sound).chain((schema) =>
  fc.record({
    name: fc.string({ maxLength: 8, unit: "grapheme" }),
    schema: fc.constant(schema),
    diagrams: fc.array(arbitraryDiagram(schema), { maxLength: 2 }),
  }),
);

const plain = <T extends { readonly id: string }>({ id: _id, ...rest }: T): Omit<T, "id"> => rest;

/** What is drawn, by the names of tables; null where nothing is. */
export function drawn({ schema, diagrams: [diagram] }: Design): unknown {
  if (!diagram) return null;
  const owners = [...schema.tables, ...schema.views];
  const name = (id: string): string => owners.find((owner) => owner.id === id)?.name ?? "";
  const named = <T>(map: ReadonlyMap<string, T>): unknown => [...map].map(([id, value]) => [name(id), value]).sort();
  const { positions, tints, areas, notes }: Diagram = diagram;
  return { positions: named(positions), tints: named(tints), areas: areas.map(plain), notes: notes.map(plain) };
}
