import { describe, expect, it } from "vitest";
import type { Version } from "../../stores/history/history.svelte.ts";
import { changeRows } from "./rows.ts";
import { daysOf, titleOf, whoOf } from "./words.ts";

const version = (at: Date, more: Partial<Version> = {}): Version => ({
  key: String(at.getTime()),
  place: "device",
  id: "v",
  at: at.getTime(),
  name: null,
  authors: [],
  why: null,
  ...more,
});

describe("versions in words", () => {
  it("stand under the day they were taken on", () => {
    const now = new Date(2026, 2, 1, 0, 30);
    const at = [new Date(2026, 2, 1, 0, 10), new Date(2026, 1, 28, 23, 50), new Date(2026, 1, 28, 1, 0), new Date(2025, 11, 24)];
    const days = daysOf(
      at.map((each) => version(each)),
      now,
    );
    expect(days.map(({ title, versions }) => [title, versions.length])).toEqual([
      ["Today", 1],
      ["Yesterday", 2],
      [expect.stringContaining("2025"), 1],
    ]);
  });

  it.each([
    [[], ""],
    [[""], "you"],
    [["Ada", "Ada"], "Ada"],
    [["Ada", "Jo", ""], "Ada, Jo and you"],
  ])("are by %j: %s", (authors, who) => {
    expect(whoOf(version(new Date(), { authors }))).toBe(who);
  });

  it.each([
    [{ name: "Before", why: "pause" }, "Before"],
    [{ why: "import" }, "Before an update from a file"],
    [{ why: "of a newer app" }, "Taken by itself"],
    [{}, "Taken by itself"],
  ])("of %j are called %s", (more, title) => {
    expect(titleOf(version(new Date(), more))).toBe(title);
  });
});

describe("what changed, as rows", () => {
  it("says of what came or went the one detail beside it, and of what changed each below it", () => {
    const rows = changeRows([
      {
        key: "t1",
        name: "public.sale",
        lines: [
          { key: "a", kind: "added", what: "column total", details: ["int"] },
          { key: "b", kind: "changed", what: "column id", details: ["type: int becomes bigint", "NOT NULL: no becomes yes"] },
          { key: "c", kind: "removed", what: "column old", details: [] },
        ],
      },
    ]);
    const said = rows.map((row) => (row.kind === "line" ? `${row.line.what} ${row.detail ?? ""}`.trim() : row.text));
    expect(said).toEqual([
      "public.sale",
      "column total int",
      "column id",
      "type: int becomes bigint",
      "NOT NULL: no becomes yes",
      "column old",
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});
