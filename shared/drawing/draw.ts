/** A design as a picture: its figures from the lowest to the topmost, and the rectangle around them. */
import type { Area, Diagram, Note, Position, Schema, TableId, ViewId } from "../model/index.ts";
import { arrangeNew, type Positions } from "../arrange/index.ts";
import { routeFigure } from "./draw-routes.ts";
import { tableFigure } from "./draw-tables.ts";
import { type Figure, filled, roundRect, stroked } from "./figures.ts";
import { fitted, type Measure, wrapped } from "./letters.ts";
import { edgesOf, nodesOf } from "./nodes.ts";
import { around, type Rect } from "./rect.ts";
import { rectOfPiece, type Scene, SceneBuilder } from "./scene.ts";

export interface Picture {
  /** What the picture shows, with a margin. */
  readonly bounds: Rect;
  readonly figures: readonly Figure[];
}

/** A schema and what was arranged of it; the first diagram is drawn. */
export interface Drawn {
  readonly schema: Schema;
  readonly diagrams: readonly Diagram[];
}

const MARGIN = 32;
const EMPTY: Rect = { x: 0, y: 0, width: 320, height: 120 };
const NAME = { family: "ui", weight: 600 } as const;
const TEXT = { family: "ui", weight: 400 } as const;
const LINE = 18;

const NOTHING: Diagram = { id: "main" as Diagram["id"], name: "", positions: new Map(), tints: new Map(), areas: [], notes: [] };

/** The first diagram, with a place for every table and view: those that have none are laid out. */
export function placed({ schema, diagrams }: Drawn, short: (type: string) => string): Diagram {
  const diagram = diagrams[0] ?? NOTHING;
  const standing = diagram.positions as Positions;
  const found = arrangeNew(nodesOf(schema, short), edgesOf(schema), standing);
  const positions = new Map<TableId | ViewId, Position>(diagram.positions);
  for (const [id, at] of found) positions.set(id as TableId | ViewId, at);
  return { ...diagram, positions };
}

function areaFigure(area: Area, measure: Measure): Figure {
  const rect = rectOfPiece(area);
  const outline = roundRect(rect, 14);
  const text = fitted(area.name, NAME, 12, rect.width - 28, measure);
  const figures: Figure[] = [
    filled(outline, `tint-${area.tint}`, 0.06),
    stroked(outline, "line-strong", 1, [5, 4]),
    { kind: "text", text, at: [rect.x + 14, rect.y + 20], anchor: "start", face: NAME, size: 12, fill: "ink-2" },
  ];
  return { kind: "group", role: "area", name: area.name, figures };
}

function noteFigure(note: Note, measure: Measure): Figure {
  const rect = rectOfPiece(note);
  const outline = roundRect(rect, 6);
  const most = Math.max(0, Math.floor((rect.height - 24) / LINE) + 1);
  const room = rect.width - 20;
  const figures: Figure[] = [filled(outline, "warn-soft"), stroked(outline, "line-strong", 1)];
  wrapped(note.text, TEXT, 12.5, room, most, measure).forEach((line, at) => {
    const text = fitted(line, TEXT, 12.5, room, measure);
    const place = [rect.x + 10, rect.y + 21 + at * LINE] as const;
    figures.push({ kind: "text", text, at: place, anchor: "start", face: TEXT, size: 12.5, fill: "ink" });
  });
  return { kind: "group", role: "note", name: "", figures };
}

/** What a picture of a scene shows: all that stands in it and the routes around, with a margin. */
export function boundsOf(scene: Scene): Rect {
  const content = around([...(scene.bounds ? [scene.bounds] : []), ...scene.routes.map(({ bounds }) => bounds)]) ?? EMPTY;
  const { x, y, width, height } = content;
  return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}

/** Draws a design; `short` is how its dialect says types in tight places. */
export function draw(design: Drawn, short: (type: string) => string, measure: Measure): Picture {
  const diagram = placed(design, short);
  const scene = new SceneBuilder().build({ schema: design.schema, diagram, shortType: short });
  return {
    bounds: boundsOf(scene),
    figures: [
      ...scene.areas.map((area) => areaFigure(area, measure)),
      ...scene.routes.map(routeFigure),
      ...scene.boxes.map((box) => tableFigure(box, `tint-${scene.tintOf(box.id)}`, measure)),
      ...scene.notes.map((note) => noteFigure(note, measure)),
    ],
  };
}
