import { describe, expect, it } from "vitest";
import { type Face, TextFitter } from "./text.ts";

const face: Face = { weight: 400, family: "Inter" };

/** A context whose letters are half as wide as they are high; it counts what is measured. */
function ruler() {
  const seen = { measured: 0 };
  const context = {
    font: "",
    measureText(text: string) {
      seen.measured += 1;
      return { width: text.length * 0.5 * Number(/([\d.]+)px/.exec(this.font)?.[1]) };
    },
  };
  return { seen, context: context as unknown as CanvasRenderingContext2D };
}

describe("text cut to a width", () => {
  it.each([
    ["fits", 10, 20, "fits"],
    ["jsonb", 11.5, 28.75, "jsonb"],
    ["customer_address", 10, 30, "custo…"],
    ["customer_address", 20, 30, "cu…"],
    ["customer_address", 10, 4, "…"],
    ["", 10, 4, ""],
  ])("%j in %i px letters and %i px", (text, size, width, expected) => {
    expect(new TextFitter().fit(ruler().context, text, face, size, width)).toBe(expected);
  });

  it("is measured once, whatever the size it is painted in, and leaves the context in that size", () => {
    const fitter = new TextFitter();
    const { context, seen } = ruler();
    for (const size of [10, 12, 40]) {
      fitter.fit(context, "status", face, size, 1000);
      expect(context.font).toBe(`400 ${String(size)}px Inter`);
    }
    expect(seen.measured).toBe(1);
    fitter.fit(context, "status", { ...face, weight: 600 }, 10, 1000);
    expect(seen.measured).toBe(2);
    fitter.clear();
    fitter.fit(context, "status", face, 10, 1000);
    expect(seen.measured).toBe(3);
  });
});
