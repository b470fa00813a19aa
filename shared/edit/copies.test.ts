import { describe, expect, it } from "vitest";
import { postgres } from "../dialects/postgres/index.ts";
import {
  apply,
  type EnumType,
  emptySchema,
  invariants,
  makeCheck,
  makeColumn,
  makeForeignKey,
  makeIndex,
  makeKey,
  makeTable,
  type Schema,
  type Sequence,
  type Table,
  type TableId,
} from "../model/index.ts";
import { cutOut, duplicate, pasteInto } from "./index.ts";

const id = <T extends string>(text: string): T => text as T;
const part = { expression: null, descending: false, nulls: null, opclass: null, collation: null };
let next = 0;
const mint = (): string => `new${String((next += 1))}`;

const makers = makeTable({
  id: id("makers"),
  namespaceId: id("public"),
  name: "maker",
  columns: [makeColumn({ id: id("maker-id"), name: "id", type: "integer", notNull: true })],
  constraints: [makeKey({ id: id("maker-key"), kind: "primary", name: "maker_pkey", columns: [id("maker-id")] })],
});
const cars = makeTable({
  id: id("cars"),
  namespaceId: id("public"),
  name: "car",
  columns: [
    makeColumn({ id: id("car-id"), name: "id", type: "integer", default: "nextval('public.car_id_seq'::regclass)" }),
    makeColumn({ id: id("car-maker"), name: "maker_id", type: "integer" }),
    makeColumn({ id: id("car-colour"), name: "colours", type: "public.colour[]", default: "'{red}'::public.colour[]" }),
  ],
  constraints: [
    makeKey({ id: id("car-key"), kind: "primary", name: "car_pkey", columns: [id("car-id")] }),
    makeCheck({ id: id("car-check"), name: "car_check", expression: "id > 0" }),
  ],
  indexes: [makeIndex({ id: id("car-index"), name: "car_maker_id_idx", parts: [{ ...part, columnId: id("car-maker") }] })],
  dependsOn: ["colour", "gone"],
});
const yard = makeTable({ ...makers, id: id("yards"), name: "yard", columns: [], constraints: [] });
const colour = {
  id: id("colour"),
  kind: "enum",
  namespaceId: id("public"),
  name: "colour",
  comment: null,
  dependsOn: [],
  values: ["red", "blue"],
} satisfies EnumType;
const sequence = {
  id: id("seq"),
  namespaceId: id("public"),
  name: "car_id_seq",
  comment: null,
  type: "integer",
  definition: "",
  unlogged: false,
  ownedBy: { tableId: cars.id, columnId: id("car-id") },
} satisfies Sequence;
const schema: Schema = {
  ...emptySchema("postgres"),
  namespaces: [{ id: id("public"), name: "public", comment: null }],
  tables: [makers, cars, yard],
  foreignKeys: [
    makeForeignKey({
      id: id("made-by"),
      tableId: cars.id,
      name: "car_maker_id_fkey",
      columns: [id("car-maker")],
      refTableId: makers.id,
      refColumns: [id("maker-id")],
    }),
  ],
  types: [colour],
  sequences: [sequence],
};
const other: Schema = { ...emptySchema("postgres"), namespaces: [{ id: id("elsewhere"), name: "public", comment: null }] };

const paste = (into: Schema, ...ids: readonly TableId[]): Schema =>
  apply(into, pasteInto(into, cutOut(schema, new Set(ids), postgres), postgres, mint).changes);
const names = ({ tables, sequences }: Schema): string[] =>
  [...tables, ...sequences, ...tables.flatMap(({ constraints, indexes }) => [...constraints, ...indexes])].map(
    ({ name }) => name,
  );
const named = (of: Schema, name: string): Table | undefined => of.tables.find((table) => table.name === name);

