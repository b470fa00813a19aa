/** A picture as a document of SVG: text stays text, groups carry the names of what they draw. */
import type { Figure, Picture, PictureTheme, Step } from "../../drawing/index.ts";
import { escaped } from "../kit/xml.ts";

const UI = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const CODE = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

const number = (value: number): string => String(Math.round(value * 100) / 100);
const pair = ([x, y]: readonly [number, number]): string => `${number(x)} ${number(y)}`;

function path(steps: readonly Step[]): string {
  return steps
    .map((step) => {
      if (step.kind === "close") return "Z";
      if (step.kind === "curve") return `C${[...step.by, step.to].map(pair).join(" ")}`;
      return `${step.kind === "move" ? "M" : "L"}${pair(step.to)}`;
    })
    .join("");
}

function figureText(figure: Figure, theme: PictureTheme): string {
  if (figure.kind === "group") {
    const title = figure.name === "" ? "" : `<title>${escaped(figure.name)}</title>`;
    return `<g class="${figure.role}">${title}\n${figure.figures.map((each) => figureText(each, theme)).join("")}</g>\n`;
  }
  if (figure.kind === "text") {
    const { at, text, anchor, face, size, fill } = figure;
    const attributes = [
      ...(face.family === "code" ? [' class="code"'] : []),
      ` x="${number(at[0])}" y="${number(at[1])}" font-size="${number(size)}" fill="${theme[fill]}"`,
      ...(face.weight === 400 ? [] : [` font-weight="${String(face.weight)}"`]),
      ...(anchor === "end" ? [' text-anchor="end"'] : []),
    ];
    return `<text${attributes.join("")}>${escaped(text)}</text>\n`;
  }
  const { fill, opacity, stroke, steps } = figure;
  const attributes = [
    ` d="${path(steps)}" fill="${fill === null ? "none" : theme[fill]}"`,
    ...(opacity === 1 ? [] : [` fill-opacity="${number(opacity)}"`]),
    ...(stroke ? [` stroke="${theme[stroke.colour]}" stroke-width="${number(stroke.width)}"`] : []),
    ...(stroke && stroke.dash.length > 0 ? [` stroke-dasharray="${stroke.dash.map(number).join(" ")}"`] : []),
  ];
  return `<path${attributes.join("")}/>\n`;
}

/** The whole document; `title` is what is read out for it. */
export function svgText(title: string, { bounds, figures }: Picture, theme: PictureTheme): string {
  const { x, y, width, height } = bounds;
  const size = `width="${number(width)}" height="${number(height)}"`;
  const box = [x, y, width, height].map(number).join(" ");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${box}" role="img" font-family="${UI}">`,
    `<title>${escaped(title)}</title>`,
    `<style>text{white-space:pre}.code{font-family:${CODE}}</style>`,
    `<rect x="${number(x)}" y="${number(y)}" ${size} fill="${theme.paper}"/>`,
    `${figures.map((figure) => figureText(figure, theme)).join("")}</svg>`,
    "",
  ].join("\n");
}
