import { describe, expect, it } from "vitest";
import { initialsOf, readShowing } from "./presence.ts";

const NOTHING = {
  name: "Someone",
  tint: "slate",
  person: null,
  pointer: null,
  selected: [],
  editing: null,
  seen: null,
  following: null,
};

describe("what others send", () => {
  it("is read as it was shown", () => {
    const shown = {
      name: "Ada",
      tint: "violet" as const,
      person: "p1",
      pointer: [1.5, -2] as const,
      selected: ["a", "b"],
      editing: "a",
      seen: { x: 0, y: 0, width: 100, height: 50 },
      following: 7,
    };
    expect(readShowing(JSON.parse(JSON.stringify(shown)) as Record<string, unknown>)).toEqual(shown);
  });

  it.each([
    {},
    { name: "  ", tint: "__proto__", pointer: [1], selected: "x", editing: {}, seen: { x: 0, y: 0, width: 0, height: 5 } },
    { name: 5, tint: "red; background: url(//x)", pointer: ["1", 2], selected: [5, "x".repeat(200)], seen: 7, following: "me" },
    { pointer: [null, 1e300], seen: { x: 1e12, y: 0, width: 1, height: 1 } },
  ])("is left out where it is wrong: %o", (state) => {
    expect(readShowing(state)).toEqual(NOTHING);
  });

  it("is cut where it is too much", () => {
    const { name, selected } = readShowing({ name: "x".repeat(500), selected: Array.from({ length: 500 }, String) });
    expect([name.length, selected.length]).toEqual([64, 40]);
  });
});

describe("initials", () => {
  it.each([
    ["Ada King", "AK"],
    ["ada maria king", "AK"],
    ["Jo", "Jo"],
    ["Guest", "Gu"],
    ["李小龍", "李小"],
  ])("of %s are %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
