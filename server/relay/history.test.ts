import { describe, expect, it } from "vitest";
import { thinned } from "./history.ts";

const taken = (minutes: number, name: string | null = null) => ({
  id: String(minutes),
  at: new Date(minutes * 60_000).toISOString(),
  name,
  authors: [],
  bytes: 1,
});

describe("thinned", () => {
  it("keeps 60 of those taken, all that are named, the oldest and the newest", () => {
    let versions: readonly ReturnType<typeof taken>[] = [];
    for (let at = 0; at < 1_000; at += 1)
      versions = thinned([...versions, taken(at * 10, at % 100 === 0 ? "named" : null)]) as typeof versions;
    const unnamed = versions.filter(({ name }) => name === null);
    expect(unnamed).toHaveLength(60);
    expect(versions).toHaveLength(70);
    expect(unnamed[0]?.id).toBe("10");
    expect(unnamed.slice(-12).map(({ id }) => Number(id))).toEqual(Array.from({ length: 12 }, (_, at) => 9_880 + at * 10));
  });

  it("leaves few alone", () => {
    const few = [taken(0), taken(1), taken(2, "x")];
    expect(thinned(few)).toEqual(few);
  });
});
