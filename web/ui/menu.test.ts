import { describe, expect, it } from "vitest";
import { below, beside, type MenuEntry, tidy, typedTo } from "./menu.ts";

const VIEW = { width: 1000, height: 700 };
const MENU = { width: 200, height: 300 };

describe("where a menu goes", () => {
  it.each([
    ["under its button", { x: 20, y: 10, width: 30, height: 30 }, [20, 40]],
    ["over it at the bottom of the window", { x: 20, y: 660, width: 30, height: 30 }, [20, 360]],
    ["left of the right edge", { x: 980, y: 10, width: 0, height: 0 }, [792, 10]],
    ["into the window where neither side has room", { x: 20, y: 250, width: 0, height: 200 }, [20, 392]],
  ])("%s", (_, anchor, expected) => {
    expect(below(anchor, MENU, VIEW)).toEqual(expected);
  });

  it.each([
    ["right of its entry", { x: 100, y: 100, width: 200, height: 28 }, [300, 96]],
    ["left of it at the right edge", { x: 700, y: 100, width: 200, height: 28 }, [500, 96]],
    [
      "over it in a window too narrow for both",
      { x: 20, y: 100, width: 200, height: 28 },
      [152, 96],
      { width: 360, height: 700 },
    ],
  ])("a menu of a menu: %s", (_, anchor, expected, view = VIEW) => {
    expect(beside(anchor, MENU, view)).toEqual(expected);
  });
});

describe("a typed letter", () => {
  const labels = ["Copy", "Cut", "Delete", "Duplicate"];
  it.each([
    [-1, "c", 0],
    [0, "C", 1],
    [1, "c", 0],
    [0, "d", 2],
    [3, "d", 2],
    [0, "x", -1],
  ])("from %i, %s", (from, letter, expected) => {
    expect(typedTo(labels, from, letter)).toBe(expected);
  });
});

it("lines stand between entries only", () => {
  const line = (id: string): MenuEntry => ({ kind: "line", id });
  const menu = (id: string): MenuEntry => ({ kind: "menu", id, label: id, entries: [] });
  expect(tidy([line("a"), menu("b"), line("c"), line("d"), menu("e"), line("f")]).map(({ id }) => id)).toEqual(["b", "c", "e"]);
});
