import { describe, expect, it } from "vitest";
import { generate } from "../../tests/support/generator.ts";
import { invariants, type Schema, type Table, type Verbatim, type View } from "../model/index.ts";
import { pick } from "./index.ts";

const base = generate({ tables: 12, columns: 6 });
const [first, second, third] = base.tables as readonly [Table, Table, Table];
const view = {
  id: "v",
  namespaceId: first.namespaceId,
  name: "v",
  columns: [],
  indexes: [],
  options: {},
  dependsOn: [second.id],
};
const hanging = (id: string, over: Partial<Verbatim>): Verbatim =>
  ({
    id,
    kind: "trigger",
    namespaceId: null,
    ownerId: null,
    name: id,
    definition: "",
    comment: null,
    dependsOn: [],
    ...over,
  }) as Verbatim;
const schema: Schema = {
  ...base,
  views: [view as unknown as View],
  verbatim: [
    hanging("free", {}),
    hanging("on the second", { ownerId: second.id }),
    hanging("needs the view", { dependsOn: ["v"] }),
    hanging("needs what needs the view", { dependsOn: ["needs the view"] }),
  ],
};
const all = new Set<string>([...schema.tables, ...schema.views].map(({ id }) => id));
const without = (...ids: readonly string[]): Set<string> => new Set([...all].filter((id) => !ids.includes(id)));

describe("picking tables", () => {
  it("gives the schema itself when everything is chosen", () => {
    expect(pick(schema, all)).toEqual({ value: schema, problems: [] });
    expect(pick(schema, all).value).toBe(schema);
  });

  it("leaves out what hangs on what was not chosen, step by step, and says so", () => {
    const { value, problems } = pick(schema, without(second.id));
    expect(value.tables).toHaveLength(11);
    expect(value.views).toEqual([]);
    expect(value.verbatim.map(({ id }) => id)).toEqual(["free"]);
    expect(value.foreignKeys.some((key) => key.tableId === second.id || key.refTableId === second.id)).toBe(false);
    expect(invariants(value)).toEqual([]);
    expect(problems.map(({ params }) => params["what"])).toContain("1 tables and views");
    expect(problems.map(({ params }) => params["what"])).toContain("2 other objects");
  });

  it("takes no partition without its parent", () => {
    const parted = {
      ...schema,
      tables: schema.tables.map((table) =>
        table === third ? { ...table, partitionOf: { tableId: first.id, bound: "DEFAULT" } } : table,
      ),
    };
    expect(pick(parted, without(first.id)).value.tables.some(({ id }) => id === third.id)).toBe(false);
  });

  it("leaves no namespace behind that was only the unchosen ones'", () => {
    const two = {
      ...base,
      namespaces: [...base.namespaces, { id: "other", name: "other", comment: null }] as unknown as Schema["namespaces"],
      tables: base.tables.map((table) => (table === third ? { ...table, namespaceId: "other" as Table["namespaceId"] } : table)),
    };
    expect(pick(two, without(third.id)).value.namespaces).toHaveLength(base.namespaces.length);
    expect(pick(two, without(first.id)).value.namespaces).toHaveLength(base.namespaces.length + 1);
  });

  it("may leave nothing", () => {
    expect(pick(schema, new Set()).value).toMatchObject({ tables: [], views: [], foreignKeys: [] });
  });
});
