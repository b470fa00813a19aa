import { describe, expect, it } from "vitest";
import { ENDS } from "./ends.ts";
import type { Notation, Theme } from "./theme.ts";

const theme = { color: { paper: "paper", "ink-2": "ink" }, ui: "Inter" } as unknown as Theme;

/** What was drawn at an end, in words; and how far it reached from the table. */
function drawn(notation: Notation, end: "child" | "parent", said: { optional: boolean; single: boolean }, side: -1 | 1 = 1) {
  const seen: string[] = [];
  const reached: number[] = [0];
  const at = (x: number): number => reached.push(x);
  const context = {
    beginPath: () => undefined,
    moveTo: at,
    lineTo: at,
    closePath: () => seen.push("shape"),
    arc: (x: number) => {
      at(x);
      seen.push("ring");
    },
    fill: () => undefined,
    stroke: () => seen.push("line"),
    fillText: (text: string, x: number) => {
      at(x);
      seen.push(`“${text}” ${String((context as { textAlign?: string }).textAlign)}`);
    },
  } as unknown as CanvasRenderingContext2D;
  ENDS[notation][end]({ context, theme, zoom: 1, at: [0, 0], side }, { ...said, identifying: false });
  return { seen, least: Math.min(...reached), most: Math.max(...reached) };
}

const many = { optional: false, single: false };
const one = { optional: true, single: true };

describe("the ends of a relation", () => {
  it.each([
    ["crow", "child", many, ["line", "line", "ring", "line"]],
    ["crow", "child", one, ["line", "ring", "line"]],
    ["crow", "parent", many, ["line", "line"]],
    ["crow", "parent", one, ["line", "ring", "line"]],
    ["minmax", "child", many, ["“0..n” left"]],
    ["minmax", "child", one, ["“0..1” left"]],
    ["minmax", "parent", many, ["“1..1” left"]],
    ["minmax", "parent", one, ["“0..1” left"]],
    ["idef1x", "child", many, ["ring"]],
    ["idef1x", "child", one, ["ring", "“Z” left"]],
    ["idef1x", "parent", many, []],
    ["idef1x", "parent", one, ["shape", "line"]],
    ["arrow", "child", many, []],
    ["arrow", "parent", one, ["shape"]],
  ] as const)("%s, the %s's, %o", (notation, end, said, expected) => {
    expect(drawn(notation, end, said).seen).toEqual(expected);
  });

  it.each(["crow", "minmax", "idef1x", "arrow"] as const)("of %s lie on the line's side of the table", (notation) => {
    for (const end of ["child", "parent"] as const)
      for (const said of [many, one]) {
        expect(drawn(notation, end, said, 1).least).toBeGreaterThanOrEqual(0);
        expect(drawn(notation, end, said, -1).most).toBeLessThanOrEqual(0);
      }
  });
});
