/** Readers of catalogue rows, over rows as drivers hand them out. */
import { describe, expect, it } from "vitest";
import { columnsByRelation } from "./columns.ts";
import { readDependencies } from "./dependencies.ts";
import { flag, Ids, json, numbers, options } from "./reader.ts";
import { sequenceOptions } from "./types.ts";

describe("cells", () => {
  it("are read whatever the driver made of them", () => {
    expect([flag(true), flag("t"), flag("true"), flag("f"), flag(null)]).toEqual([true, true, true, false, false]);
    expect([json("[1]"), json([1]), json(null)]).toEqual([[1], [1], null]);
    expect([numbers("{1,2}"), numbers("3 4"), numbers("{}"), numbers("7"), numbers(null)]).toEqual([[1, 2], [3, 4], [], [7], []]);
    expect(options('["fillfactor=70","note=a=b"]', "toast.")).toEqual({ "toast.fillfactor": "70", "toast.note": "a=b" });
    expect(options('["pg_attver=22094264","n_distinct=5"]', "attribute.")).toEqual({ "attribute.n_distinct": "5" });
  });
});

describe("columns", () => {
  it("come in the order of their numbers, whatever the order of the server", () => {
    const columns = columnsByRelation([["7", '[[2,"b","text",false,null,null],[1,"a","integer",true,null,null]]']]);
    expect(columns("7").map(([, name]) => name)).toEqual(["a", "b"]);
    expect(columns("8")).toEqual([]);
  });
});

describe("comments", () => {
  it("are found by object and part", () => {
    const ids = new Ids();
    ids.addComments([
      ["pg_class", "7", "0", "a table"],
      ["pg_class", 7, 2, ""],
      ["pg_constraint", "7", "0", "a check"],
    ]);
    expect([ids.comment("pg_class", "7"), ids.comment("pg_class", 7, 2), ids.comment("pg_class", "7", 1)]).toEqual([
      "a table",
      "",
      null,
    ]);
    expect(ids.comment("pg_constraint", "7")).toBe("a check");
  });
});

describe("options of a sequence", () => {
  const row = (type: string, ...numbers: string[]): readonly unknown[] => [1, 1, "s", type, ...numbers, false];
  it.each<[string, readonly unknown[], string]>([
    ["as it comes", row("bigint", "1", "1", "9223372036854775807", "1", "1"), ""],
    ["of a small type", row("smallint", "1", "1", "32767", "1", "1"), ""],
    ["downwards", row("integer", "-1", "-1", "-1", "-2147483648", "1"), "INCREMENT BY -1"],
    ["with everything", row("integer", "5", "2", "9", "3", "4"), "INCREMENT BY 2 MINVALUE 3 MAXVALUE 9 START WITH 5 CACHE 4"],
  ])("%s", (_name, cells, expected) => {
    expect(sequenceOptions(cells)).toBe(expected);
  });
});

describe("dependencies", () => {
  it("of what hangs on a table or domain are that one's, each once, never on itself", () => {
    const ids = new Ids();
    ids.add("pg_class", "1", "view", "public.v");
    ids.add("pg_class", "2", "table", "public.t");
    ids.add("pg_type", "3", "type", "public.d");
    ids.add("pg_proc", "4", "function", "public.f()");
    const dependsOn = readDependencies(
      [
        ["pg_catalog.pg_rewrite", 90, "pg_catalog.pg_class", 2, 1, null],
        ["pg_rewrite", 90, "pg_class", "2", "1", null],
        ["pg_rewrite", 90, "pg_class", 1, 1, null],
        ["pg_constraint", 91, "pg_proc", 4, null, 3],
        ["pg_proc", 4, "pg_type", 3, null, null],
        ["pg_proc", 4, "pg_class", 77, null, null],
      ],
      ids,
    );
    expect(dependsOn("view:public.v")).toEqual(["table:public.t"]);
    expect(dependsOn("type:public.d")).toEqual(["function:public.f()"]);
    expect(dependsOn("function:public.f()")).toEqual(["type:public.d"]);
  });
});
