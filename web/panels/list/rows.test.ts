import { describe, expect, it } from "vitest";
import { generate } from "../../../tests/support/generator.ts";
import { found, listRows, score } from "./rows.ts";

describe("the list", () => {
  it("has a row for every table under its group", () => {
    const rows = listRows(generate({ tables: 5 }));
    expect(rows.map(({ kind }) => kind)).toEqual(["group", "table", "table", "table", "table", "table"]);
  });

  it.each([
    ["film", "film", 0],
    ["film", "film_actor", 1.1],
    ["actor", "film_actor", 2.1],
    ["ctor", "film_actor", 3.1],
    ["fa", "film_actor", 5.1],
    ["xyz", "film_actor", null],
  ])("%s in %s", (wanted, name, expected) => {
    expect(score(name, wanted)).toEqual(expected);
  });

  it("finds the exact table first, then columns", () => {
    const schema = generate({ tables: 50 });
    const name = schema.tables[7]?.name ?? "";
    const rows = found(schema, name);
    expect(rows[0]?.kind === "table" && rows[0].label).toBe(name);
    expect(rows.some(({ kind }) => kind === "column")).toBe(true);
    expect(found(schema, "no such thing at all")).toEqual([]);
  });
});
