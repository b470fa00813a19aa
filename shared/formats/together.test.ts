import { describe, expect, it } from "vitest";
import { dbml } from "./dbml/index.ts";
import { together } from "./together.ts";

const of = (files: Readonly<Record<string, string>>, main: string | null = null): unknown => {
  const found = together(new Map(Object.entries(files)), dbml, main);
  return found && [found.main, found.beside, found.unused];
};
const uses = (...paths: readonly string[]): string => paths.map((path) => `use * from '${path}'\n`).join("");

describe("the main one of several files", () => {
  it.each([
    ["none of none", {}, null, null],
    ["the only one", { "a.dbml": "" }, null, ["a.dbml", [], []]],
    ["the one that nobody uses", { "a.dbml": "", "z.dbml": uses("./a") }, null, ["z.dbml", [], []]],
    [
      "the one that uses others, where some stand alone",
      { "a.dbml": "", "lone.dbml": "", "z.dbml": uses("./a.dbml") },
      null,
      ["z.dbml", [], ["lone.dbml"]],
    ],
    ["none: all are one", { "b.dbml": "", "a.dbml": "" }, null, ["a.dbml", ["b.dbml"], []]],
    ["none, and the likeliest by its name is first", { "a.dbml": "", "x/main.dbml": "" }, null, ["x/main.dbml", ["a.dbml"], []]],
    [
      "none where two use others",
      { "a.dbml": uses("./c"), "b.dbml": uses("./c"), "c.dbml": "" },
      null,
      ["a.dbml", ["b.dbml"], []],
    ],
    ["the likeliest of a circle", { "a.dbml": uses("./main"), "main.dbml": uses("./a") }, null, ["main.dbml", [], []]],
    [
      "in folders, by what paths lead to",
      { "x/y/a.dbml": uses("../b"), "x/b.dbml": uses(".././c.dbml", "./b"), "c.dbml": "" },
      null,
      ["x/y/a.dbml", [], []],
    ],
    [
      "the one that a person says",
      { "a.dbml": uses("./b"), "b.dbml": "", "c.dbml": "" },
      "c.dbml",
      ["c.dbml", [], ["a.dbml", "b.dbml"]],
    ],
    ["none, if a person says so", { "a.dbml": uses("./b"), "b.dbml": "", "c.dbml": "" }, "", ["a.dbml", ["c.dbml"], []]],
    ["the one that uses what is missing", { "b.dbml": uses("../../x"), "a.dbml": "" }, null, ["b.dbml", [], ["a.dbml"]]],
  ])("is %s", (_, files, main, expected) => {
    expect(of(files, main)).toEqual(expected);
  });

  it("is found among thousands that use each other", () => {
    const files = Object.fromEntries(
      Array.from({ length: 4000 }, (_, at) => [`f${String(at)}.dbml`, uses(`./f${String((at + 1) % 4000)}`, "./f0")]),
    );
    expect(of(files)).toEqual(["f0.dbml", [], []]);
  });
});