describe("cut out and put into another design", () => {
  it("everything a table is made of comes along, under its own names", () => {
    const pasted = paste(other, makers.id, cars.id);
    expect(invariants(pasted)).toEqual([]);
    expect(names(pasted)).toEqual(names({ ...schema, tables: [makers, cars] }));
    expect(pasted.types.map(({ name, namespaceId }) => [name, namespaceId])).toEqual([["colour", "elsewhere"]]);
    expect(pasted.namespaces).toEqual(other.namespaces);
    expect(named(pasted, "car")?.columns.map((column) => [column.name, column.type, column.default])).toEqual(
      cars.columns.map((column) => [column.name, column.type, column.default]),
    );
    expect(pasted.foreignKeys).toHaveLength(1);
    expect(pasted.foreignKeys[0]?.refTableId).toBe(named(pasted, "maker")?.id);
    const car = named(pasted, "car");
    expect(pasted.sequences[0]?.ownedBy).toEqual({ tableId: car?.id, columnId: car?.columns[0]?.id });
  });

  it("a relation to a table that stays behind is left", () => {
    expect(paste(other, cars.id).foreignKeys).toEqual([]);
  });

  it("an equal enum is used, another one of its name is not touched", () => {
    const equal = paste({ ...other, types: [{ ...colour, id: id("own"), namespaceId: id("elsewhere") }] }, cars.id);
    expect(equal.types.map((type) => type.id)).toEqual(["own"]);
    const differs = paste(
      { ...other, types: [{ ...colour, id: id("own"), namespaceId: id("elsewhere"), values: ["green"] }] },
      cars.id,
    );
    expect(differs.types.map(({ name }) => name)).toEqual(["colour", "colour_2"]);
    const [, , column] = named(differs, "car")?.columns ?? [];
    expect([column?.type, column?.default]).toEqual(["public.colour_2[]", "'{red}'::public.colour_2[]"]);
  });

  it("a namespace that is missing is made", () => {
    const bare = emptySchema("postgres");
    const pasted = paste(bare, cars.id);
    expect(pasted.namespaces.map(({ name }) => name)).toEqual(["public"]);
    expect(invariants(pasted)).toEqual([]);
  });

  it("a partition that leaves its parent is a table of its own", () => {
    const parted: Schema = {
      ...schema,
      tables: [
        makers,
        {
          ...cars,
          partitionOf: { tableId: makers.id, bound: "DEFAULT" },
          columns: cars.columns.map((column) => ({ ...column, inherited: true })),
        },
      ],
    };
    const [table] = cutOut(parted, new Set([cars.id]), postgres).tables;
    expect([table?.partitionOf, table?.columns.some(({ inherited }) => inherited)]).toEqual([null, false]);
    expect(cutOut(parted, new Set([cars.id, makers.id]), postgres).tables[1]?.partitionOf?.bound).toBe("DEFAULT");
  });
});

describe("put into the design it came from", () => {
  const twice = paste(paste(schema, cars.id, makers.id), cars.id, makers.id);

  it("has names of its own each time", () => {
    expect(new Set(names(twice)).size).toBe(names(twice).length);
    expect(invariants(twice)).toEqual([]);
    expect(twice.types).toEqual([colour]);
    expect(named(twice, "car_2")?.constraints.map(({ name }) => name)).toEqual(["car_2_pkey", "car_2_check"]);
    expect(named(twice, "car_3")?.columns[0]?.default).toBe("nextval('public.car_3_id_seq'::regclass)");
  });

  it("depends on what is there and nothing else", () => {
    expect(named(twice, "car_2")?.dependsOn.filter((dependency) => dependency === "gone")).toEqual([]);
  });

  it("a duplicate keeps its relations to other tables", () => {
    const { changes, copies } = duplicate(schema, new Set([cars.id]), postgres, mint);
    const after = apply(schema, changes);
    expect(after.foreignKeys.map(({ tableId, refTableId }) => [tableId, refTableId])).toEqual([
      [cars.id, makers.id],
      [copies.get(cars.id), makers.id],
    ]);
    expect(named(after, "car_copy")?.indexes[0]?.name).toBe("car_copy_maker_id_idx");
  });
});
