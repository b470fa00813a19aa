/** This part is in charge of SVG: the diagram as a picture that stands on its own, at any scale, in light and in dark. */
import { draw, measureInter, THEMES } from "../../drawing/index.ts";
import type { Format } from "../format.ts";
import { LOSSES } from "../kit/losses.ts";
import { DRAWN, showing } from "../kit/shown.ts";
import { svgText } from "./print.ts";

export const svg = {
  id: "svg",
  label: "SVG",
  about: "the diagram as a picture, at any scale",
  extensions: ["svg"],
  mediaType: "image/svg+xml",
  reader: null,
  writer: {
    variants: [
      { id: "light", label: "SVG, light" },
      { id: "dark", label: "SVG, dark" },
    ],
    losses: LOSSES,
    hold: showing(DRAWN),
    print: (design, { types }, variant) =>
      svgText(design.name, draw(design, types.short, measureInter), THEMES[variant === "dark" ? "dark" : "light"]),
  },
} as const satisfies Format;
