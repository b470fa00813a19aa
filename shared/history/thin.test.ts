import fc from "../../tests/support/fast-check.ts";
import { describe, expect, it } from "vitest";
import { type Taken, thinned } from "./thin.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOW = Date.UTC(2026, 5, 15, 12, 30);
const version = (minutesAgo: number, more: Partial<Taken> = {}): Taken => ({
  id: String(minutesAgo),
  at: NOW - minutesAgo * MINUTE,
  name: null,
  bytes: 1,
  ...more,
});
const left = (versions: readonly Taken[], bytes = 1000): readonly string[] => {
  const going = new Set(thinned(versions, NOW, bytes));
  return versions.filter((one) => !going.has(one)).map(({ id }) => id);
};

describe("versions on a device", () => {
  it("of the last hour all stay; of older ones the last of each half hour, quarter of a day, day and week", () => {
    const minutes = [1, 5, 10, 59, 61, 65, 89, 95, 25 * 60, 26 * 60, 40 * 60];
    expect(left(minutes.map((ago) => version(ago)))).toEqual(["1", "5", "10", "59", "61", "95", "1500", "2400"]);
    const days = Array.from({ length: 400 }, (_, day) => version(day * 1440 + 1));
    const kept = left(days);
    expect(kept.length).toBeGreaterThan(60 + 45);
    expect(kept.length).toBeLessThan(60 + 55);
  });

  it("with a name always stay, whatever they weigh", () => {
    const versions = [version(0), version(65, { name: "First" }), version(66, { name: "Second", bytes: 5000 }), version(67)];
    expect(left(versions, 1)).toEqual(["0", "65", "66"]);
  });

  it("stay as far as they fit, the newest first and the newest always", () => {
    expect(left([version(1, { bytes: 60 }), version(2, { bytes: 60 }), version(3, { bytes: 30 })], 100)).toEqual(["1", "3"]);
    expect(left([version(1, { bytes: 600 })], 100)).toEqual(["1"]);
  });

  it("are thinned once: to thin what is left again takes nothing", () => {
    const versions = fc.uniqueArray(fc.integer({ min: 0, max: 200 * 1440 }), { maxLength: 300 });
    fc.assert(
      fc.property(versions, fc.integer({ min: 1, max: 300 }), (minutes, bytes) => {
        const all = minutes.map((ago) => version(ago));
        const kept = all.filter((one) => !thinned(all, NOW, bytes).includes(one));
        expect(thinned(kept, NOW, bytes)).toEqual([]);
        expect(kept.length).toBeLessThanOrEqual(bytes);
        expect(kept.some(({ at }) => at === Math.max(...all.map((one) => one.at)))).toBe(all.length > 0);
      }),
    );
  });

  it("do not grow without end: a year of work every day, thinned as it is made", () => {
    let all: Taken[] = [];
    for (let minute = 0; minute < 365 * 1440; minute += 10) {
      const at = NOW + minute * MINUTE;
      if (minute % 1440 > 480) continue;
      all.push({ id: String(minute), at, name: null, bytes: 1 });
      const going = new Set(thinned(all, at, 10_000));
      all = all.filter((one) => !going.has(one));
    }
    expect(all.length).toBeLessThan(150);
    expect(NOW + 365 * DAY - Math.min(...all.map(({ at }) => at))).toBeGreaterThan(350 * DAY);
  });
});
