import { describe, expect, it } from "vitest";
import { Fingers } from "./fingers.ts";

const camera = { x: 0, y: 0, zoom: 1 };
const at = (x: number, y = 0) => ({ x, y });

describe("fingers on the canvas", () => {
  it("one that goes where it came taps; one that moved does not", () => {
    const fingers = new Fingers();
    expect(fingers.down(1, at(10), camera)).toBe("first");
    fingers.move(1, at(14));
    expect(fingers.up(1)).toBe("tap");
    fingers.down(2, at(10), camera);
    expect(fingers.move(2, at(40))).toBeNull();
    expect(fingers.up(2)).toBe("end");
  });

  it("two pinch until both are gone, and the one that stays taps nothing", () => {
    const fingers = new Fingers();
    fingers.down(1, at(100), camera);
    expect(fingers.down(2, at(200), camera)).toBe("pinch");
    expect(fingers.move(2, at(300))?.zoom).toBeCloseTo(2);
    expect(fingers.up(1)).toBe("pinch");
    expect(fingers.move(2, at(350))).toBeNull();
    expect(fingers.up(2)).toBe("pinch");
    expect(fingers.down(3, at(0), camera)).toBe("first");
    expect(fingers.up(3)).toBe("tap");
  });

  it("a third one changes nothing, and one that never came down is nobody's", () => {
    const fingers = new Fingers();
    fingers.down(1, at(100), camera);
    fingers.down(2, at(200), camera);
    expect(fingers.down(3, at(400), camera)).toBe("ignored");
    expect(fingers.move(9, at(0))).toBeNull();
    for (const id of [3, 2, 1]) expect(fingers.up(id)).toBe("pinch");
  });
});
