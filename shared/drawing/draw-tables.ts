/** Tables and views as figures: the measures of the canvas, in words at any scale. */
import { type Box, type BoxRow, HEADER, ROW } from "./boxes.ts";
import { type Figure, filled, roundRect, stroked } from "./figures.ts";
import { type Face, fitted, type Measure } from "./letters.ts";
import type { ColourName } from "./theme.ts";

const RADIUS = 8;
/** The band of the table's colour at its top. */
const STRIPE = 3;
const PADDING = 10;
const MARK = { family: "ui", weight: 600 } as const;
const TYPE = { family: "code", weight: 400 } as const;

/** The base line of letters whose middle is at `middle`: half of a capital's height below it. */
const baseOf = (middle: number, size: number): number => middle + size * 0.36;

interface Said {
  readonly x: number;
  readonly middle: number;
  readonly face: Face;
  readonly size: number;
  readonly fill: ColourName;
  readonly anchor?: "start" | "end";
}

const said = (text: string, { x, middle, face, size, fill, anchor = "start" }: Said): Figure => ({
  ...{ kind: "text", text, anchor, face, size, fill },
  at: [x, baseOf(middle, size)],
});

export function tableFigure(box: Box, tint: ColourName, measure: Measure): Figure {
  const { x, y, width, height } = box;
  const below = { x, y: y + STRIPE, width, height: height - STRIPE };
  const outline = { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 };
  const figures: Figure[] = [
    filled(roundRect(box, RADIUS), tint),
    filled(roundRect(below, [RADIUS / 2, RADIUS / 2, RADIUS, RADIUS]), "surface"),
    filled(roundRect({ x, y: y + HEADER - 1, width, height: 1 }, 0), "line"),
    ...header(box, measure),
    ...box.rows.flatMap((row, at) => rowFigures(box, row, y + HEADER + at * ROW + ROW / 2 + 0.5, measure)),
    stroked(roundRect(outline, RADIUS), "line-strong", 1),
  ];
  return { kind: "group", role: box.kind, name: box.title, figures };
}

function header(box: Box, measure: Measure): Figure[] {
  const middle = box.y + HEADER / 2 + 1.5;
  const face = { family: "ui", weight: 600 } as const;
  const room = box.width - 2 * PADDING - (box.kind === "view" ? 34 : 0);
  const title = said(fitted(box.title, face, 13, room, measure), { x: box.x + PADDING, middle, face, size: 13, fill: "ink" });
  if (box.kind !== "view") return [title];
  const right = { x: box.x + box.width - PADDING, anchor: "end" } as const;
  return [title, said("VIEW", { ...right, middle, face: { family: "ui", weight: 500 }, size: 10, fill: "ink-3" })];
}

function rowFigures(box: Box, { mark, name, type }: BoxRow, middle: number, measure: Measure): Figure[] {
  const face = { family: "ui", weight: mark === "PK" ? 600 : 400 } as const;
  const shortType = fitted(type, TYPE, 11.5, box.width * 0.5, measure);
  const taken = measure(shortType, TYPE) * 11.5;
  const shortName = fitted(name, face, 12.5, box.width - 48 - taken, measure);
  const figures = [
    said(shortName, { x: box.x + 30, middle, face, size: 12.5, fill: "ink" }),
    said(shortType, { x: box.x + box.width - PADDING, anchor: "end", middle, face: TYPE, size: 11.5, fill: "ink-3" }),
  ];
  return mark === null ? figures : [said(mark, { x: box.x + PADDING, middle, face: MARK, size: 10, fill: "ink-3" }), ...figures];
}
