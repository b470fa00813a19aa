import { describe, expect, it } from "vitest";
import { MAX_ZOOM, toWorld } from "./camera.ts";
import { type Fingers, pinched } from "./pinch.ts";

const camera = { x: 100, y: 50, zoom: 0.5 };
const from: Fingers = [
  { x: 100, y: 200 },
  { x: 200, y: 200 },
];

describe("a pinch", () => {
  it.each<[string, Fingers, number]>([
    [
      "together they pan",
      [
        { x: 140, y: 260 },
        { x: 240, y: 260 },
      ],
      0.5,
    ],
    [
      "apart they zoom in",
      [
        { x: 50, y: 200 },
        { x: 250, y: 200 },
      ],
      1,
    ],
    [
      "together they zoom out",
      [
        { x: 130, y: 200 },
        { x: 180, y: 200 },
      ],
      0.25,
    ],
    [
      "turned they only pan",
      [
        { x: 150, y: 150 },
        { x: 150, y: 250 },
      ],
      0.5,
    ],
    [
      "no farther than the canvas goes",
      [
        { x: -5000, y: 200 },
        { x: 5000, y: 200 },
      ],
      MAX_ZOOM,
    ],
  ])("%s, and what is between the fingers stays there", (_, to, zoom) => {
    const next = pinched(camera, from, to);
    expect(next.zoom).toBeCloseTo(zoom);
    const middle = { x: (to[0].x + to[1].x) / 2, y: (to[0].y + to[1].y) / 2 };
    const [before, after] = [toWorld(camera, { x: 150, y: 200 }), toWorld(next, middle)];
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  it("fingers on one spot do not throw the camera away", () => {
    const spot: Fingers = [
      { x: 150, y: 200 },
      { x: 150, y: 200 },
    ];
    expect(pinched(camera, spot, from).zoom).toBeLessThanOrEqual(MAX_ZOOM);
    expect(Number.isFinite(pinched(camera, from, spot).x)).toBe(true);
  });
});
