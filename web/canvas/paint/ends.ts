/**
 * The ends of relations in each notation a person may choose: crow's feet, min–max numbers, IDEF1X, or a plain arrow to what is
 * referred to. The child's end tells how many of its rows one parent may have, the parent's end whether a child may be without.
 */
import type { Cardinality, RoutePoint } from "#shared/drawing/index.ts";
import { legible } from "./detail.ts";
import { fontOf, type Pen } from "./text.ts";
import type { Notation, Theme } from "./theme.ts";

/** Where an end is painted; `side` is the way the line leaves its table, 1 to the right. */
interface End {
  readonly context: Pen;
  readonly theme: Theme;
  readonly zoom: number;
  readonly at: RoutePoint;
  readonly side: -1 | 1;
}

type PaintEnd = (end: End, cardinality: Cardinality) => void;

const LETTERS = 10;

export const ENDS: Readonly<Record<Notation, { readonly child: PaintEnd; readonly parent: PaintEnd }>> = {
  crow: { child: foot, parent: bars },
  minmax: {
    child: (end, { single }) => word(end, single ? "0..1" : "0..n"),
    parent: (end, { optional }) => word(end, optional ? "0..1" : "1..1"),
  },
  idef1x: {
    child: (end, { single }) => {
      dot(end);
      if (single) word(end, "Z");
    },
    parent: (end, { optional }) => {
      if (optional) diamond(end);
    },
  },
  arrow: { child: () => undefined, parent: arrowhead },
};

export function line(context: Pen, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** Zero or more, or zero or one where the child's key is unique. */
function foot({ context, theme, at: [x, y], side }: End, { single }: Cardinality): void {
  if (single) line(context, x + side * 6, y - 5, x + side * 6, y + 5);
  else {
    line(context, x, y - 5, x + side * 10, y);
    line(context, x, y + 5, x + side * 10, y);
  }
  ring(context, x + side * 14, y, theme);
}

/** Exactly one, or zero or one where the child may be without. */
function bars({ context, theme, at: [x, y], side }: End, { optional }: Cardinality): void {
  line(context, x + side * 6, y - 5, x + side * 6, y + 5);
  if (optional) ring(context, x + side * 13, y, theme);
  else line(context, x + side * 10, y - 5, x + side * 10, y + 5);
}

function ring(context: Pen, x: number, y: number, theme: Theme): void {
  context.beginPath();
  context.arc(x, y, 3.5, 0, 2 * Math.PI);
  context.fillStyle = theme.color.paper;
  context.fill();
  context.stroke();
}

function dot({ context, at: [x, y], side }: End): void {
  context.beginPath();
  context.arc(x + side * 5, y, 4.5, 0, 2 * Math.PI);
  context.fillStyle = context.strokeStyle;
  context.fill();
}

function diamond({ context, theme, at: [x, y], side }: End): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + side * 7, y - 5);
  context.lineTo(x + side * 14, y);
  context.lineTo(x + side * 7, y + 5);
  context.closePath();
  context.fillStyle = theme.color.paper;
  context.fill();
  context.stroke();
}

function arrowhead({ context, at: [x, y], side }: End): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + side * 10, y - 5);
  context.lineTo(x + side * 10, y + 5);
  context.closePath();
  context.fillStyle = context.strokeStyle;
  context.fill();
}

/** Letters over the line, beside the table. */
function word({ context, theme, zoom, at: [x, y], side }: End, text: string): void {
  if (!legible(LETTERS, zoom)) return;
  context.font = fontOf({ weight: 500, family: theme.ui }, LETTERS);
  context.textBaseline = "bottom";
  context.textAlign = side === 1 ? "left" : "right";
  context.fillStyle = theme.color["ink-2"];
  context.fillText(text, x + side * 4, y - 3);
}
